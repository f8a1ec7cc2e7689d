"""Intake by place and load: a case that nobody holds is offered to one officer, who is told and may take it on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cases.case import Case, case_of
from cases.officers import load_officer
from cases.presence import is_away, least_loaded, may_hold
from cases.rules import Workflow
from cases.workflow import workflow_of
from storage.store import Store


def move_offer(store: Store, case: Case, workflow: Workflow, day: date, *, but_not: str | None = None) -> Case:
    """Offer an unheld case to who is present in its place and has the least to do; keep an offer that still holds.

    A case that is held, or where nothing goes on, is offered to nobody, and to *but_not*, who gave it up, only when
    he asks for it. Any colleague may take on what was offered.
    """
    chosen = None
    if case.assignee is None and not workflow.is_resting(case.state):
        keeps = case.offered_to is not None and _can_take(store, case, workflow, case.offered_to, day)
        chosen = case.offered_to if keeps else least_loaded(store, case, workflow, day, but_not=but_not)
    if chosen == case.offered_to:
        return case
    store.db.execute("UPDATE cases SET offered_to = ? WHERE id = ?", [chosen, case.id])
    return replace(case, offered_to=chosen)


def renew_offers(store: Store, day: date, *, limit: int) -> int:
    """Offer to others what was offered to officers who are on leave or gone, at most *limit*; return how many changed.

    What nobody else can take stays where it is.
    """
    rows = store.db.query(
        "SELECT cases.* FROM cases JOIN officers ON officers.id = offered_to WHERE active = 1 AND assignee IS NULL"
        " AND (removed_at IS NOT NULL OR EXISTS (SELECT 1 FROM officer_leaves AS l"
        "  WHERE l.officer = offered_to AND l.from_on <= ? AND l.until_on >= ?)) ORDER BY due_on",
        [day.isoformat(), day.isoformat()],
    )
    changed = 0
    for case in [case_of(row) for row in rows]:
        workflow = workflow_of(store, case.workflow, case.workflow_version)
        changed += move_offer(store, case, workflow, day).offered_to not in {None, case.offered_to}
        if changed == limit:
            break
    return changed


def _can_take(store: Store, case: Case, workflow: Workflow, officer: str, day: date) -> bool:
    return not is_away(store, officer, day) and may_hold(store, case, workflow, load_officer(store, officer))
