"""Which rows of the table of cases an officer sees, and which of them are his to work now, said in SQL."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from cases.actors import SCOPE_DIGITS, Grant, Officer, Role
from cases.rules import Workflow
from cases.workflow import workflow_of
from storage.store import Store

_WIDE: Final = SCOPE_DIGITS[Role.COUNTY]

Condition = tuple[str, dict[str, Any]]


def in_areas(officer: Officer) -> Condition:
    """Return the condition that a case lies in the officer's areas, and its parameters.

    Most cases lie in a wide area: the plus sign keeps SQLite from looking them up by area, so that it reads them in
    the order of the queue, or counts them in an index that holds all it asks for.
    """
    return in_scopes([grant.scope for grant in _seeing(officer)])


def in_scopes(scopes: Sequence[str]) -> Condition:
    """Return the condition that a row's area lies in one of *scopes*, as ``in_areas`` does."""
    params = {f"scope{number}": scope for number, scope in enumerate(scopes)}
    ranges = [_within("+area_code" if len(scope) <= _WIDE else "area_code", name) for name, scope in params.items()]
    return f"({' OR '.join(ranges) or '0'})", params


def in_area(area_code: str) -> Condition:
    """Return the condition that a case lies in one area; an empty code: anywhere."""
    return (_within("area_code", "area") if area_code else "1"), {"area": area_code}


def waits_for(store: Store, officer: Officer, today: date) -> Condition:
    """Return the condition that a case is the officer's to work now, and its parameters.

    It is where it stands in a state of his, or past its limit in a state of those below him, or has a task of his;
    each case by the version of the workflow under which it runs.
    """
    params: dict[str, Any] = {"today": today.isoformat()}
    parts = []
    versions = list(store.db.query("SELECT name, version FROM workflows"))
    for number, (grant, row) in enumerate((grant, row) for grant in _seeing(officer) for row in versions):
        workflow = workflow_of(store, row["name"], row["version"])
        named = _duties(grant, workflow) | {"in": grant.scope, "name": row["name"], "version": row["version"]}
        params |= {f"{name}{number}": value for name, value in named.items()}
        parts.append(_waiting(number))
    return f"({' OR '.join(parts) or '0'})", params


def _waiting(number: int) -> str:
    """Return the condition for the grant and version that the parameters of this number describe."""
    version = f"workflow = :name{number} AND workflow_version = :version{number}"
    late = f"due_on < :today AND state IN {_listed(f'above{number}')}"
    tasks = f"SELECT case_id FROM case_tasks WHERE done_at IS NULL AND kind IN {_listed(f'tasks{number}')}"  # noqa: S608 - names of our own
    mine = f"state IN {_listed(f'holds{number}')} OR ({late}) OR id IN ({tasks})"
    return f"({version} AND {_within('area_code', f'in{number}')} AND ({mine}))"


def _seeing(officer: Officer) -> list[Grant]:
    return [grant for grant in officer.grants if grant.role in officer.roles_at(grant.scope)]


def _duties(grant: Grant, workflow: Workflow) -> dict[str, str]:
    holds = [state for state, rule in workflow.states.items() if grant.role in rule.holders]
    above = [state for state, rule in workflow.states.items() if grant.role in rule.superiors]
    tasks = [kind for kind, rule in workflow.tasks.items() if grant.role in rule.holders]
    return {"holds": json.dumps(holds), "above": json.dumps(above), "tasks": json.dumps(tasks)}


def _within(column: str, name: str) -> str:
    """Return the condition that a code begins with the parameter *name*, in a form that an index serves."""
    return f"({column} >= :{name} AND {column} < :{name} || ':')"


def _listed(name: str) -> str:
    return f"(SELECT value FROM json_each(:{name}))"  # noqa: S608 - names of our own
