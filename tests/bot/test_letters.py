"""What a person reads aloud or hands over is what the chat would have said, without what only a screen can do."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.wording.letters import letter_lines
from bot.wording.notices import TO_REPORTER
from cases.details import Came
from cases.notices import NoticeKind
from cases.states import State
from cases.to_tell import ToTell

_SCREEN = re.compile(r"点“|点一下|按钮|截图|发“|我马上")
_EXTRA: dict[str, Any] = {
    "code": "314159",
    "came": Came.NO,
    "visited_on": "2026-03-12",
    "held_on": "2026-03-12",
    "posted_on": "2026-03-12",
    "given_on": "2026-03-12",
    "reason": "不在本村。",
    "support_officer": "马志远",
    "support_phone": "",
    "department": "民政",
    "result": "已办",
}


@pytest.mark.parametrize("kind", list(TO_REPORTER))
def test_nothing_that_is_told_by_hand_asks_for_a_button(kind: NoticeKind) -> None:
    common = {"receipt": "39205933749", "state": State.SUBMITTED.value, "urgent": False, "due": {}, "head": ""}
    lines = letter_lines(ToTell(kind, {**common, "township": "620422101", **_EXTRA}), {})
    assert lines
    assert not _SCREEN.search("\n".join(lines))
