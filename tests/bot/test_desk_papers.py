"""Meetings, batches and notices recorded step by step in a chat: nothing passes without them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta

import pytest

from cases.act import Act
from cases.actions.draft_public_notice import draft_public_notice
from cases.actions.own_case import correct
from cases.actions.step import take_step
from cases.actors import Officer, Reporter, Role
from cases.case import Case, find_case
from cases.details import Correction, Posting
from cases.meetings.meeting import Meeting, items_of, list_meetings
from cases.officers import officer_of_chat
from cases.public_notice.notice import PublicNotice, cases_on, list_notices
from cases.states import State
from cases.tasks import has_open_proposal
from settings.schema import Settings
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
def local(local: Settings) -> Settings:
    """Return settings with the telephone that a public notice prints."""
    contacts = local.contacts.model_copy(update={"township": "0943-3221234"})
    return local.model_copy(update={"contacts": contacts})


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
    assert do(phone, receipts[0], "记录张贴公示", "今天") == ["desk.notice"]
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
    assert do(village, receipts[0], "记录张贴公示", "贴出去了", "今天", "村务公开栏") == ["desk.ask"]
    assert village.say(None, attachments=(photo(village),)) == ["desk.done"]
    assert {case_of(village, receipt).state for receipt in receipts} == {State.ON_PUBLIC_NOTICE}
    for person, _ in itertools.product(people, range(6)):
        person.now += timedelta(days=1)
    return notice


def appraise(village: Person, *receipts: str) -> None:
    """Record a meeting in the chat that agrees to all of these households."""
    sit(village, receipts[0])
    village.tap("以后再交")
    for other in receipts[1:]:
        for answer in ("没有", "全票同意", other[-4:]):
            village.say(answer)
    for answer in ("没有", "全票同意", "没有了"):
        village.say(answer)


def test_a_village_drafts_a_notice_of_several_households_in_the_chat_and_hangs_it(
    receipts: list[str], village: Person
) -> None:
    first, second, left_out = receipts
    appraise(village, *receipts)
    assert do(village, first, "记录张贴公示") == ["desk.ask"]
    assert "从哪天贴起" in village.text
    village.say("今天")
    assert village.tap(f"编号后四位 {second[-4:]}") == ["desk.ask"]
    assert village.tap("没有了") == ["desk.notice"]
    assert "2 户" in village.text
    (notice,) = list_notices(village.store, officer=who(village))
    assert [case.receipt for case in cases_on(village.store, notice)] == [first, second]
    assert do(village, second, "记录张贴公示", "贴出去了", "今天", "村务公开栏") == ["desk.ask"]
    assert village.say(None, attachments=(photo(village),)) == ["desk.done"]
    states = [case_of(village, receipt).state for receipt in receipts]
    assert states == [State.ON_PUBLIC_NOTICE, State.ON_PUBLIC_NOTICE, State.UNDER_APPRAISAL]
    assert left_out not in village.text


def test_a_notice_of_a_wrong_day_is_drafted_anew(receipts: list[str], village: Person) -> None:
    appraise(village, receipts[0])
    day = local_date(village.now)
    assert do(village, receipts[0], "记录张贴公示", "明天") == ["desk.notice"]
    assert do(village, receipts[0], "记录张贴公示") == ["desk.ask"]
    assert village.say("再说吧") == ["desk.unclear", "desk.ask"]
    village.tap("重新起草")
    assert village.say("今天") == ["desk.notice"]
    days = [notice.starts_on for notice in list_notices(village.store, officer=who(village))]
    assert days == [day, day + timedelta(days=1)]


@pytest.mark.parametrize("channel", ["web", "telegram"])
def test_what_must_not_hang_stops_the_draft_in_the_chat_too(
    channel: str, receipts: list[str], villager: Person, village: Person, officer: Appoint
) -> None:
    appraise(village, receipts[0])
    person = officer("王得福", Role.VILLAGE, VILLAGE, channel=channel)
    with transaction(village.store):
        reporter = Reporter(villager.channel, villager.chat)
        correct(village.store, receipts[0], Correction("王建国脑梗"), actor=reporter, now=village.now)
    assert do(person, receipts[0], "记录张贴公示", "今天") == ["refused"]
    assert "健康信息" in person.text
    assert ("脑梗" in person.text) is (channel == "web")
    assert list_notices(person.store, officer=who(person)) == []


def test_a_case_that_hung_without_a_paper_gets_it_late_or_goes_back(receipts: list[str], village: Person) -> None:
    really, never = receipts[:2]
    appraise(village, really, never)
    day = local_date(village.now)
    for receipt in (really, never):
        with transaction(village.store):
            act = Act(Posting(day, "村口"), who(village), village.now)
            take_step(village.store, receipt, act, version=None)
    village.now += timedelta(days=6)
    assert do(village, never, "记录公示期满", "没有贴过") == ["refused"]
    assert "乡镇退回" in village.text
    assert do(village, really, "记录公示期满", "真贴过，有照片") == ["desk.ask"]
    assert village.say(None, attachments=(photo(village),)) == ["desk.notice"]
    assert "补录" in village.text
    (notice,) = list_notices(village.store, officer=who(village))
    assert (notice.starts_on, notice.posted_on, notice.stands) == (day, day, True)
    assert do(village, really, "记录公示期满", "今天") == ["desk.ask"]
    assert village.say(None, attachments=(photo(village),)) == ["desk.done"]
    assert case_of(village, really).state is State.UNDER_TOWNSHIP_REVIEW
    assert case_of(village, never).state is State.ON_PUBLIC_NOTICE
