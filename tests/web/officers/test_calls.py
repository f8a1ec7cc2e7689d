"""Alarms and calls at the console: who is in danger, who waits for a person, what comes before a call is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.conversation.commands import CallReason, OpenCall
from bot.memory.call_tasks import CallTask
from bot.memory.calls import calls_for, open_call
from cases.actors import Reporter
from settings.schema import Settings
from storage import outbox
from storage.database import transaction
from tests.cases.conftest import TOWNSHIP, VILLAGE, Desk
from tests.web.conftest import Clock
from tests.web.officers.clerk import Clerk

CHAT = Reporter("telegram", "42")
CALLS = "/desk/calls"


def call(desk: Desk, reason: CallReason, area: str = VILLAGE) -> str:
    """Let a chat ask for a person, and return the number of the call."""
    with transaction(desk.store):
        wanted = OpenCall(reason, text="请来看看", phone="13900139000", area=area)
        open_call(desk.store, wanted, chat=CHAT, chat_key="key", now=desk.now)
    return str(next(desk.store.db.query("SELECT max(number) AS number FROM calls"))["number"])


@pytest.fixture
def township(clerk: Callable[[str], Clerk]) -> Clerk:
    """Return the township's officer at the console."""
    return clerk("township")


def test_an_alarm_shows_on_every_page_until_one_confirms_and_the_caller_is_told(township: Clerk, desk: Desk) -> None:
    call(desk, CallReason.DANGER)
    news = {"HX-Request": "true"}
    assert "还没有人确认" in township.browser.get("/desk/alarms/news", headers=news).text
    assert "还没有人确认" in township.open("/desk")
    assert "我来办" in township.open(CALLS)
    assert "记在您名下了" in township.post("/desk/alarms/1/take")
    assert township.browser.get("/desk/alarms/news", headers=news).text.strip() == ""
    assert "还没有人确认" not in township.open("/desk")
    told = [item.kind for item in outbox.for_chat(desk.store, channel=CHAT.channel, chat=CHAT.chat)]
    assert "alarm.confirmed" in told


def test_a_second_officer_reads_who_took_an_alarm(township: Clerk, clerk: Callable[[str], Clerk], desk: Desk) -> None:
    call(desk, CallReason.DANGER)
    other = clerk("second_township")
    other.open(CALLS)
    township.open(CALLS)
    township.post("/desk/alarms/1/take")
    assert "李玉梅已经确认了" in other.post("/desk/alarms/1/take")
    assert other.status == 409


def test_a_village_ends_no_alarm_as_false_and_a_township_does(village: Clerk, township: Clerk, desk: Desk) -> None:
    call(desk, CallReason.DANGER)
    assert "误报" not in village.open(CALLS)
    village.post("/desk/alarms/1/false")
    assert village.status == 409
    township.open(CALLS)
    assert "记成误报" in township.post("/desk/alarms/1/false")


def test_a_lane_is_hidden_from_the_village(village: Clerk, township: Clerk, desk: Desk) -> None:
    call(desk, CallReason.VIOLENCE)
    assert "没有急事" in village.open(CALLS)
    village.post("/desk/alarms/1/take")
    assert village.status == 409
    assert "家里有人打人" in township.open(CALLS)


def test_a_call_is_closed_only_when_its_tasks_are_done(township: Clerk, desk: Desk) -> None:
    number = call(desk, CallReason.VIOLENCE, TOWNSHIP)
    township.open(CALLS)
    assert "还不能记为已处理" in township.post(f"{CALLS}/{number}")
    assert township.status == 409
    for task in (CallTask.CHECK_SAFE, CallTask.SETTLE_HELP):
        township.open(CALLS)
        assert "号记下了" in township.post(f"{CALLS}/{number}/task", {"task": task.value, "note": "说了<b>平安</b>"})
    assert "说了<b>平安</b>" in township.text
    assert "记为已处理" in township.post(f"{CALLS}/{number}")
    assert calls_for(desk.store, desk.township) == []


def test_an_unknown_call_or_task_is_refused_in_words(township: Clerk, desk: Desk) -> None:
    number = call(desk, CallReason.WISH)
    township.open(CALLS)
    assert "没看明白" in township.post(f"{CALLS}/{number}/task", {"task": "dance"})
    township.open(CALLS)
    assert "没有这个回电" in township.post(f"{CALLS}/99")
    assert township.status == 404


def test_an_open_page_that_asks_for_news_keeps_nobody_signed_in(
    township: Clerk, settings: Settings, clock: Clock
) -> None:
    idle = timedelta(minutes=settings.desk.idle_minutes)
    township.open(CALLS)
    for _ in range(3):
        clock.now += idle * 0.4
        news = township.browser.get("/desk/alarms/news", headers={"HX-Request": "true"})
    assert news.status_code == 204
    assert "登录" in township.open(CALLS)


def test_a_page_that_is_opened_keeps_its_officer_signed_in(township: Clerk, settings: Settings, clock: Clock) -> None:
    idle = timedelta(minutes=settings.desk.idle_minutes)
    for _ in range(3):
        clock.now += idle * 0.4
        assert "急事和回电" in township.open(CALLS)
