"""A village cannot bury a case: declining always takes two persons."""

from __future__ import annotations

from datetime import date

import pytest

from cases.actions.confirm_decline import confirm_decline, refuse_decline
from cases.actions.decide_batch import Batch, decide_batch
from cases.actions.propose_decline import propose_decline
from cases.actions.record_minutes import Minutes, Review, record_minutes
from cases.actors import Officer, Role
from cases.case import Case, load_case
from cases.details import DeclineProposal, DeclineRefusal, HomeVisit
from cases.errors import (
    MissingFieldsError,
    NoProposalError,
    NotPermittedError,
    PaperItemError,
    ProposalOpenError,
    SecondPersonError,
)
from cases.notices import NoticeKind
from cases.states import State
from cases.tasks import has_open_proposal
from storage.database import transaction
from storage.times import local_date
from tests.cases.conftest import COUNTY, TOWNSHIP, Desk, appoint

DAY = date(2026, 3, 20)
REASON = DeclineProposal("收入和支出都查过，没有返贫致贫风险。")


def proposed(desk: Desk, state: State = State.UNDER_VERIFICATION, by: str = "village") -> Case:
    """Return a case for which *by* proposed a decline."""
    case = desk.bring_to(state)
    with transaction(desk.store):
        return propose_decline(
            desk.store, case.receipt, REASON, actor=desk.officer(by), version=case.version, now=desk.later
        )


def confirm(desk: Desk, case: Case, officer: Officer, reason: str = "") -> Case:
    """Confirm the decline as *officer*."""
    with transaction(desk.store):
        return confirm_decline(
            desk.store, case.receipt, actor=officer, version=case.version, now=desk.later, reason=reason
        )


def test_a_proposal_changes_no_state_and_the_reporter_hears_nothing(desk: Desk) -> None:
    township = desk.bind("township")
    case = proposed(desk)
    assert (case.state, case.active) == (State.UNDER_VERIFICATION, True)
    assert has_open_proposal(desk.store, case.id)
    assert [item.kind for item in desk.told(township)] == [NoticeKind.OFFICER_DECLINE_PROPOSED]
    assert desk.told()[-1].kind == NoticeKind.VISITED


def test_the_township_confirms_and_only_then_the_reason_leaves(desk: Desk) -> None:
    case = confirm(desk, proposed(desk), desk.township)
    assert case.state is State.DECLINED
    assert not has_open_proposal(desk.store, case.id)
    told = desk.told()[-1]
    assert (told.kind, told.params["reason"]) == (NoticeKind.DECLINED, REASON.reason)


def test_the_second_person_may_say_the_reason_in_other_words(desk: Desk) -> None:
    confirm(desk, proposed(desk), desk.township, reason="家里收入够用。")
    assert desk.told()[-1].params["reason"] == "家里收入够用。"


@pytest.mark.parametrize("who", ["village", "colleague"])
def test_nobody_in_the_village_confirms(desk: Desk, who: str) -> None:
    case = proposed(desk)
    with pytest.raises(NotPermittedError):
        confirm(desk, case, desk.officer(who))


@pytest.mark.parametrize(
    ("state", "first", "second"),
    [
        (State.UNDER_VERIFICATION, "township", "second_township"),
        (State.UNDER_TOWNSHIP_REVIEW, "township", "second_township"),
        (State.UNDER_TOWNSHIP_REVIEW, "township", "county"),
        (State.AWAITING_COUNTY_DECISION, "county", "second_county"),
    ],
)
def test_who_proposed_never_confirms_another_person_does(desk: Desk, state: State, first: str, second: str) -> None:
    case = proposed(desk, state, by=first)
    with pytest.raises(SecondPersonError):
        confirm(desk, case, desk.officer(first))
    assert confirm(desk, case, desk.officer(second)).state is State.DECLINED


def test_two_roles_do_not_make_two_persons(desk: Desk) -> None:
    both = appoint(desk.store, desk.now, "身兼两职", (Role.TOWNSHIP, TOWNSHIP), (Role.COUNTY, COUNTY))
    case = desk.bring_to(State.UNDER_TOWNSHIP_REVIEW)
    with transaction(desk.store):
        minutes = Minutes(local_date(desk.later), "镇政府", "身兼两职", "赵有才", ("身兼两职", "赵有才"))
        record_minutes(desk.store, minutes, [Review(case.receipt, True, "同意。")], actor=both, now=desk.later)
    with pytest.raises(PaperItemError) as refused, transaction(desk.store):
        decide(desk, case, both)
    assert refused.value.reason == SecondPersonError.code
    with transaction(desk.store):
        decide(desk, case, desk.county)
    assert load_case(desk.store, case.id).state is State.MONITORED


def decide(desk: Desk, case: Case, officer: Officer) -> None:
    """Approve the case for the county as *officer*."""
    batch = Batch(local_date(desk.later), "会农发〔2026〕12号", "同意纳入。")
    decide_batch(desk.store, batch, [case.receipt], actor=officer, now=desk.later)


def test_a_refused_proposal_lets_the_case_go_on(desk: Desk) -> None:
    village = desk.bind("village")
    case = proposed(desk)
    with transaction(desk.store):
        case = refuse_decline(
            desk.store,
            case.receipt,
            DeclineRefusal("医药费没有算进去。"),
            actor=desk.township,
            version=case.version,
            now=desk.later,
        )
    assert not has_open_proposal(desk.store, case.id)
    assert desk.told(village)[-1].kind == NoticeKind.OFFICER_PROPOSAL_REFUSED
    assert desk.do(case, "village", HomeVisit(DAY, "重新算过。")).state is State.UNDER_VERIFICATION


def test_while_a_proposal_is_open_the_case_goes_no_further(desk: Desk) -> None:
    case = proposed(desk)
    for details in (HomeVisit(DAY, "又去了一次。"), REASON):
        with pytest.raises(ProposalOpenError):
            desk.do(case, "village", details)


def test_without_a_proposal_there_is_nothing_to_confirm(desk: Desk) -> None:
    case = desk.bring_to(State.UNDER_VERIFICATION)
    with pytest.raises(NoProposalError):
        confirm(desk, case, desk.township, reason="不符合。")


def test_a_proposal_needs_its_reason(desk: Desk) -> None:
    case = desk.bring_to(State.UNDER_VERIFICATION)
    with pytest.raises(MissingFieldsError):
        desk.do(case, "village", DeclineProposal("  "))
    assert not has_open_proposal(desk.store, case.id)
