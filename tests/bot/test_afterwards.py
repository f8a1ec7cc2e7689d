"""After the report is in: what is promised, who may read what, and what the household may still do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot.conversation.state import Asking
from cases.access import access_case
from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer, Operator, Reporter, Role
from cases.call_backs import CallBackReason
from cases.case import Case
from cases.consent.notice import consent_notices, current_notice, find_notice
from cases.deadlines import open_deadlines
from cases.details import (
    Acknowledgement,
    DeclineConfirmation,
    DeclineProposal,
    Details,
    HomeVisit,
    ReviewReopened,
    ReviewUpheld,
    WithdrawalReason,
)
from cases.duty.roster import note_phone
from cases.forms import load_form
from cases.history import history
from cases.officers import officer_of_chat
from cases.people import Part, load_people
from cases.states import Event, State
from cases.tasks import TaskKind, open_tasks
from storage.database import transaction
from storage.times import local_date
from tests.bot.conftest import TOWNSHIP, VILLAGE, Person

Appoint = Callable[..., Person]
STORY = "我爸上个月脑梗住院花了八万多，我家在会师镇南家咀头村，户主王建国，电话13912345678"


@pytest.fixture
def staff(officer: Appoint) -> dict[str, Person]:
    """Return a village and two township officers with chats."""
    return {
        "village": officer("马志远", Role.VILLAGE, VILLAGE),
        "township": officer("李玉梅", Role.TOWNSHIP, TOWNSHIP),
        "second": officer("赵有才", Role.TOWNSHIP, TOWNSHIP),
    }


def who(person: Person) -> Officer:
    """Return the officer of a chat."""
    found = officer_of_chat(person.store, Reporter(person.channel, person.chat))
    assert found is not None
    return found


def hand_in(villager: Person, story: str = STORY) -> str:
    """Hand in a report and return its receipt; what is said about it is the last thing that was read."""
    villager.say(story)
    villager.tap("帮我报上去")
    if "这家人知道吗" in villager.text:
        villager.tap("知道，同意")
    for asked, said in ((Asking.HOUSEHOLDER, "王建国"), (Asking.PHONE, "13912345678")):
        if villager.state.asking is asked:
            villager.say(said)
    villager.tap("都对")
    villager.tap("同意并提交")
    if "可能已经报过" in villager.text:
        villager.tap("不是一回事，另报")
    return list(villager.state.sent.values())[-1]


def do(villager: Person, receipt: str, person: Person, details: Details) -> Case:
    """Let an officer do one step."""
    villager.now += timedelta(minutes=1)
    with transaction(villager.store):
        return take_step(villager.store, receipt, Act(details, who(person), villager.now), version=None)


def visit(villager: Person, receipt: str, staff: dict[str, Person]) -> Case:
    """Let the village acknowledge and visit."""
    do(villager, receipt, staff["village"], Acknowledgement())
    seen = HomeVisit(local_date(villager.now), "属实", ("马志远", "王得福"))
    return do(villager, receipt, staff["village"], seen)


def decline(villager: Person, receipt: str, staff: dict[str, Person]) -> Case:
    """Let the village propose a decline and the township confirm it."""
    do(villager, receipt, staff["village"], Acknowledgement())
    do(villager, receipt, staff["village"], DeclineProposal("家里有两辆货车"))
    return do(villager, receipt, staff["township"], DeclineConfirmation("家里有两辆货车"))


def reasons(villager: Person, case: Case) -> list[str]:
    """Return why the township is to call the household back."""
    return [task.about for task in open_tasks(villager.store, case.id) if task.kind is TaskKind.CALL_BACK]


def test_receipt_says_number_code_days_whom_to_ask_and_whose_register_it_is(villager: Person) -> None:
    hand_in(villager)
    text = villager.text
    assert re.search(r"查询码：\d{6}", text)
    assert re.search(r"最晚\d+月\d+日（星期.）", text)
    assert "这是会师镇收到的登记" in text
    assert "12345" in text
    assert "工作日" not in text


def test_stage_for_number_and_telephone_details_only_with_the_code(
    villager: Person, meet: Callable[..., Person], staff: dict[str, Person]
) -> None:
    receipt = hand_in(villager)
    code = re.search(r"查询码：(\d{6})", villager.text)
    assert code is not None
    decline(villager, receipt, staff)
    asker = meet("somebody-else")
    asker.say("我的进度")
    asker.say(f"{receipt} 13912345678")
    assert "没有列为重点帮扶户" in asker.text
    assert "货车" not in asker.text
    asker.say("我的进度")
    asker.say(f"{receipt} 13912345678 {code.group(1)}")
    assert "货车" in asker.text
    asker.say("我的进度")
    asker.say(f"{receipt} 13912345678 {(int(code.group(1)) + 1) % 10**6:06d}")
    assert "货车" not in asker.text


def test_wrong_codes_are_slowed_down_like_wrong_telephones(villager: Person, meet: Callable[..., Person]) -> None:
    receipt = hand_in(villager)
    asker = meet("guesser")
    for number in range(6):
        asker.say("我的进度")
        asker.say(f"{receipt} 13912345678 00000{number}")
    assert "查错的次数太多" in asker.text


def test_proxy_reads_stages_only_and_the_household_itself_is_told(villager: Person, staff: dict[str, Person]) -> None:
    receipt = hand_in(villager, STORY.replace("我爸", "我邻居").replace("我家", "他家"))
    assert "查询码" not in villager.text
    case = decline(villager, receipt, staff)
    villager.read()
    assert "货车" not in villager.text
    villager.say("我的进度")
    assert receipt[-4:] in villager.text.replace(" ", "")
    assert "货车" not in villager.text
    assert TaskKind.TELL_REPORTER in {task.kind for task in open_tasks(villager.store, case.id)}


@pytest.mark.parametrize(("answer", "opened"), [("来过", []), ("没有来", [CallBackReason.DENIED])])
def test_household_is_asked_whether_anybody_came(
    villager: Person, staff: dict[str, Person], answer: str, opened: list[str]
) -> None:
    receipt = hand_in(villager)
    case = visit(villager, receipt, staff)
    drawn = reasons(villager, case)
    assert "notice.visited" in villager.read()
    assert villager.tap(answer) == ["notice.visit_answered"]
    if not drawn:
        assert reasons(villager, case) == opened
        assert ("officer.call_back" in staff["township"].read()) is bool(opened)
    else:
        assert drawn == [CallBackReason.DRAWN]


def test_telephone_of_an_officer_is_called_back_about(villager: Person, staff: dict[str, Person]) -> None:
    with transaction(villager.store):
        note_phone(villager.store, who(staff["village"]), "13912345678", actor=Operator(), now=villager.now)
    assert reasons(villager, visit(villager, hand_in(villager), staff)) == [CallBackReason.PROXY_PHONE]


def test_telephone_of_three_households_is_called_back_about(
    meet: Callable[..., Person], staff: dict[str, Person]
) -> None:
    people = {name: meet(name) for name in ("王建国", "张有福", "刘翠兰")}
    receipts = [hand_in(person, STORY.replace("王建国", name)) for name, person in people.items()]
    assert len(set(receipts)) == len(people)
    assert reasons(people["王建国"], visit(people["王建国"], receipts[0], staff)) == [CallBackReason.PROXY_PHONE]


def test_withdrawal_has_a_reason_and_is_undone_with_its_clocks(villager: Person, staff: dict[str, Person]) -> None:
    receipt = hand_in(villager)
    township = who(staff["township"])
    before = access_case(villager.store, receipt, actor=township)
    clocks = open_deadlines(villager.store, before.id)
    villager.say("我的进度")
    villager.tap("撤回")
    assert villager.tap("有人不让我报") == ["notice.withdrawn"]
    withdrawn = access_case(villager.store, receipt, actor=township)
    assert withdrawn.state is State.WITHDRAWN
    assert len(reasons(villager, withdrawn)) == 1
    last = [entry for entry in history(villager.store, before.id) if entry.event is Event.WITHDRAWN]
    assert last[0].details["reason"] == WithdrawalReason.PRESSED
    assert villager.tap("还是要报") == ["notice.reinstated"]
    after = access_case(villager.store, receipt, actor=township)
    assert (after.state, after.active, after.due_on) == (State.SUBMITTED, True, before.due_on)
    assert open_deadlines(villager.store, before.id) == clocks


def test_withdrawal_is_final_after_thirty_days(villager: Person) -> None:
    hand_in(villager)
    villager.say("我的进度")
    villager.tap("撤回")
    villager.tap("难处过去了")
    undo = villager.button("还是要报").data
    villager.now += timedelta(days=31)
    assert villager.say(button=undo) == ["refused"]


def test_decline_can_be_contested_and_the_second_look_has_its_own_day(
    villager: Person, staff: dict[str, Person]
) -> None:
    receipt = hand_in(villager)
    decline(villager, receipt, staff)
    villager.read()
    assert villager.tap("不服") == ["progress.ask_objection"]
    assert villager.say("货车是我弟弟的，不是我家的") == ["notice.review_requested"]
    assert re.search(r"给您答复：最晚\d+月\d+日（星期.）", villager.text)
    assert "officer.review" in staff["township"].read()
    case = access_case(villager.store, receipt, actor=who(staff["second"]))
    assert case.active
    assert case.due_on is not None
    staff["township"].say(button=f"event:{receipt}:{case.version}:review_upheld")
    assert "desk.ask" not in staff["township"].read()
    case = do(villager, receipt, staff["second"], ReviewReopened("货车确实不是这一户的"))
    assert case.state is State.UNDER_VERIFICATION
    assert villager.read() == ["notice.review_reopened"]


def test_upheld_result_says_why_and_where_else_to_turn(villager: Person, staff: dict[str, Person]) -> None:
    receipt = hand_in(villager)
    decline(villager, receipt, staff)
    villager.read()
    villager.tap("不服")
    villager.say("不公道")
    do(villager, receipt, staff["second"], ReviewUpheld("车管所登记在户主名下"))
    villager.read()
    assert "车管所" in villager.text
    assert "12345" in villager.text


@pytest.mark.parametrize(
    ("said", "name", "phone"),
    [("电话是13812345678", "王建国", "13812345678"), ("户主叫王建军", "王建军", "13912345678")],
)
def test_reporter_corrects_and_the_old_value_stays_in_the_history(
    villager: Person, staff: dict[str, Person], said: str, name: str, phone: str
) -> None:
    receipt = hand_in(villager)
    villager.say("我的进度")
    villager.tap("改电话")
    assert villager.say("有一样写得不太对") == ["progress.correction_unclear"]
    assert villager.say(said) == ["notice.corrected"]
    case = access_case(villager.store, receipt, actor=who(staff["township"]))
    person = load_people(villager.store, case.id)[Part.HOUSEHOLDER]
    assert (person.name, person.phone) == (name, phone)


def test_notice_of_use_is_stored_with_time_and_version(villager: Person, staff: dict[str, Person]) -> None:
    receipt = hand_in(villager)
    case = access_case(villager.store, receipt, actor=who(staff["township"]))
    consent = load_form(villager.store, case.id).consent
    assert consent.version == current_notice().version
    assert consent.at == villager.now
    assert find_notice(consent.version) is current_notice()
    days = [notice.since for notice in consent_notices()]
    assert days == sorted(set(days))
    assert all(day <= date(2026, 12, 31) for day in days)
