"""A village becomes part of another: its cases and its officers go along, and what comes for it later does too."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from cases.act import Act
from cases.actions.step import record, save
from cases.actors import SCOPE_DIGITS, Clock, Operator, Role
from cases.case import case_of
from cases.details import Placement
from cases.errors import ScopeError
from cases.merged_areas import keep_merger
from cases.workflow import workflow_of
from storage import audit
from storage.database import check_in_transaction
from storage.store import Store


def merge_area(store: Store, old: str, new: str, *, actor: Operator, now: datetime) -> int:
    """Move everything of the village *old* to the village *new*, and return how many cases went. Needs a transaction.

    Each case keeps its state, its clocks and its holder where he serves the new village; its history says that it was
    moved. Papers that were made for the old village stay as they are. Later reports for *old* go to *new*.

    Raises:
        ScopeError: one of the two is no village, or they are the same.
    """
    check_in_transaction(store)
    digits = SCOPE_DIGITS[Role.VILLAGE]
    if old == new or not all(code.isdecimal() and len(code) == digits for code in (old, new)):
        raise ScopeError(role=Role.VILLAGE, digits=digits)
    keep_merger(store, old, new, now=now)
    store.db.execute(
        "INSERT OR IGNORE INTO officer_roles (officer, role, scope) SELECT officer, role, ? FROM officer_roles"
        " WHERE scope = ?",
        [new, old],
    )
    store.db.execute("DELETE FROM officer_roles WHERE scope = ?", [old])
    cases = [case_of(row) for row in store.db.query("SELECT * FROM cases WHERE area_code = ? ORDER BY due_on", [old])]
    audit.append(
        store,
        actor=actor.name,
        event="area.merged",
        subject=f"area:{old}",
        now=now,
        facts={"new": new, "cases": len(cases)},
    )
    for case in cases:
        act = Act(Placement(new), Clock(), now)
        moved = replace(case, area_code=new, version=case.version + 1)
        save(store, moved, act)
        workflow = workflow_of(store, case.workflow, case.workflow_version)
        record(store, moved, workflow, act, before=case.state, held_before=case.assignee)
    return len(cases)
