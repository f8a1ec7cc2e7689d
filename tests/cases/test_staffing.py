"""A role that nobody holds is said before it is needed."""

from __future__ import annotations

from dataclasses import replace

from cases.actions.remove_officer import remove_officer
from cases.actors import Operator, Role
from cases.details import Acknowledgement
from cases.staffing import unstaffed
from cases.states import State
from storage.database import transaction
from tests.cases.conftest import COUNTY, SISTER_VILLAGE, TOWNSHIP, Desk, appoint


def test_a_county_with_everybody_lacks_nobody(desk: Desk) -> None:
    assert unstaffed(desk.store, desk.workflow) == []


def test_the_states_that_nobody_can_work_are_named_with_their_roles(desk: Desk) -> None:
    with transaction(desk.store):
        for officer in (desk.county, desk.second_county):
            remove_officer(desk.store, officer, actor=Operator(), now=desk.now)
    gaps = unstaffed(desk.store, desk.workflow)
    assert {gap.roles for gap in gaps} == {(Role.COUNTY,)}
    assert {gap.area_code for gap in gaps} == {COUNTY}
    assert desk.workflow.states[State.AWAITING_COUNTY_DECISION].label in {gap.state_label for gap in gaps}


def test_a_village_where_cases_wait_for_nobody_is_named_until_somebody_comes(desk: Desk) -> None:
    with transaction(desk.store):
        remove_officer(desk.store, desk.stranger, actor=Operator(), now=desk.now)
    case = desk.submit(area_code=SISTER_VILLAGE)
    (gap,) = unstaffed(desk.store, desk.workflow)
    assert (gap.area_code, gap.cases) == (SISTER_VILLAGE, 1)
    desk.do(case, "township", Acknowledgement())
    appoint(desk.store, desk.now, "补上的人", (Role.WORK_TEAM, SISTER_VILLAGE))
    assert unstaffed(desk.store, desk.workflow) == []


def test_two_counties_are_looked_at_apart(desk: Desk) -> None:
    appoint(desk.store, desk.now, "独自一人", (Role.VILLAGE, "620423100201"))
    areas = {gap.area_code for gap in unstaffed(desk.store, replace(desk.workflow, open_points=()))}
    assert areas == {"620423"}
    assert not TOWNSHIP.startswith("620423")
