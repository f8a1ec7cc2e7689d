"""What the village must not know reaches no village account: in no notice, list, search, export or progress."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from bot.conversation.commands import CallReason
from bot.memory.calls import call_for, calls_for
from cases.access import access_case
from cases.actions.place_case import place_case
from cases.actors import Officer, Reporter, Role
from cases.details import Placement
from cases.duty.alarms import alarms_for
from cases.errors import CaseNotFoundError
from cases.ledgers.ledger import LedgerKind, Wanted, make_ledger
from cases.officers import find_officer, officer_of_chat
from cases.queue import QueueFilter, list_queue
from cases.search import find_cases
from cases.tallies import tallies
from storage import outbox
from storage.database import transaction
from storage.store import Store
from storage.times import local_date
from tests.bot.conftest import COUNTY, TOWNSHIP, VILLAGE, Person

Appoint = Callable[..., Person]
VILLAGE_ROLES = (Role.VILLAGE, Role.WORK_TEAM, Role.GRID_WORKER)


@pytest.fixture
def village(officer: Appoint) -> list[Person]:
    """Return every kind of village account, each with a chat."""
    return [officer(f"村里{role.value}", role, VILLAGE) for role in VILLAGE_ROLES]


@pytest.fixture
def above(officer: Appoint) -> dict[Role, Person]:
    """Return the accounts above the village and those of the lanes."""
    return {
        Role.TOWNSHIP: officer("李玉梅", Role.TOWNSHIP, TOWNSHIP),
        Role.COUNTY: officer("陈建国", Role.COUNTY, COUNTY),
        Role.PROTECTION: officer("周护苗", Role.PROTECTION, TOWNSHIP),
        Role.CHILD_WORKER: officer("郑童", Role.CHILD_WORKER, TOWNSHIP),
        Role.DISCIPLINE: officer("冯正", Role.DISCIPLINE, COUNTY),
    }


def who(person: Person) -> Officer:
    """Return the officer of a chat."""
    found = officer_of_chat(person.store, Reporter(person.channel, person.chat))
    assert found is not None
    return found


def check_village_knows_nothing(village: list[Person], *words: str) -> None:
    """Check every way by which a village account could come to know: notices, desk, queues, alarms, calls."""
    for person in village:
        officer, store = who(person), person.store
        assert person.read() == []
        person.say("待办")
        assert not [word for word in words if word in person.text]
        assert calls_for(store, officer) == []
        assert alarms_for(store, officer) == []
        for wanted in (QueueFilter(), QueueFilter(active=False), QueueFilter(waiting=True)):
            assert list_queue(store, officer=officer, today=local_date(person.now), wanted=wanted) == []
        for known in (*words, "王建国", "13912345678"):
            assert find_cases(store, known, officer=officer) == []
        for kind in LedgerKind:
            export = Wanted(kind, date(2000, 1, 1), local_date(person.now), reveal=False)
            assert make_ledger(store, export, area_name=str, actor=officer, now=person.now).rows == []
        assert tallies(store, officer=officer, area_code=TOWNSHIP, today=local_date(person.now)) == []
        kinds = {item.kind for item in outbox.for_chat(store, channel=person.channel, chat=person.chat)}
        assert kinds <= {"desk.bound", "desk.queue"}


def test_violence_goes_to_the_protection_contact_only(
    villager: Person, village: list[Person], above: dict[Role, Person]
) -> None:
    villager.say("我是会师镇南家咀头村的，我男人天天打我")
    assert "110" in villager.last[0][1].text
    assert "0943-1000002" in villager.last[0][1].text
    assert "不告诉村里" in villager.last[0][1].text
    assert above[Role.PROTECTION].read() == ["officer.alarm"]
    assert above[Role.TOWNSHIP].read() == []
    check_village_knows_nothing(village, "打我", "打人")


def test_violence_may_be_hidden_with_one_tap_and_the_call_goes_on(villager: Person, above: dict[Role, Person]) -> None:
    villager.say("我男人天天打我，我在会师镇南家咀头村")
    assert villager.tap("藏起来") == ["chat.cover"]
    assert villager.last[-1][1].wipes
    assert villager.state.questions == ()
    assert len(calls_for(villager.store, who(above[Role.PROTECTION]))) == 1


def test_protection_contact_confirms_and_closes_after_the_tasks(villager: Person, above: dict[Role, Person]) -> None:
    contact = above[Role.PROTECTION]
    villager.say("后爸虐待孩子，在会师镇南家咀头村")
    contact.read()
    assert contact.tap("我来办") == ["desk.alarm"]
    assert villager.read() == ["alarm.confirmed"]
    assert "妇女儿童保护联系人" in villager.text
    contact.say("待办")
    assert contact.say(button="called:1") == ["refused"]
    contact.say("待办")
    assert contact.tap("1 号做了") == ["desk.call_worked"]
    contact.say("待办")
    contact.tap("1 号做了")
    assert contact.tap("1 号已处理") == ["desk.call_done"]
    assert alarms_for(contact.store, who(contact)) == []


@pytest.mark.parametrize("said", ["我今年十岁，爸妈打工去了，家里就我和妹妹", "我上五年级，没饭吃"])
def test_child_goes_to_the_childrens_worker_and_never_to_a_form(
    villager: Person, village: list[Person], above: dict[Role, Person], said: str
) -> None:
    villager.say(f"{said}，在会师镇南家咀头村")
    assert villager.say("一键报贫") == ["child.no_form"]
    assert villager.say("我爸上个月脑梗住院花了八万多") == ["child.no_form"]
    assert villager.state.drafts == ()
    worker = above[Role.CHILD_WORKER]
    heard = [call for call in calls_for(worker.store, who(worker)) if call.reason is CallReason.CHILD]
    if "饭" not in said:
        assert worker.read()[0] == "officer.alarm"
        assert [step.is_done for step in heard[0].steps] == [False, False, False]
        check_village_knows_nothing(village, "十岁")
    assert villager.tap("我是大人") == ["report.ask_story"]


def test_under_fourteen_needs_a_guardian(villager: Person) -> None:
    villager.say("我今年十岁，爸妈打工去了")
    assert "监护人" in villager.last[0][1].text
    villager.say("我今年十六岁，爸妈打工去了")
    assert "监护人" not in villager.last[0][1].text


def test_complaint_is_passed_on_and_kept_from_the_village_and_from_whom_it_names(
    villager: Person, village: list[Person], above: dict[Role, Person], officer: Appoint
) -> None:
    named = officer("冯有德", Role.DISCIPLINE, COUNTY)
    villager.say("南家咀头村的村支书要我两条烟才给报，镇上冯有德也知道")
    assert "只转交，不判断" in villager.text
    assert above[Role.DISCIPLINE].read() == ["officer.call"]
    assert named.read() == []
    assert calls_for(named.store, who(named)) == []
    assert above[Role.TOWNSHIP].read() == []
    check_village_knows_nothing(village, "两条烟")


def test_complaint_may_be_anonymous(villager: Person, above: dict[Role, Person]) -> None:
    villager.say("会师镇南家咀头村的主任收了我五百块钱才给报，我电话13912345678")
    assert villager.tap("匿名") == ["complaint.anonymous"]
    (call,) = calls_for(villager.store, who(above[Role.DISCIPLINE]))
    assert call.anonymous
    assert "13912345678" not in call.text + call.phone
    rows = list(villager.store.db.query("SELECT chat_key, channel FROM calls"))
    assert rows[0]["channel"] == ""
    assert not list(villager.store.db.query("SELECT 1 FROM conversations WHERE chat_key = ?", [rows[0]["chat_key"]]))


def test_complaint_takes_a_number_only_when_it_is_given_for_it(villager: Person, above: dict[Role, Person]) -> None:
    villager.say("会师镇南家咀头村的村支书要我两条烟才给报")
    villager.tap("留个电话")
    assert villager.say("13912345678") == ["call.phone_kept"]
    assert call_for(villager.store, "1", officer=who(above[Role.DISCIPLINE])).phone == "13912345678"


def test_hardship_beside_a_complaint_goes_to_the_township_first(villager: Person) -> None:
    villager.say("会师镇南家咀头村的村支书要我两条烟才给报，我家老伴脑梗住院花了八万多")
    draft = villager.state.draft
    assert draft is not None
    assert draft.township_first
    assert "烟" not in draft.story


def hand_in_hushed(villager: Person) -> str:
    """Hand in a report that the village is not to know of first, and return its receipt."""
    villager.say("我爸上个月脑梗住院花了八万多，我家在会师镇南家咀头村，别让村干部知道")
    villager.tap("帮我报上去")
    for said in ("王建国", "13912345678"):
        if villager.state.asking.value != "review":
            villager.say(said)
    assert "先报给：乡镇" in villager.text
    villager.tap("都对")
    assert "先报给乡镇" in villager.text
    villager.tap("同意并提交")
    return next(iter(villager.state.sent.values()))


def test_hushed_report_is_the_townships_until_it_is_released(
    villager: Person, village: list[Person], above: dict[Role, Person], now: datetime
) -> None:
    receipt = hand_in_hushed(villager)
    township = who(above[Role.TOWNSHIP])
    case = access_case(villager.store, receipt, actor=township)
    assert case.due_on is not None
    check_village_knows_nothing(village, "王建国", receipt[-4:])
    for person in village:
        with pytest.raises(CaseNotFoundError):
            access_case(villager.store, receipt, actor=who(person))
    with transaction(villager.store):
        place_case(villager.store, receipt, Placement(VILLAGE), actor=township, version=case.version, now=villager.now)
    assert access_case(villager.store, receipt, actor=who(village[0])).area_code == VILLAGE
    assert "notice.placed" in villager.read()


def test_wish_to_keep_it_from_the_village_may_be_tapped_and_taken_back(villager: Person) -> None:
    villager.say("我爸上个月脑梗住院花了八万多，我家在会师镇南家咀头村，户主王建国，电话13912345678")
    villager.tap("帮我报上去")
    villager.tap("先别让村里知道")
    assert villager.state.draft is not None
    assert villager.state.draft.township_first
    villager.tap("还是先报给村里")
    assert villager.state.draft is not None
    assert not villager.state.draft.township_first


def test_nobody_of_the_lanes_sees_cases(villager: Person, above: dict[Role, Person], store: Store) -> None:
    receipt = hand_in_hushed(villager)
    for role in (Role.PROTECTION, Role.CHILD_WORKER, Role.DISCIPLINE):
        with pytest.raises(CaseNotFoundError):
            access_case(store, receipt, actor=find_officer(store, who(above[role]).name))
