"""Killed anywhere, a run goes on where it was; what a dry run would do is told and nothing of it is kept."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from ingest.intake import load_files
from ingest.placing import Placer
from ingest.run import Outcome, ingest
from knowledge.documents import load_documents, load_passages
from settings.schema import Settings
from storage.scratch import scratch_copy
from storage.store import Store

_FILES = 24
_RUN = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from ingest.placing import Placer
from ingest.run import ingest
from places.gazetteer import load_gazetteer
from settings.schema import Ingest
from storage.database import open_store
store = open_store(Path(sys.argv[1]), bytes.fromhex(sys.stdin.readline()))
ingest(store, [Path(sys.argv[2])], Ingest(), Placer(load_gazetteer()), now=datetime.now(UTC))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "资料"
    folder.mkdir()
    for number in range(_FILES):
        text = f"某县第{number}号补助办法\n第一条 为了规范补助发放，制定本办法。\n" + "第二条 按月发放。" * 400
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return folder


@contextmanager
def running(data: Path, key: bytes, folder: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", _RUN, str(data), str(folder)],
        stdin=subprocess.PIPE,
        text=True,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    process.stdin.write(key.hex() + "\n")
    process.stdin.flush()
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_a_run_that_was_killed_goes_on_where_it_was(
    store: Store, settings: Settings, key: bytes, folder: Path, placer: Placer, now: datetime
) -> None:
    with running(settings.data_path, key, folder) as process:
        while len(load_files(store)) < 3 and process.poll() is None:
            time.sleep(0.02)
    done = len(load_files(store))
    assert 3 <= done < _FILES
    again = ingest(store, [folder], settings.ingest, placer, now=now)
    assert again.counts[Outcome.UNCHANGED] == done
    assert again.counts[Outcome.ADDED] == _FILES - done
    assert len(load_documents(store)) == _FILES
    passages = load_passages(store)
    assert len({passage.document for passage in passages}) == _FILES
    assert store.db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_in_a_scratch_copy_everything_happens_and_nothing_stays(
    store: Store, settings: Settings, folder: Path, placer: Placer, now: datetime
) -> None:
    before = "\n".join(store.db.conn.iterdump())
    with scratch_copy(store) as scratch:
        summary = ingest(scratch, [folder], settings.ingest, placer, now=now)
        assert len(load_documents(scratch)) == summary.counts[Outcome.ADDED] == _FILES
    assert "\n".join(store.db.conn.iterdump()) == before
