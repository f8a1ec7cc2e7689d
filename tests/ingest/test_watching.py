"""While one process watches a folder, another answers: it sees the index before or after a change, never between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from knowledge.answer import Asker
from knowledge.knowledge import Knowledge
from settings.load import load_settings
from storage.database import open_store
from storage.keys import load_or_create_key

_PATIENCE = 120
RULE = (
    "会宁县样本补助办法\n第一条 样本补助每人每月{}元，由乡镇审核，按月打卡发放。\n"
    "第二条 本办法由县民政局解释，有疑问向乡镇提出。\n"
)


@contextmanager
def watching(root: Path, data: Path, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    options = ["--config", str(root / "config.toml"), "--data", str(data), "--quiet"]
    process = subprocess.Popen(
        [sys.executable, "-c", "from app.main import main; main()", *options, "ingest", str(folder), "--watch"],
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="watching is tried where it is served")
def test_a_watched_folder_is_taken_in_while_another_process_goes_on_answering(
    indexed: Path, root: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "资料"
    folder.mkdir()
    rule = folder / "办法.txt"
    rule.write_text(RULE.format(111), encoding="utf-8")
    knowledge = Knowledge(load_settings(root / "config.toml", indexed, environ={}))
    store = open_store(indexed, load_or_create_key(indexed, None))
    seen: list[str] = []

    def found() -> str:
        hits = knowledge.search(
            store, "会宁县样本补助每人每月多少元", as_of=date(2026, 3, 10), k=3, asker=Asker.OFFICER
        )
        assert hits, "an index is always there"
        texts = [hit.text for hit in hits if "样本补助每人" in hit.text]
        assert len(texts) <= 1
        return "".join(word for word in ("111", "222") if any(word in text for text in texts))

    def wait_for(word: str) -> None:
        end = time.monotonic() + _PATIENCE
        while (now := found()) != word and time.monotonic() < end:
            seen.append(now)
            time.sleep(0.05)
        seen.append(word)
        assert found() == word

    with watching(root, indexed, folder) as process:
        wait_for("111")
        rule.write_text(RULE.format(222), encoding="utf-8")
        wait_for("222")
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(timeout=_PATIENCE) == 0
    changes = [word for at, word in enumerate(seen) if at == 0 or seen[at - 1] != word]
    assert changes in (["", "111", "222"], ["111", "222"])
