"""A case passes from hand to hand, and not into every hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cases.access import access_case
from cases.actions.claim import claim
from cases.actions.hand_over import pass_on, release, transfer
from cases.actions.record_leave import record_leave
from cases.actions.recuse import recuse_oneself
from cases.actions.remove_officer import remove_officer
from cases.actors import Clock, Officer, Operator
from cases.case import Case, load_case
from cases.details import Acknowledgement, HomeVisit, Recusal, Release, Transfer
from cases.errors import (
    CannotHoldError,
    CaseNotFoundError,
    CasesError,
    NotHolderError,
    OfficerNotFoundError,
    RecusedError,
    WrongDateError,
)
from cases.history import history
from cases.notices import NoticeKind
from cases.officers import all_officers, find_officer, load_officer
from cases.presence import Leave, is_recused
from cases.states import Event, State
from storage import audit
from storage.database import transaction
from tests.cases.conftest import Desk


def held(desk: Desk, **changes: object) -> Case:
    """Submit a report that 马志远 takes on."""
    case = desk.submit(**changes)
    with transaction(desk.store):
        return claim(desk.store, case.receipt, actor=desk.village, version=1, now=desk.now)


def give(desk: Desk, case: Case, who: str, to: Officer) -> Case:
    """Let *who* transfer the case."""
    details = Transfer(to.id, "忙不过来")
    with transaction(desk.store):
        return transfer(desk.store, case.receipt, details, actor=desk.officer(who), version=case.version, now=desk.now)


def on_leave(desk: Desk, officer: Officer, deputy: Officer | None = None) -> None:
    """Send an officer on leave for a week from today."""
    leave = Leave(date(2026, 3, 10), date(2026, 3, 17), deputy)
    with transaction(desk.store):
        record_leave(desk.store, officer, leave, actor=Operator(), now=desk.now)


def test_the_holder_gives_a_case_back_and_colleagues_hear(desk: Desk) -> None:
    colleague = desk.bind("colleague")
    case = held(desk)
    with transaction(desk.store):
        case = release(
            desk.store, case.receipt, Release("外出"), actor=desk.village, version=case.version, now=desk.now
        )
    assert case.assignee is None
    assert desk.told(colleague)[-1].kind == NoticeKind.OFFICER_RELEASED


def test_who_does_not_hold_a_case_cannot_give_it_back_or_away(desk: Desk) -> None:
    case = held(desk)
    with pytest.raises(NotHolderError), transaction(desk.store):
        release(desk.store, case.receipt, Release("不办"), actor=desk.colleague, version=case.version, now=desk.now)
    with pytest.raises(NotHolderError):
        give(desk, case, "colleague", desk.colleague)
    assert load_case(desk.store, case.id) == case


@pytest.mark.parametrize("who", ["village", "township"])
def test_the_holder_and_those_above_pass_a_case_on(desk: Desk, who: str) -> None:
    colleague = desk.bind("colleague")
    case = give(desk, held(desk), who, desk.colleague)
    assert case.assignee == desk.colleague.id
    assert desk.told(colleague)[-1].kind == NoticeKind.OFFICER_ASSIGNED


def test_a_case_goes_only_to_who_can_work_it(desk: Desk) -> None:
    case = held(desk)
    on_leave(desk, desk.colleague)
    for officer, why in (
        (desk.colleague, "away"),
        (desk.stranger, "role"),
        (desk.county, "role"),
        (desk.village, "holds"),
    ):
        with pytest.raises(CannotHoldError) as refused:
            give(desk, case, "village", officer)
        assert refused.value.why == why
    with pytest.raises(OfficerNotFoundError):
        give(desk, case, "village", replace(desk.village, id="nobody"))


def test_kin_steps_back_and_the_case_stays_with_others(desk: Desk) -> None:
    township, colleague = desk.bind("township"), desk.bind("colleague")
    case = held(desk)
    with transaction(desk.store):
        case = recuse_oneself(
            desk.store, case.receipt, Recusal("堂弟"), actor=desk.village, version=case.version, now=desk.now
        )
    assert case.assignee is None
    assert desk.told(township)[-1].kind == desk.told(colleague)[-1].kind == NoticeKind.OFFICER_RECUSED
    with pytest.raises(RecusedError), transaction(desk.store):
        claim(desk.store, case.receipt, actor=desk.village, version=case.version, now=desk.now)
    with pytest.raises(CannotHoldError) as refused:
        give(desk, case, "township", desk.village)
    assert refused.value.why == "recused"
    case = desk.do(case, "village", Acknowledgement())
    assert case.assignee is None, "he may write it down, but does not hold it"
    with pytest.raises(RecusedError):
        desk.do(case, "village", HomeVisit(date(2026, 3, 11), "属实"))
    assert desk.do(case, "colleague", HomeVisit(date(2026, 3, 11), "属实")).state is State.UNDER_VERIFICATION


def test_who_enters_a_report_from_his_own_chat_does_not_handle_it(desk: Desk) -> None:
    chat = desk.bind("village")
    case = desk.submit(tell=chat)
    assert is_recused(desk.store, case.id, desk.village.id)
    assert history(desk.store, case.id)[-1].details == {"relation": "本人录入"}


def test_the_clock_prefers_the_deputy_then_the_one_with_the_least_to_do(desk: Desk) -> None:
    case = held(desk)
    on_leave(desk, desk.village, deputy=desk.colleague)
    with transaction(desk.store):
        assert pass_on(desk.store, case.receipt, actor=Clock(), now=desk.now).assignee == desk.colleague.id


def test_where_nobody_is_left_a_case_goes_back_to_the_queue(desk: Desk) -> None:
    case = held(desk)
    on_leave(desk, desk.village)
    on_leave(desk, desk.colleague)
    with transaction(desk.store):
        case = pass_on(desk.store, case.receipt, actor=Clock(), now=desk.now)
        again = pass_on(desk.store, case.receipt, actor=Clock(), now=desk.now)
    assert case.assignee is None
    assert again == case


def test_an_officer_who_leaves_loses_his_rights_and_his_cases_go_back(desk: Desk) -> None:
    chat, colleague = desk.bind("village"), desk.bind("colleague")
    case, done = held(desk), desk.bring_to(State.DECLINED, submission_id="submission-2")
    with transaction(desk.store):
        assert remove_officer(desk.store, desk.village, actor=Operator(), now=desk.now) == 1
    after = load_case(desk.store, case.id)
    assert (after.assignee, after.version) == (None, case.version + 1)
    assert desk.told(colleague)[-1].kind == NoticeKind.OFFICER_RELEASED
    assert desk.village not in all_officers(desk.store)
    with pytest.raises(OfficerNotFoundError):
        find_officer(desk.store, "马志远")
    with pytest.raises(CaseNotFoundError):
        access_case(desk.store, case.receipt, actor=load_officer(desk.store, desk.village.id))
    assert history(desk.store, done.id)[1].by == "马志远", "what he did stays his"
    assert "officer.removed" in [row.event for row in audit.rows(desk.store, f"officer:{desk.village.id}")]
    assert desk.told(chat)[-1].kind != NoticeKind.OFFICER_RELEASED


def test_a_leave_that_is_over_or_whose_deputy_cannot_do_the_work_is_refused(desk: Desk) -> None:
    first, last = date(2026, 3, 10), date(2026, 3, 11)
    refused: list[tuple[Leave, type[CasesError]]] = [(Leave(date(2026, 3, 1), date(2026, 3, 9)), WrongDateError)]
    unfit = (desk.village, desk.officer("inspector"), desk.officer("stranger"))
    refused += [(Leave(first, last, deputy), CannotHoldError) for deputy in unfit]
    for leave, error in refused:
        with pytest.raises(error), transaction(desk.store):
            record_leave(desk.store, desk.village, leave, actor=Operator(), now=desk.now)
    assert desk.store.db["officer_leaves"].count == 0
    with transaction(desk.store):
        record_leave(desk.store, desk.village, Leave(first, last, desk.colleague), actor=Operator(), now=desk.now)
    assert desk.store.db["officer_leaves"].count == 1


def test_every_change_of_hands_is_an_event_of_the_case(desk: Desk) -> None:
    case = give(desk, held(desk), "village", desk.colleague)
    events = [entry.event for entry in history(desk.store, case.id)]
    assert events == [Event.SUBMITTED, Event.CLAIMED, Event.TRANSFERRED]
