"""What was asked in vain is one of the console's figures, and tells of nobody."""

from __future__ import annotations

from datetime import timedelta

from bot.memory.answers import keep_answer
from knowledge.answer import Answer, AnswerKind
from storage.database import transaction
from storage.times import local_date
from tests.cases.conftest import Desk
from tests.web.conftest import Clock
from tests.web.officers.clerk import Clerk

_OFTEN = "村里的旧拖拉机能不能以旧换新，打 13812345678 找我"
_ONCE = "隔壁王二狗家的狗咬了人谁管"


def ask_in_vain(desk: Desk, clock: Clock, question: str, times: int) -> None:
    """Let that many chats ask something that finds no answer."""
    with transaction(desk.store):
        for number in range(times):
            nothing = Answer(AnswerKind.ABSTAIN, "资料里没有。", 0.1)
            name = f"{question[:2]}-{number}"
            keep_answer(desk.store, name, nothing, question=question, area=None, chat_key=name, now=clock.now)


def test_what_many_asked_is_shown_masked_and_what_few_asked_is_only_counted(
    county: Clerk, desk: Desk, clock: Clock
) -> None:
    ask_in_vain(desk, clock, _OFTEN, 3)
    ask_in_vain(desk, clock, _ONCE, 1)
    page = county.open("/desk/figures")
    assert "旧拖拉机" in page
    assert "13812345678" not in page
    assert "王二狗" not in page
    assert "别的，各问了一两次" in page


def test_another_period_counts_nothing(county: Clerk, desk: Desk, clock: Clock) -> None:
    ask_in_vain(desk, clock, _OFTEN, 3)
    before = local_date(clock.now) - timedelta(days=30)
    assert "旧拖拉机" not in county.open(f"/desk/figures?first={before}&last={before}")
    county.open("/desk/figures/unanswered.csv")
    assert "旧拖拉机" in county.page.text
