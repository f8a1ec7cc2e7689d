"""Every refusal carries a code of its own, and what it says precisely as JSON."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from cases.errors import CasesError, Change, MissingFieldsError, StaleVersionError, TooEarlyError, WrongDateError

DAY = date(2026, 3, 17)
MOMENT = datetime(2026, 3, 17, 2, tzinfo=UTC)


def test_no_two_refusals_share_a_code() -> None:
    codes = [error.code for error in CasesError.__subclasses__()]
    assert len(set(codes)) == len(codes) > 15
    assert "cases.error" not in codes


@pytest.mark.parametrize(
    ("error", "params"),
    [
        (TooEarlyError(event="notice_ended", ends_on=DAY), {"event": "notice_ended", "ends_on": "2026-03-17"}),
        (MissingFieldsError(event="noted", fields=["text"]), {"event": "noted", "fields": ["text"]}),
        (
            StaleVersionError(seen=1, current=2, changes=[Change("noted", "李玉梅", MOMENT)]),
            {
                "seen": 1,
                "current": 2,
                "changes": [{"event": "noted", "by": "李玉梅", "at": "2026-03-17T02:00:00+00:00"}],
            },
        ),
        (
            WrongDateError(field="held_on", given=DAY, earliest=DAY, latest=DAY),
            {"field": "held_on", "given": "2026-03-17", "earliest": "2026-03-17", "latest": "2026-03-17"},
        ),
    ],
)
def test_what_a_refusal_says_is_json(error: CasesError, params: dict[str, object]) -> None:
    assert json.loads(json.dumps(error.params)) == params
