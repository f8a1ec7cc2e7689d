"""Officers work their queue in the chat: by number, through the workflow, refused in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cases.actions.record_household import record_household
from cases.actors import Reporter, Role
from cases.details import HouseholdRecord
from cases.officers import officer_of_chat
from storage.database import transaction
from storage.times import local_date
from tests.bot.conftest import TOWNSHIP, VILLAGE, Person
from tests.cases.sheets import SHEET

Appoint = Callable[..., Person]


@pytest.fixture
def receipt(villager: Person) -> str:
    """Return the number of a report from 会师镇南家咀头村."""
    villager.say("一键报贫")
    villager.say("我爸上个月脑梗住院花了八万多，我家在会师镇南家咀头村，户主王建国，电话13912345678")
    villager.tap("都对")
    villager.tap("同意并提交")
    return next(iter(villager.state.sent.values()))


def look(person: Person, receipt: str) -> None:
    """Open the case from the queue."""
    person.say("待办")
    person.say(button=f"case:{receipt}")


def test_queue_shows_numbers_stages_villages_and_dates_but_no_names(receipt: str, officer: Appoint) -> None:
    village = officer("马志远", Role.VILLAGE, VILLAGE)
    assert village.say("待办") == ["desk.queue"]
    assert receipt[-4:] in village.text
    for shown in ("已提交，等待受理", "南家咀头村", "3月17日"):
        assert shown in village.text
    assert "王" not in village.text.replace("王建国", "王")


def test_an_officer_elsewhere_sees_nothing(receipt: str, officer: Appoint) -> None:
    stranger = officer("外村", Role.VILLAGE, "620422100204")
    stranger.say("待办")
    assert "没有等您办" in stranger.text
    assert stranger.say(button=f"case:{receipt}") == ["refused"]
    assert "没有找到" in stranger.text


def test_buttons_of_officers_do_nothing_for_a_villager(receipt: str, villager: Person) -> None:
    assert villager.say(button=f"case:{receipt}") == ["desk.not_officer"]
    assert villager.say(button=f"event:{receipt}:1:claimed") == ["desk.not_officer"]


def test_people_are_shown_only_on_request_and_leave_a_trace(receipt: str, officer: Appoint) -> None:
    village = officer("马志远", Role.VILLAGE, VILLAGE)
    look(village, receipt)
    assert "王建国" not in village.text
    assert village.tap("看姓名") == ["desk.people"]
    assert "王建国" in village.text
    assert "13912345678" in village.text
    rows = village.store.db.query("SELECT count(*) AS n FROM audit WHERE event = 'case.revealed'")
    assert next(rows)["n"] == 1


def test_where_personal_data_may_not_travel_people_are_never_shown(receipt: str, officer: Appoint) -> None:
    village = officer("马志远", Role.VILLAGE, VILLAGE, channel="telegram")
    look(village, receipt)
    assert "王" not in village.text
    assert not any("姓名" in button.label for _, message in village.last for row in message.buttons for button in row)
    assert village.say(button=f"reveal:{receipt}") == ["chat.old_button"]


def test_where_personal_data_may_not_travel_steps_that_need_words_are_done_at_the_desk(
    receipt: str, officer: Appoint
) -> None:
    village = officer("马志远", Role.VILLAGE, VILLAGE, channel="telegram")
    look(village, receipt)
    assert village.tap("受理") == ["desk.done"]
    look(village, receipt)
    assert village.tap("记录入户核查") == ["desk.elsewhere"]
    assert village.state.desk is None
    look(village, receipt)
    assert village.tap("记录补签授权书") == ["desk.ask"], "a date says nothing about anybody"


def test_where_personal_data_may_not_travel_calls_wait_without_telephone_and_words(
    villager: Person, officer: Appoint
) -> None:
    abroad, here = (officer(channel, Role.TOWNSHIP, TOWNSHIP, channel=channel) for channel in ("telegram", "web"))
    villager.say("人工")
    villager.say("13912345678")
    for township in (abroad, here):
        township.say("待办")
        assert "请回电" in township.text
    assert "13912345678" in here.text
    assert "13912345678" not in abroad.text
    assert "请到办件台看" in abroad.text


def hand_in_the_sheet(receipt: str, village: Person) -> None:
    """Hand in the sheet of the visit, which is not done in a chat."""
    actor = officer_of_chat(village.store, Reporter(village.channel, village.chat))
    assert actor is not None
    with transaction(village.store):
        record = HouseholdRecord(local_date(village.now), {**SHEET, "consent_signed_on": "2026-03-10"})
        record_household(village.store, receipt, record, actor=actor, version=None, now=village.now)


def do(person: Person, receipt: str, label: str, *answers: str) -> list[str]:
    """Open the case, press the button of an event, and answer what is asked."""
    look(person, receipt)
    kinds = person.tap(label)
    for answer in answers:
        assert kinds == ["desk.ask"]
        kinds = person.say(answer)
    return kinds


def test_home_visit_is_a_short_dialogue(receipt: str, villager: Person, officer: Appoint) -> None:
    village = officer("马志远", Role.VILLAGE, VILLAGE)
    do(village, receipt, "受理")
    assert villager.read() == ["notice.acknowledged"]
    look(village, receipt)
    assert village.tap("记录入户核查") == ["desk.ask"]
    assert village.say("说不清") == ["desk.unclear", "desk.ask"]
    assert village.say("今天") == ["desk.ask"]
    assert village.say("家中一人患病，自付八万元，收入只有务农") == ["desk.done"]
    assert villager.read() == ["notice.visited"]
    assert "3月10日（星期二）上门看过" in villager.text


def test_second_officer_who_claims_the_same_case_is_refused_politely(receipt: str, officer: Appoint) -> None:
    first, second = officer("马志远", Role.VILLAGE, VILLAGE), officer("李文书", Role.VILLAGE, VILLAGE)
    look(first, receipt)
    look(second, receipt)
    claim = second.button("领办").data
    assert first.tap("领办") == ["desk.done"]
    assert second.say(button=claim) == ["desk.case"]
    assert "领办人：马志远" in second.text


def test_stale_button_is_refused_with_what_changed(receipt: str, officer: Appoint) -> None:
    first, second = officer("马志远", Role.VILLAGE, VILLAGE), officer("李文书", Role.VILLAGE, VILLAGE)
    look(second, receipt)
    acknowledge = second.button("受理").data
    look(first, receipt)
    first.tap("领办")
    assert second.say(button=acknowledge) == ["refused"]
    assert "马志远：领办" in second.text
    assert "请重新打开" in second.text


def test_village_proposes_a_decline_and_the_township_confirms_it(
    receipt: str, villager: Person, officer: Appoint
) -> None:
    village, township = officer("马志远", Role.VILLAGE, VILLAGE), officer("赵镇", Role.TOWNSHIP, TOWNSHIP)
    look(village, receipt)
    village.tap("受理")
    villager.read()
    look(village, receipt)
    assert village.tap("建议不纳入") == ["desk.ask"]
    assert village.say("家里有两辆货车跑运输，收入稳定") == ["desk.done"]
    assert villager.read() == []
    assert township.read() == ["officer.decline_proposed"]
    township.tap("看这个件")
    assert township.tap("确认不纳入") == ["desk.ask"]
    assert township.say("家里有两辆货车跑运输，收入稳定") == ["desk.done"]
    assert villager.read() == ["notice.declined"]
    assert "货车" in villager.text
    assert "再查一遍" in villager.text


def test_who_sends_a_household_to_relief_is_asked_why_there_is_no_risk(receipt: str, officer: Appoint) -> None:
    village = officer("马志远", Role.VILLAGE, VILLAGE)
    do(village, receipt, "受理")
    assert do(village, receipt, "建议不纳入", "已经给了临时救助") == ["desk.ask"]
    assert "体外循环" in village.text
    assert village.say("儿子在县里上班，看病自付不到一千元") == ["desk.done"]


def test_an_outdated_name_is_pointed_out_and_what_was_written_stands(receipt: str, officer: Appoint) -> None:
    village = officer("马志远", Role.VILLAGE, VILLAGE)
    assert do(village, receipt, "备注", "以前是贫困户，在外打工") == ["desk.terms", "desk.done"]


def test_what_an_officer_writes_down_is_no_cry_for_help(receipt: str, villager: Person, officer: Appoint) -> None:
    village = officer("马志远", Role.VILLAGE, VILLAGE)
    villager.read()
    look(village, receipt)
    village.tap("标为紧急")
    assert village.say("老人在家断粮两天") == ["desk.done"]
    assert villager.read() == ["notice.urgent"]


def test_cancel_leaves_an_officers_dialogue(receipt: str, officer: Appoint) -> None:
    village = officer("马志远", Role.VILLAGE, VILLAGE)
    look(village, receipt)
    village.tap("受理")
    look(village, receipt)
    village.tap("记录入户核查")
    assert village.say("取消") == ["chat.what_next"]
    assert village.say("今天天气怎么样") == ["chat.small_talk"]
    assert village.state.desk is None


def test_officer_may_ask_a_question_and_report_a_hardship_like_anybody(officer: Appoint) -> None:
    village = officer("马志远", Role.VILLAGE, VILLAGE)
    assert village.say("低保怎么办") == ["answer.given"]
    assert village.say("一键报贫") == ["report.ask_story"]
