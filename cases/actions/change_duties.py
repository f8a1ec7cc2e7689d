"""An officer gets other roles or other areas: he moved within the house, or does one thing more."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime

from cases.act import Act
from cases.actions.appoint_officer import check_duties, duty_facts, keep_duties
from cases.actions.step import take_step
from cases.actors import Clock, Grant, Officer
from cases.authority import Appointer, appointer_name, check_appointer
from cases.case import Case, case_of
from cases.details import Release
from cases.offers import renew_offers
from cases.officers import load_officer
from cases.presence import may_hold
from cases.workflow import workflow_of
from storage import audit
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import local_date


def change_duties(
    store: Store,
    officer: Officer,
    grants: Sequence[Grant],
    *,
    actor: Appointer,
    now: datetime,
    department: str = "",
) -> int:
    """Give an officer these roles and areas instead of what he had, and return how many cases went back.

    What he may no longer work is offered to colleagues; duty lists of places where he no longer serves lose him.
    Needs an open transaction.

    Raises:
        NotAdminError: the actor manages him not as he is, or not as he shall be.
        ScopeError, DepartmentError: as ``check_duties``.
    """
    check_in_transaction(store)
    check_appointer(actor, officer.grants)
    check_appointer(actor, grants)
    check_duties(grants, department)
    for table in ("officer_roles", "officer_departments"):
        store.db.execute(f"DELETE FROM {table} WHERE officer = ?", [officer.id])  # noqa: S608 - names of our own
    keep_duties(store, officer.id, grants, department)
    changed = load_officer(store, officer.id)
    audit.append(
        store,
        actor=appointer_name(actor),
        event="officer.duties_changed",
        subject=f"officer:{officer.id}",
        now=now,
        facts=duty_facts(grants, department),
    )
    _leave_rosters(store, changed)
    left = [case for case in _held(store, changed) if not _may_still(store, case, changed)]
    renew_offers(store, local_date(now), limit=sys.maxsize)
    for case in left:
        take_step(store, case.receipt, Act(Release("承办人换了岗位"), Clock(), now), version=case.version)
    return len(left)


def _leave_rosters(store: Store, officer: Officer) -> None:
    for row in list(store.db.query("SELECT area_code FROM duty_roster WHERE officer = ?", [officer.id])):
        if not officer.roles_at(row["area_code"]):
            store.db.execute(
                "DELETE FROM duty_roster WHERE officer = ? AND area_code = ?", [officer.id, row["area_code"]]
            )


def _held(store: Store, officer: Officer) -> list[Case]:
    rows = store.db.query("SELECT * FROM cases WHERE assignee = ? AND active = 1 ORDER BY due_on", [officer.id])
    return [case_of(row) for row in rows]


def _may_still(store: Store, case: Case, officer: Officer) -> bool:
    return may_hold(store, case, workflow_of(store, case.workflow, case.workflow_version), officer)
