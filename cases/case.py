"""A case as the queue sees it: number, state, place, clocks. Nothing of the household is in here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases.states import State
from storage.store import Store
from storage.times import from_text


@dataclass(frozen=True)
class Case:
    """The clear half of a case.

    ``receipt`` is the number that people use, ``id`` the one that sealed rows are bound to. ``version`` grows by
    one with every event. ``due_on`` is the earliest open limit; ``due_provisional`` says that it is 暂定.
    ``offered_to`` should take the case on while nobody holds it. ``entered_late`` (补录): it was entered more than two
    working days after the household applied.
    """

    id: str
    receipt: str
    state: State
    version: int
    active: bool
    urgent: bool
    area_code: str
    assignee: str | None
    due_on: date | None
    due_provisional: bool
    workflow: str
    workflow_version: str
    applied_on: date
    created_at: datetime
    changed_at: datetime
    offered_to: str | None = None
    entered_late: bool = False


def find_case(store: Store, receipt: str) -> Case | None:
    """Return the case of *receipt*, whoever asks: for this package only; people come through ``cases.access``."""
    return _one(store, "SELECT * FROM cases WHERE receipt = ?", receipt)


def find_submitted(store: Store, submission_id: str) -> Case | None:
    """Return the case that a submission made, if it did."""
    return _one(store, "SELECT * FROM cases WHERE submission_id = ?", submission_id)


def load_case(store: Store, case_id: str) -> Case:
    """Return the case with this id, which must exist."""
    case = _one(store, "SELECT * FROM cases WHERE id = ?", case_id)
    assert case is not None, "rows point only at cases that exist"
    return case


def case_of(row: Mapping[str, Any]) -> Case:
    """Return the case that a row of the table ``cases`` holds."""
    return Case(
        id=row["id"],
        receipt=row["receipt"],
        state=State(row["state"]),
        version=row["version"],
        active=bool(row["active"]),
        urgent=bool(row["urgent"]),
        area_code=row["area_code"],
        assignee=row["assignee"],
        due_on=date.fromisoformat(row["due_on"]) if row["due_on"] else None,
        due_provisional=bool(row["due_provisional"]),
        workflow=row["workflow"],
        workflow_version=row["workflow_version"],
        applied_on=date.fromisoformat(row["applied_on"]),
        created_at=from_text(row["created_at"]),
        changed_at=from_text(row["changed_at"]),
        offered_to=row["offered_to"],
        entered_late=bool(row["entered_late"]),
    )


def _one(store: Store, query: str, value: str) -> Case | None:
    row = next(store.db.query(query, [value]), None)
    return None if row is None else case_of(row)
