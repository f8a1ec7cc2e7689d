"""Whoever is in danger is heard: people on duty are called together, again, and in turn, until one confirms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot.wording import word
from cases.access import access_case
from cases.actions.record_leave import record_leave
from cases.actors import Officer, Operator, Reporter, Role
from cases.duty.alarms import RINGS_AT_PACE, ring_again
from cases.duty.roster import RINGS_EACH, set_roster
from cases.officers import officer_of_chat
from cases.presence import Leave
from cases.queue import list_queue
from storage import outbox
from storage.database import transaction
from storage.times import local_date
from tests.bot.conftest import COUNTY, TOWNSHIP, VILLAGE, Person

Appoint = Callable[..., Person]
EVERY = timedelta(minutes=5)
DANGER = "我们会师镇南家咀头村，家里断粮三天了"
HAIL = "前天泥石流把我家房后的地全埋了，我家在会师镇南家咀头村，户主王建国，电话13912345678"


def ring(person: Person, times: int = 1) -> None:
    """Let the clock run until alarms have rung so often again."""
    for _ in range(times):
        person.now += EVERY
        with transaction(person.store):
            ring_again(person.store, person.now, every=EVERY)


def who(person: Person) -> Officer:
    """Return the officer of a chat."""
    found = officer_of_chat(person.store, Reporter(person.channel, person.chat))
    assert found is not None
    return found


def test_village_and_township_are_called_together_and_the_villager_reads_that_nobody_confirmed(
    villager: Person, officer: Appoint
) -> None:
    people = [officer("村", Role.VILLAGE, VILLAGE), officer("镇", Role.TOWNSHIP, TOWNSHIP)]
    county = officer("县", Role.COUNTY, COUNTY)
    assert villager.say(DANGER) == ["danger.emergency", "call.sent"]
    assert "还没有人确认" in villager.last[1][1].text
    assert "110" in villager.last[1][1].text
    assert [person.read() for person in people] == [["officer.alarm"], ["officer.alarm"]]
    assert county.read() == []
    assert "断粮" not in people[0].text + people[1].text


def test_only_configured_numbers_are_named() -> None:
    bare = word("call.sent", {"told": 2, "reason": "danger", "contacts": {}}, personal_data=True).text
    full = word("call.sent", {"told": 2, "reason": "danger", "contacts": {"duty": "0943-1"}}, personal_data=True).text
    assert "0943-1" in full
    assert "0943-1" not in bare
    assert all(number in bare for number in ("110", "119", "120"))


def test_it_rings_again_and_then_the_next_on_the_list_and_then_the_county(villager: Person, officer: Appoint) -> None:
    first, second = officer("镇一", Role.TOWNSHIP, TOWNSHIP), officer("镇二", Role.TOWNSHIP, TOWNSHIP)
    county = officer("县", Role.COUNTY, COUNTY)
    villager.say(DANGER)
    ring(villager, RINGS_EACH - 1)
    assert (first.read(), second.read()) == (["officer.alarm"] * RINGS_EACH, [])
    ring(villager)
    assert (first.read(), second.read(), county.read()) == ([], ["officer.alarm"], [])
    assert villager.read() == ["alarm.unheard"]
    ring(villager, RINGS_EACH)
    assert county.read() == ["officer.alarm"]
    with transaction(villager.store):
        assert ring_again(villager.store, villager.now, every=EVERY) == 0


def test_it_never_gives_up_but_slows_down(villager: Person, officer: Appoint) -> None:
    township = officer("镇", Role.TOWNSHIP, TOWNSHIP)
    villager.say(DANGER)
    ring(villager, RINGS_AT_PACE - 1)
    assert len(township.read()) == RINGS_AT_PACE
    ring(villager, 5)
    assert township.read() == []
    villager.now += timedelta(hours=1)
    ring(villager)
    assert township.read() == ["officer.alarm"]


def test_duty_list_says_who_is_first_and_who_is_on_leave_is_left_out(villager: Person, officer: Appoint) -> None:
    first, second = officer("镇一", Role.TOWNSHIP, TOWNSHIP), officer("镇二", Role.TOWNSHIP, TOWNSHIP)
    with transaction(villager.store):
        set_roster(villager.store, TOWNSHIP, [who(second), who(first)], actor=Operator(), now=villager.now)
    villager.say(DANGER)
    assert (first.read(), second.read()) == ([], ["officer.alarm"])
    with transaction(villager.store):
        leave = Leave(date(2026, 3, 1), date(2026, 3, 31))
        record_leave(villager.store, who(second), leave, actor=Operator(), now=villager.now)
    ring(villager)
    assert (first.read(), second.read()) == (["officer.alarm"], [])


def test_first_to_confirm_ends_the_calling_and_everybody_learns_of_it(villager: Person, officer: Appoint) -> None:
    village, township = officer("村", Role.VILLAGE, VILLAGE), officer("镇", Role.TOWNSHIP, TOWNSHIP)
    villager.say(DANGER)
    township.read()
    village.read()
    assert township.tap("我来办") == ["desk.alarm"]
    assert villager.read() == ["alarm.confirmed"]
    assert "乡镇" in villager.text
    assert village.read() == ["officer.alarm_taken"]
    assert village.say(button="alarm:1:take") == ["refused"]
    assert "镇" in village.text
    ring(villager, 3)
    assert township.read() == []


def test_false_alarm_blames_nobody_and_a_village_alone_cannot_call_it(villager: Person, officer: Appoint) -> None:
    village, township = officer("村", Role.VILLAGE, VILLAGE), officer("镇", Role.TOWNSHIP, TOWNSHIP)
    villager.say(DANGER)
    village.read()
    township.read()
    assert village.say(button="alarm:1:false") == ["refused"]
    assert township.say(button="alarm:1:false") == ["desk.alarm_false"]
    assert villager.read() == ["alarm.false"]
    assert "不怪您" in villager.text
    assert villager.say(DANGER)[-1] == "call.sent"


def hand_in(villager: Person, story: str) -> str:
    """Hand in a report told in one sentence and return its receipt."""
    villager.say(story)
    if villager.state.draft is None or villager.state.draft.offered:
        villager.tap("帮我报上去")
    villager.tap("都对")
    villager.tap("同意并提交")
    return next(iter(villager.state.sent.values()))


def test_plain_disaster_is_on_the_green_channel_at_once(villager: Person, officer: Appoint) -> None:
    township = officer("镇", Role.TOWNSHIP, TOWNSHIP)
    receipt = hand_in(villager, HAIL)
    case = access_case(villager.store, receipt, actor=who(township))
    assert case.urgent
    assert "officer.alarm" in township.read()
    assert "notice.urgent" in {
        item.kind for item in outbox.for_chat(villager.store, channel="terminal", chat="villager")
    }
    villager.say("我的进度")
    assert "还没有人确认" in villager.text


def test_old_disaster_is_no_emergency(villager: Person, officer: Appoint) -> None:
    township = officer("镇", Role.TOWNSHIP, TOWNSHIP)
    receipt = hand_in(villager, HAIL.replace("前天", "去年八月"))
    assert not access_case(villager.store, receipt, actor=who(township)).urgent
    assert "officer.alarm" not in township.read()


@pytest.mark.parametrize("answer", ["take", "false"])
def test_alarm_of_a_case_is_answered_from_the_chat(villager: Person, officer: Appoint, answer: str) -> None:
    township = officer("镇", Role.TOWNSHIP, TOWNSHIP)
    receipt = hand_in(villager, HAIL)
    villager.read()
    township.say(button=f"alarm:1:{answer}")
    case = access_case(villager.store, receipt, actor=who(township))
    if answer == "take":
        assert villager.read() == ["alarm.confirmed"]
        assert case.urgent
    else:
        assert villager.read() == ["notice.false_alarm"]
        assert not case.urgent
    listed = list_queue(villager.store, officer=who(township), today=local_date(villager.now))
    assert [item.case.receipt for item in listed] == [receipt]
