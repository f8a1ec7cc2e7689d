"""One file is read within limits of time and memory, and its process may die without harm."""

from __future__ import annotations

import pytest

from ingest.parsing import parse
from ingest.refusal import Reason, RefusedError
from ingest.sandbox import Limits, parse_apart

ROOMY = Limits(seconds=60, megabytes=1024)
NOTICE = "关于低保的通知\n村民可以向户籍所在地的乡镇人民政府提出申请，也可以委托村民委员会代为提交。".encode()


def test_another_process_gives_the_same_as_this_one() -> None:
    assert parse_apart(NOTICE, "a.txt", 2026, ROOMY) == parse(NOTICE, "a.txt", 2026)


def test_a_refusal_crosses_over_with_its_reason() -> None:
    with pytest.raises(RefusedError, match="PDF") as refused:
        parse_apart(b"%PDF-1.7", "a.txt", 2026, ROOMY)
    assert refused.value.reason is Reason.FORMAT


@pytest.mark.parametrize(
    ("data", "limits", "reason"),
    [
        (NOTICE * 40_000, Limits(seconds=1, megabytes=2048), Reason.TIME),
        (NOTICE * 400_000, Limits(seconds=60, megabytes=200), Reason.MEMORY),
    ],
)
def test_beyond_its_limits_a_file_fails_by_name(data: bytes, limits: Limits, reason: Reason) -> None:
    with pytest.raises(RefusedError) as refused:
        parse_apart(data, "a.txt", 2026, limits)
    assert refused.value.reason is reason
