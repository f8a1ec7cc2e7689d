"""Villages that merge, households that part or come together, and two of one name."""

from __future__ import annotations

import pytest

from cases.actions.merge_area import merge_area
from cases.actions.part_household import NewHousehold, join_households, split_household
from cases.actors import Operator
from cases.case import load_case
from cases.deadlines import open_deadlines
from cases.details import Acknowledgement
from cases.errors import InvalidReportError, PaperMixedError, ScopeError
from cases.history import history
from cases.households import LinkKind, links_of
from cases.officers import load_officer
from cases.people import Part, load_people
from cases.proof import differences
from cases.states import State
from storage.database import transaction
from tests.cases.conftest import SISTER_VILLAGE, TOWNSHIP, VILLAGE, Desk


def test_a_merged_village_takes_its_cases_officers_clocks_and_later_reports_along(desk: Desk) -> None:
    held = desk.do(desk.submit(), "village", Acknowledgement())
    enrolled = desk.bring_to(State.MONITORED, submission_id="submission-2")
    clocks = open_deadlines(desk.store, held.id)
    with transaction(desk.store):
        assert merge_area(desk.store, VILLAGE, SISTER_VILLAGE, actor=Operator(), now=desk.later) == 2
    for case in (held, enrolled):
        after = load_case(desk.store, case.id)
        assert (after.area_code, after.state, after.version) == (SISTER_VILLAGE, case.state, case.version + 1)
    assert load_case(desk.store, held.id).assignee == desk.village.id
    assert open_deadlines(desk.store, held.id) == clocks
    assert [grant.scope for grant in load_officer(desk.store, desk.village.id).grants] == [SISTER_VILLAGE]
    assert desk.submit(submission_id="submission-3").area_code == SISTER_VILLAGE
    assert differences(desk.store) == []


def test_villages_that_merge_twice_lead_to_the_last(desk: Desk) -> None:
    third = TOWNSHIP + "203"
    with transaction(desk.store):
        merge_area(desk.store, VILLAGE, SISTER_VILLAGE, actor=Operator(), now=desk.now)
        merge_area(desk.store, SISTER_VILLAGE, third, actor=Operator(), now=desk.now)
    assert desk.submit().area_code == third


@pytest.mark.parametrize(("old", "new"), [(VILLAGE, VILLAGE), (TOWNSHIP, VILLAGE), (VILLAGE, TOWNSHIP)])
def test_only_a_village_merges_into_another(desk: Desk, old: str, new: str) -> None:
    with pytest.raises(ScopeError), transaction(desk.store):
        merge_area(desk.store, old, new, actor=Operator(), now=desk.now)


def test_a_part_of_a_household_starts_anew_and_both_say_so(desk: Desk) -> None:
    case = desk.bring_to(State.UNDER_VERIFICATION)
    part = NewHousehold("苏小军", "13800000001", "分家另过，媳妇住院。")
    with transaction(desk.store):
        made = split_household(desk.store, case.receipt, part, actor=desk.village, now=desk.later)
    assert (made.state, made.area_code) == (State.SUBMITTED, case.area_code)
    assert load_people(desk.store, made.id)[Part.HOUSEHOLDER].name == "苏小军"
    (link,) = links_of(desk.store, case.id)
    assert (link.kind, link.from_case.id, link.to_case.id) == (LinkKind.SPLIT, case.id, made.id)
    assert made.receipt in history(desk.store, case.id)[-1].details["text"]
    assert case.receipt in history(desk.store, made.id)[-1].details["text"]


def test_a_household_does_not_part_from_itself_nor_join_itself(desk: Desk) -> None:
    case = desk.bring_to(State.UNDER_VERIFICATION)
    with pytest.raises(InvalidReportError), transaction(desk.store):
        same = NewHousehold("苏秀英", "13800000001", "分家。")
        split_household(desk.store, case.receipt, same, actor=desk.village, now=desk.later)
    with pytest.raises(PaperMixedError), transaction(desk.store):
        join_households(desk.store, case.receipt, case.receipt, actor=desk.village, now=desk.later)


def test_households_that_became_one_are_linked_and_neither_is_closed_by_it(desk: Desk) -> None:
    first = desk.bring_to(State.UNDER_VERIFICATION)
    second = desk.bring_to(State.ACKNOWLEDGED, submission_id="submission-2")
    with transaction(desk.store):
        join_households(desk.store, second.receipt, first.receipt, actor=desk.village, now=desk.later)
    assert [link.kind for link in links_of(desk.store, first.id)] == [LinkKind.JOINED]
    assert load_case(desk.store, second.id).active


def test_two_households_of_one_name_are_two_cases(desk: Desk) -> None:
    first = desk.submit()
    second = desk.submit(submission_id="submission-2", phone="139 0000 0000", group="五社")
    assert first.receipt != second.receipt
    assert links_of(desk.store, first.id) == []
