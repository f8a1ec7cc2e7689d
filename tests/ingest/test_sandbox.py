"""One file is read within limits of time and memory, and its process may die without harm."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.parsing import parse
from ingest.refusal import Reason, RefusedError
from ingest.sandbox import Sandbox
from ingest.sandbox_server import Limits

NOTICE = "关于低保的通知\n村民可以向户籍所在地的乡镇人民政府提出申请，也可以委托村民委员会代为提交。".encode()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """Return a sandbox with room for ordinary files."""
    with Sandbox(Limits(seconds=60, megabytes=1024)) as made:
        yield made


def test_another_process_gives_the_same_as_this_one(sandbox: Sandbox) -> None:
    assert sandbox.parse(NOTICE, "a.txt", 2026) == parse(NOTICE, "a.txt", 2026)


def test_a_refusal_crosses_over_with_its_reason_and_the_next_file_is_read(sandbox: Sandbox) -> None:
    with pytest.raises(RefusedError, match="GZIP") as refused:
        sandbox.parse(b"\x1f\x8b\x08", "a.txt", 2026)
    assert refused.value.reason is Reason.FORMAT
    assert sandbox.parse(NOTICE, "b.txt", 2026).drafts[0].title == "关于低保的通知"


@pytest.mark.parametrize(
    ("data", "limits", "reason"),
    [
        (NOTICE * 40_000, Limits(seconds=1, megabytes=2048), Reason.TIME),
        (NOTICE * 400_000, Limits(seconds=60, megabytes=200), Reason.MEMORY),
    ],
)
def test_beyond_its_limits_a_file_fails_by_name_and_the_next_is_read(
    data: bytes, limits: Limits, reason: Reason
) -> None:
    with Sandbox(limits) as narrow:
        with pytest.raises(RefusedError) as refused:
            narrow.parse(data, "a.txt", 2026)
        assert refused.value.reason is reason
        with pytest.raises(RefusedError) as refused:
            narrow.parse(b"", "b.txt", 2026)
        assert refused.value.reason is Reason.EMPTY


def test_a_folder_of_the_user_with_our_name_is_not_taken_for_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ingest").mkdir()
    (tmp_path / "ingest" / "__init__.py").write_text("raise SystemExit('wrong package')")
    monkeypatch.chdir(tmp_path)
    with Sandbox(Limits(seconds=60, megabytes=1024)) as sandbox:
        assert sandbox.parse(NOTICE, "a.txt", 2026).drafts
