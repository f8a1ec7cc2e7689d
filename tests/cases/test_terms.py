"""Names that are out of date, and reasons that send a household to relief."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.actions.propose_decline import propose_decline
from cases.concerns import ConcernKind, concerns
from cases.details import DeclineProposal, HomeVisit, Instead, Note, VisitManner
from cases.errors import MissingFieldsError
from cases.states import State
from cases.terms import OUTDATED, outdated_terms, speaks_of_relief, terms_in
from storage.database import transaction
from storage.times import local_date
from tests.cases.conftest import Desk


def found(text: str) -> list[str]:
    """Return the outdated names in a text."""
    return [one.term for one in outdated_terms(text)]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("该户原为建档立卡贫困户，2019 年脱贫", ["建档立卡贫困户"]),
        ("他是边缘户，也是贫困户", ["边缘户", "贫困户"]),
        ("边缘易致贫户、脱贫户、监测对象", []),
        ("村民说“我家是贫困户”", []),
        ("依据《关于精准扶贫的意见》办理，属精准扶贫", ["精准扶贫"]),
        ("「五保户」是旧称，五保户改称特困人员", ["五保户"]),
        ("他说：“贫困户", ["贫困户"]),
    ],
)
def test_outdated_names_are_found_but_not_in_quotations_and_titles(text: str, terms: list[str]) -> None:
    assert found(text) == terms


@given(st.sampled_from(sorted(OUTDATED)), st.text("一二三。，", max_size=5), st.text("一二三。，", max_size=5))
def test_a_name_is_found_where_it_stands_and_not_when_it_is_quoted(term: str, before: str, after: str) -> None:
    (one,) = outdated_terms(before + term + after)
    assert (before + term + after)[one.start :].startswith(one.term)
    assert one.instead
    assert found(f"{before}“{term}”{after}") == []


def test_every_text_of_what_is_written_is_watched() -> None:
    assert [one.term for one in terms_in(Note("原贫困户"))] == ["贫困户"]
    assert terms_in(Note("脱贫户")) == []


def test_records_with_outdated_names_are_a_concern(desk: Desk) -> None:
    case = desk.do(desk.bring_to(State.ACKNOWLEDGED), "village", Note("原贫困户，精准扶贫时脱贫"))
    kinds = {one.kind: one.count for one in concerns(desk.store, case, today=local_date(desk.later))}
    assert kinds[ConcernKind.OUTDATED_TERMS] == 2


@pytest.mark.parametrize("proposal", [DeclineProposal("已给临时救助"), DeclineProposal("收入够", Instead.DIBAO)])
def test_who_gives_relief_instead_of_monitoring_says_why_there_is_no_risk(
    desk: Desk, proposal: DeclineProposal
) -> None:
    case = desk.bring_to(State.UNDER_VERIFICATION)
    assert speaks_of_relief(proposal.reason) is (proposal.instead is None)
    with pytest.raises(MissingFieldsError) as refused, transaction(desk.store):
        propose_decline(desk.store, case.receipt, proposal, actor=desk.village, version=case.version, now=desk.later)
    assert refused.value.fields == ("no_risk",)
    case = desk.do(case, "village", DeclineProposal(proposal.reason, proposal.instead, "自付不到一千，儿子有稳定工作"))
    kinds = {one.kind for one in concerns(desk.store, case, today=local_date(desk.later))}
    assert ConcernKind.AID_INSTEAD_OF_MONITORING in kinds


def test_a_household_that_is_away_is_visited_by_video_with_its_kin(desk: Desk) -> None:
    case, day = desk.bring_to(State.ACKNOWLEDGED), local_date(desk.later)
    with pytest.raises(MissingFieldsError) as refused:
        desk.do(case, "village", HomeVisit(day, "属实", manner=VisitManner.VIDEO))
    assert refused.value.fields == ("spoke_with", "away")
    visit = HomeVisit(day, "属实", ("马志远", "王得福"), manner=VisitManner.VIDEO, spoke_with="儿子", away="全家务工")
    case = desk.do(case, "village", visit)
    assert case.state is State.UNDER_VERIFICATION
    assert ConcernKind.VISITED_FROM_AFAR in {one.kind for one in concerns(desk.store, case, today=day)}
