"""Meetings, batches and notices recorded step by step in a chat: nothing passes without them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta

import pytest

from cases.actions.draft_public_notice import draft_public_notice
from cases.actors import Officer, Reporter, Role
from cases.case import Case, find_case
from cases.meetings.meeting import Meeting, items_of, list_meetings
from cases.officers import officer_of_chat
from cases.public_notice.notice import PublicNotice
from cases.states import State
from cases.tasks import has_open_proposal
from storage import attachments
from storage.database import transaction
from storage.times import local_date
from tests.bot.conftest import COUNTY, TOWNSHIP, VILLAGE, Person
from tests.bot.test_officer_desk import do, hand_in_the_sheet, look

Appoint = Callable[..., Person]
STORIES = ("王建国", "马学义", "苏秀英")
# Date, place, should have come, came, must come, chair, recorder.
SITTING = ("今天", "村委会", "应到25人", "23", "17", "马志远", "王得福")


@pytest.fixture
def village(officer: Appoint) -> Person:
    return officer("马志远", Role.VILLAGE, VILLAGE)


@pytest.fixture
def receipts(villager: Person, village: Person) -> list[str]:
    """Return the numbers of three households of one village that were visited and wait for their meeting."""
    found: list[str] = []
    for number, name in enumerate(STORIES):
        villager.say("一键报贫")
        villager.say(
            f"我爸上个月脑梗住院花了{number + 5}万多，我家在会师镇南家咀头村，户主{name}，电话1391234567{number}"
        )
        villager.tap("都对")
        villager.tap("同意并提交")
        (receipt,) = set(villager.state.sent.values()) - set(found)
        do(village, receipt, "受理")
        do(village, receipt, "记录入户核查", "今天", "情况属实")
        found.append(receipt)
    return found


def who(person: Person) -> Officer:
    """Return the officer of a chat."""
    officer = officer_of_chat(person.store, Reporter(person.channel, person.chat))
    assert officer is not None
    return officer


def case_of(person: Person, receipt: str) -> Case:
    """Return a case as it is now."""
    case = find_case(person.store, receipt)
    assert case is not None
    return case


def photo(person: Person) -> str:
    """Keep a photo as a channel does and return its id."""
    with transaction(person.store):
        return attachments.save(person.store, b"\xff\xd8\xff", media_type="image/jpeg", now=person.now)


def meeting_of(person: Person) -> Meeting:
    """Return the only meeting."""
    (meeting,) = list_meetings(person.store, officer=who(person))
    return meeting


def sit(village: Person, receipt: str) -> None:
    """Begin to record a meeting, up to the photo of its sign-in sheet."""
    assert do(village, receipt, "记录民主评议", *SITTING) == ["desk.ask"]
    assert "签到表" in village.text


def test_a_village_records_a_whole_meeting_of_several_households_in_the_chat(
    receipts: list[str], village: Person
) -> None:
    first, second, left_out = receipts
    sit(village, first)
    sheet = photo(village)
    village.say(None, attachments=(sheet,))
    assert "回避" in village.text
    village.tap("没有")
    village.say("21票同意，1票反对，1票弃权")
    assert "还有别的户吗" in village.text
    village.tap(f"编号后四位 {second[-4:]}")
    village.say("马得水、马得福")
    village.say("3/18/0")
    assert "评议结论" in village.text
    village.say("大家觉得收入稳定，不用纳入")
    assert village.say("没有了") == ["desk.done"]
    assert "连同另外 1 户" in village.text
    meeting = meeting_of(village)
    assert (meeting.held_on, meeting.photo) == (local_date(village.now), sheet)
    assert meeting.sitting == {
        "place": "村委会", "expected": 25, "attended": 23, "quorum": 17, "chair": "马志远", "recorder": "王得福",
    }  # fmt: skip
    told = [(item.case.receipt, item.carried, item.body["recused"]) for item in items_of(village.store, meeting)]
    assert told == [(first, True, []), (second, False, ["马得水", "马得福"])]
    assert [case_of(village, receipt).state for receipt in (first, left_out)] == [
        State.UNDER_APPRAISAL,
        State.UNDER_VERIFICATION,
    ]
    assert has_open_proposal(village.store, case_of(village, second).id)


def test_numbers_that_contradict_each_other_are_asked_again_at_once(receipts: list[str], village: Person) -> None:
    assert do(village, receipts[0], "记录民主评议", "今天", "村委会", "25") == ["desk.ask"]
    assert village.say("26") == ["refused", "desk.ask"]
    assert "实到人数比应到人数还多" in village.text
    village.say("23")
    assert village.say("24") == ["refused", "desk.ask"]
    village.say("17")
    village.say("马志远")
    village.say("王得福")
    village.tap("以后再交")
    village.say("马得水")
    assert village.say("21/1/1") == ["refused", "desk.ask"]
    assert village.say("多数同意") == ["desk.unclear", "desk.ask"]
    village.tap("全票同意")
    assert village.tap("没有了") == ["desk.done"]
    (item,) = items_of(village.store, meeting_of(village))
    assert item.body["in_favour"] == 22


def test_a_meeting_lies_not_ahead_and_may_be_given_up(receipts: list[str], village: Person) -> None:
    look(village, receipts[0])
    village.tap("记录民主评议")
    assert village.say("明天") == ["desk.unclear", "desk.ask"]
    village.say("今天")
    assert village.say("取消") == ["chat.what_next"]
    assert village.state.desk is None
    assert list_meetings(village.store, officer=who(village)) == []


def test_where_personal_data_may_not_travel_no_name_of_the_household_and_no_photo_is_asked(
    receipts: list[str], villager: Person, officer: Appoint
) -> None:
    phone = officer("王得福", Role.VILLAGE, VILLAGE, channel="telegram")
    assert do(phone, receipts[0], "记录民主评议", *SITTING) == ["desk.ask"]
    assert "回避的有几人" in phone.text
    phone.say("2")
    phone.say("20/1/0")
    assert phone.say("没有了") == ["desk.done"]
    meeting = meeting_of(phone)
    assert meeting.photo is None
    assert items_of(phone.store, meeting)[0].body["recused"] == ["姓名见签到表"] * 2
    look(phone, receipts[0])
    assert phone.tap("记录张贴公示") == ["desk.elsewhere"]


def test_township_and_county_pass_households_by_minutes_and_batch_in_the_chat(
    receipts: list[str], villager: Person, village: Person, officer: Appoint
) -> None:
    township, county = officer("赵镇", Role.TOWNSHIP, TOWNSHIP), officer("孙县", Role.COUNTY, COUNTY)
    people = (villager, village, township, county)
    ready = receipts[:2]
    for receipt in ready:
        hand_in_the_sheet(receipt, village)
        do(village, receipt, "记录补签授权书", "今天")
        do(county, receipt, "记录信息比对", "今天", "无车无房")
    sit(village, ready[0])
    village.say(None, attachments=(photo(village),))
    for answer in ("没有", "全票同意", ready[1][-4:], "没有", "全票同意", "没有了"):
        village.say(answer)
    notice = hang(village, ready, people)
    assert do(village, ready[0], "记录公示期满", "今天") == ["desk.ask"]
    assert village.say("没有照片") == ["desk.unclear", "desk.ask"]
    assert village.say(None, attachments=(photo(village),)) == ["desk.done"]
    assert notice.ends_on <= local_date(village.now)
    look(township, ready[0])
    township.tap("乡镇审核同意")
    answers = ("今天", "镇政府", "赵镇", "钱文书", "赵镇、钱文书", "同意上报", ready[1][-4:], "同意上报")
    for answer in answers:
        kinds = township.say(answer)
    assert kinds == ["desk.done"]
    look(county, ready[0])
    county.tap("县级审定纳入")
    for answer in ("今天", "会农〔2026〕1号", "同意", ready[1][-4:]):
        kinds = county.say(answer)
    assert kinds == ["desk.done"]
    assert {case_of(county, receipt).state for receipt in ready} == {State.MONITORED}
    assert len(list_meetings(county.store, officer=who(county))) == 3


def hang(village: Person, receipts: list[str], people: tuple[Person, ...]) -> PublicNotice:
    """Draft a notice, hang it from the chat with its photo, and wait until its days have run."""
    with transaction(village.store):
        notice = draft_public_notice(
            village.store, receipts, starts_on=local_date(village.now), supervision="乡镇 0943-3221234",
            actor=who(village), now=village.now,
        )  # fmt: skip
    assert do(village, receipts[0], "记录张贴公示", "今天", "村务公开栏") == ["desk.ask"]
    assert village.say(None, attachments=(photo(village),)) == ["desk.done"]
    assert {case_of(village, receipt).state for receipt in receipts} == {State.ON_PUBLIC_NOTICE}
    for person, _ in itertools.product(people, range(6)):
        person.now += timedelta(days=1)
    return notice


def test_a_notice_that_was_not_drafted_is_refused_with_the_way_out(receipts: list[str], village: Person) -> None:
    sit(village, receipts[0])
    for answer in ("以后再交", "没有", "全票同意", "没有了"):
        village.say(answer)
    do(village, receipts[0], "记录张贴公示", "今天", "村务公开栏")
    assert village.say(None, attachments=(photo(village),)) == ["refused"]
    assert "起草" in village.text
