"""The one door: who sees what, and what looking leaves behind."""

from __future__ import annotations

import pytest

from cases.access import access_case, open_file, reveal_file
from cases.actions.add_note import add_note
from cases.actors import Officer, Reporter, Role
from cases.details import Acknowledgement, FalseAlarm, Note, UrgentMark
from cases.errors import CaseNotFoundError, NotPermittedError, NotPossibleError, NotUrgentError
from cases.queue import queue_item
from cases.receipts import mint_receipt
from cases.states import Event, State
from storage import audit
from storage.database import transaction
from tests.cases.conftest import (
    COUNTY,
    OTHER_COUNTY,
    OTHER_TOWNSHIP,
    REPORT,
    REPORTER,
    SISTER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    Desk,
    appoint,
)

INSIDE = {
    (Role.VILLAGE, VILLAGE),
    (Role.WORK_TEAM, VILLAGE),
    (Role.GRID_WORKER, VILLAGE),
    (Role.TOWNSHIP, TOWNSHIP),
    (Role.COUNTY, COUNTY),
    (Role.INSPECTOR, COUNTY),
    (Role.INSPECTOR, "62"),
}
OUTSIDE = {
    (Role.VILLAGE, SISTER_VILLAGE),
    (Role.TOWNSHIP, OTHER_TOWNSHIP),
    (Role.COUNTY, OTHER_COUNTY),
    (Role.INSPECTOR, "63"),
}


def test_officers_see_the_cases_of_their_areas_and_no_others(desk: Desk) -> None:
    case = desk.submit()
    for role, scope in sorted(INSIDE | OUTSIDE):
        officer = appoint(desk.store, desk.now, f"{role}{scope}", (role, scope))
        if (role, scope) in INSIDE:
            assert access_case(desk.store, case.receipt, actor=officer) == case
            assert open_file(desk.store, case.receipt, officer=officer).case == case
        else:
            assert_same_refusal(desk, case.receipt, officer)


def assert_same_refusal(desk: Desk, receipt: str, officer: Officer) -> None:
    """Check that a case elsewhere looks to *officer* exactly like one that never was."""
    refusals = []
    for number in (receipt, unused_receipt(receipt)):
        with pytest.raises(CaseNotFoundError) as refused:
            access_case(desk.store, number, actor=officer)
        refusals.append((str(refused.value), refused.value.args, vars(refused.value)))
        with pytest.raises(CaseNotFoundError):
            desk_step(desk, number, officer)
    assert refusals[0] == refusals[1]


def unused_receipt(used: str) -> str:
    """Return a well-formed receipt that no case has."""
    receipt = mint_receipt()
    return receipt if receipt != used else unused_receipt(used)


def desk_step(desk: Desk, receipt: str, officer: Officer) -> None:
    """Try to write a note."""
    with transaction(desk.store):
        add_note(desk.store, receipt, Note("看一下"), actor=officer, version=None, now=desk.now)


EVERYWHERE = {Event.MARKED_URGENT, Event.AID_RECORDED, Event.NOTED, Event.TOLD, Event.RECUSED}
VILLAGE_SIDE = EVERYWHERE - {Event.AID_RECORDED} | {Event.CLAIMED, Event.ACKNOWLEDGED, Event.CONSENT_SIGNED}
FOLLOWING_UP = {Event.MEASURE_RECORDED, Event.SUPPORT_CHANGED, Event.VISITED, Event.PAPER_KEPT}
PERMITTED: dict[tuple[State, Role], set[Event]] = {
    (State.SUBMITTED, Role.VILLAGE): VILLAGE_SIDE | {Event.AID_RECORDED},
    (State.SUBMITTED, Role.GRID_WORKER): VILLAGE_SIDE,
    (State.SUBMITTED, Role.TOWNSHIP): EVERYWHERE
    | {Event.ACKNOWLEDGED, Event.PLACED, Event.CONSENT_SIGNED, Event.TRANSFERRED, Event.FALSE_ALARM},
    (State.SUBMITTED, Role.COUNTY): EVERYWHERE | {Event.PLACED, Event.FALSE_ALARM},
    (State.UNDER_APPRAISAL, Role.VILLAGE): EVERYWHERE | {Event.CLAIMED, Event.NOTICE_POSTED, Event.DECLINE_PROPOSED},
    (State.UNDER_APPRAISAL, Role.GRID_WORKER): EVERYWHERE - {Event.AID_RECORDED},
    (State.UNDER_TOWNSHIP_REVIEW, Role.VILLAGE): EVERYWHERE,
    (State.UNDER_TOWNSHIP_REVIEW, Role.TOWNSHIP): EVERYWHERE
    | {Event.CLAIMED, Event.TOWNSHIP_APPROVED, Event.RETURNED, Event.DECLINE_PROPOSED, Event.FALSE_ALARM},
    (State.UNDER_TOWNSHIP_REVIEW, Role.COUNTY): EVERYWHERE | {Event.TRANSFERRED, Event.FALSE_ALARM},
    (State.AWAITING_COUNTY_DECISION, Role.TOWNSHIP): EVERYWHERE | {Event.FALSE_ALARM},
    (State.AWAITING_COUNTY_DECISION, Role.COUNTY): EVERYWHERE
    | {Event.FALSE_ALARM}
    | {Event.CLAIMED, Event.COUNTY_APPROVED, Event.RETURNED, Event.DECLINE_PROPOSED, Event.TRANSFERRED},
    (State.MONITORED, Role.COUNTY): EVERYWHERE - {Event.MARKED_URGENT} | {Event.ENTERED_NATIONALLY},
    (State.MONITORED, Role.VILLAGE): EVERYWHERE - {Event.MARKED_URGENT}
    | {Event.CLAIMED, Event.ANNOUNCED, Event.PLAN_MADE, Event.HOUSEHOLD_RECORDED, Event.REASSESSED}
    | FOLLOWING_UP,
    (State.AWAITING_RESOLUTION, Role.TOWNSHIP): EVERYWHERE - {Event.MARKED_URGENT} | FOLLOWING_UP,
    (State.AWAITING_RESOLUTION, Role.COUNTY): EVERYWHERE - {Event.MARKED_URGENT}
    | {Event.CLAIMED, Event.RISK_RESOLVED, Event.RETURNED, Event.RESOLUTION_DROPPED, Event.TRANSFERRED},
    (State.DECLINED, Role.VILLAGE): {Event.NOTED, Event.TOLD},
    (State.WITHDRAWN, Role.TOWNSHIP): {Event.NOTED, Event.TOLD, Event.CALLED_BACK},
    (State.RISK_RESOLVED, Role.COUNTY): {Event.TOLD, Event.NOTED, Event.ENTERED_NATIONALLY},
    **{(state, Role.INSPECTOR): set() for state in State},
}
SCOPES = {
    Role.VILLAGE: VILLAGE,
    Role.GRID_WORKER: VILLAGE,
    Role.TOWNSHIP: TOWNSHIP,
    Role.COUNTY: COUNTY,
    Role.INSPECTOR: COUNTY,
}


@pytest.mark.parametrize("state", State)
def test_what_each_role_may_do_in_a_state_is_what_its_area_and_the_table_allow(desk: Desk, state: State) -> None:
    case = desk.bring_to(state)
    desk.store.db.execute("UPDATE cases SET assignee = NULL, urgent = 1 WHERE id = ?", [case.id])
    case = access_case(desk.store, case.receipt, actor=desk.county)
    for (where, role), expected in PERMITTED.items():
        if where is state:
            here = appoint(desk.store, desk.now, "在此", (role, SCOPES[role]))
            elsewhere = appoint(desk.store, desk.now, "别处", (role, SCOPES[role][:-1] + "9"))
            assert set(queue_item(desk.store, case, officer=here).possible) == expected
            with pytest.raises(CaseNotFoundError):
                access_case(desk.store, case.receipt, actor=elsewhere)


def test_only_what_is_urgent_can_be_a_false_alarm(desk: Desk) -> None:
    case = desk.submit()
    assert Event.FALSE_ALARM not in queue_item(desk.store, case, officer=desk.township).possible
    with pytest.raises(NotUrgentError):
        desk.do(case, "township", FalseAlarm("不是急事"))
    case = desk.do(case, "township", UrgentMark("没处住"))
    assert Event.FALSE_ALARM in queue_item(desk.store, case, officer=desk.township).possible
    assert not desk.do(case, "township", FalseAlarm("不是急事")).urgent


def test_an_inspector_reads_and_never_writes(desk: Desk) -> None:
    case = desk.submit()
    assert open_file(desk.store, case.receipt, officer=desk.inspector).case == case
    with pytest.raises(NotPermittedError) as refused:
        desk.do(case, "inspector", Acknowledgement())
    assert refused.value.roles == ("village", "work_team", "grid_worker", "township")


def test_what_nobody_can_do_in_a_state_is_told_apart_from_what_others_can(desk: Desk) -> None:
    case = desk.bring_to(State.DECLINED)
    with pytest.raises(NotPossibleError) as refused:
        desk.do(case, "village", Acknowledgement())
    assert (refused.value.event, refused.value.state) == ("acknowledged", "declined")


def test_a_reporter_knows_only_of_the_case_of_his_chat(desk: Desk) -> None:
    case = desk.submit()
    assert access_case(desk.store, case.receipt, actor=REPORTER) == case
    for chat in (Reporter("web", "chat-of-another"), Reporter("telegram", REPORTER.chat)):
        with pytest.raises(CaseNotFoundError):
            access_case(desk.store, case.receipt, actor=chat)


def test_a_file_is_masked_unless_it_is_revealed(desk: Desk) -> None:
    case = desk.bring_to(State.UNDER_VERIFICATION, reporter_name="邻居马大爷")
    file = open_file(desk.store, case.receipt, officer=desk.village)
    assert file.masked
    assert (file.householder.name, file.householder.phone) == ("苏**", "138****5678")
    assert file.reporter is not None
    assert file.reporter.name == "邻**"
    assert file.form is None
    assert [entry.details for entry in file.history] == [
        {"applied_on": "2026-03-10"},
        {},
        {"visited_on": "2026-03-11", "cross_checked_on": "2026-03-11", "consent_signed_on": "2026-03-11"},
    ]


def test_a_short_telephone_is_masked_too(desk: Desk) -> None:
    case = desk.submit(phone="5221234")
    assert open_file(desk.store, case.receipt, officer=desk.village).householder.phone == "****34"


def test_revealing_shows_all_and_is_written_down(desk: Desk) -> None:
    case = desk.submit()
    with transaction(desk.store):
        file = reveal_file(desk.store, case.receipt, officer=desk.village, now=desk.later)
    assert file.householder.name == REPORT.householder
    assert file.form is not None
    assert file.form.story == REPORT.story
    last = audit.rows(desk.store, f"case:{case.id}")[-1]
    assert (last.event, last.actor) == ("case.revealed", f"officer:{desk.village.id}")


def test_looking_masked_or_in_vain_writes_nothing(desk: Desk) -> None:
    case = desk.submit()
    open_file(desk.store, case.receipt, officer=desk.village)
    with pytest.raises(CaseNotFoundError), transaction(desk.store):
        reveal_file(desk.store, case.receipt, officer=desk.stranger, now=desk.later)
    assert [row.event for row in audit.rows(desk.store, f"case:{case.id}")] == ["case.submitted"]


def test_blanks_in_a_typed_receipt_are_forgiven(desk: Desk) -> None:
    case = desk.submit()
    spaced = f"{case.receipt[:4]} {case.receipt[4:8]} {case.receipt[8:]}"
    assert access_case(desk.store, spaced, actor=desk.village) == case
