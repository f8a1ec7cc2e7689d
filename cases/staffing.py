"""Whether the people whom a workflow names are there: a role that nobody holds is said before it is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cases.actors import SCOPE_DIGITS, Officer, Role
from cases.case import case_of
from cases.officers import all_officers, officers_over
from cases.rules import Workflow
from cases.workflow import workflow_of
from storage.store import Store

_COUNTY = SCOPE_DIGITS[Role.COUNTY]


@dataclass(frozen=True)
class Unstaffed:
    """A place where nobody can do what a state needs. ``roles``: any of them would do. ``cases`` wait there now."""

    area_code: str
    state_label: str
    roles: tuple[Role, ...]
    cases: int = 0


def unstaffed(store: Store, workflow: Workflow) -> list[Unstaffed]:
    """Return the states of *workflow* for which a county has nobody, and the places where cases wait for nobody.

    The counties are those in which anybody serves.
    """
    officers = all_officers(store)
    counties = sorted(
        {grant.scope[:_COUNTY] for one in officers for grant in one.grants if len(grant.scope) >= _COUNTY}
    )
    missing = [gap for county in counties for gap in _of_county(officers, workflow, county)]
    known = {(gap.area_code, gap.state_label) for gap in missing}
    return missing + [gap for gap in _waiting(store) if (gap.area_code[:_COUNTY], gap.state_label) not in known]


def _of_county(officers: Sequence[Officer], workflow: Workflow, county: str) -> list[Unstaffed]:
    present = {
        grant.role
        for officer in officers
        for grant in officer.grants
        if grant.scope.startswith(county) or county.startswith(grant.scope)
    }
    needed = [
        (rule.label, roles)
        for rule in workflow.states.values()
        if not rule.rests
        for roles in (rule.holders, rule.superiors)
    ]
    return [Unstaffed(county, label, roles) for label, roles in needed if not present.intersection(roles)]


def _waiting(store: Store) -> list[Unstaffed]:
    rows = store.db.query(
        "SELECT *, count(*) AS waiting FROM cases WHERE active = 1 AND assignee IS NULL AND offered_to IS NULL"
        " GROUP BY area_code, state, workflow, workflow_version ORDER BY area_code"
    )
    found = []
    for row in rows:
        case = case_of(row)
        rule = workflow_of(store, case.workflow, case.workflow_version).states[case.state]
        if not rule.rests and not officers_over(store, rule.holders, case.area_code):
            found.append(Unstaffed(case.area_code, rule.label, rule.holders, row["waiting"]))
    return found
