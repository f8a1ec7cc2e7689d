"""The clocks of a case: opened and closed by its events, as its workflow says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cases.act import Act
from cases.calendar import DueDate, calendar_of
from cases.case import Case
from cases.rules import DeadlineKind, DeadlineRule, Workflow
from cases.states import Event
from storage.store import Store
from storage.times import to_text


@dataclass(frozen=True)
class OpenDeadline:
    """A clock that runs. ``is_overdue``: the tick found its date passed."""

    key: str
    kind: DeadlineKind
    starts_on: date
    due: DueDate
    is_overdue: bool


def open_deadlines(store: Store, case_id: str) -> list[OpenDeadline]:
    """Return the running clocks of a case, the earliest date first."""
    rows = store.db.query(
        "SELECT * FROM case_deadlines WHERE case_id = ? AND closed_on IS NULL ORDER BY due_on, key", [case_id]
    )
    return [
        OpenDeadline(
            key=row["key"],
            kind=DeadlineKind(row["kind"]),
            starts_on=date.fromisoformat(row["starts_on"]),
            due=DueDate(date.fromisoformat(row["due_on"]), bool(row["provisional"])),
            is_overdue=row["overdue_at"] is not None,
        )
        for row in rows
    ]


def has_called(store: Store, case_id: str) -> bool:
    """Tell whether a running limit of a case is so near, or past, that the tick called for it."""
    found = store.db.query(
        "SELECT 1 FROM case_deadlines WHERE case_id = ? AND closed_on IS NULL AND kind = 'limit'"
        " AND coalesce(soon_at, today_at, overdue_at) IS NOT NULL LIMIT 1",
        [case_id],
    )
    return next(found, None) is not None


def move_deadlines(store: Store, case: Case, workflow: Workflow, act: Act) -> None:
    """Close what *act* closes, open what it starts or starts again; nothing runs on in a state that is not its own.

    *case* is the case after the act. A clock that runs already is not started again.
    """
    running = {deadline.key for deadline in open_deadlines(store, case.id)}
    for key, rule in workflow.deadlines.items():
        runs = workflow.runs_in(key, case.state)
        ends = not runs or act.event in rule.closed_by or act.event in rule.dropped_by
        if key in running and ends:
            _close(store, case.id, key, act)
            if rule.repeats and runs and act.event in rule.closed_by:
                _open(store, case.id, key, rule, act)
        elif act.event is rule.starts_at and key not in running and runs:
            _open(store, case.id, key, rule, act)
    refresh_due_date(store, case.id)


def run_again(store: Store, case_id: str, *, ended_by: Event) -> None:
    """Let the clocks that *ended_by* stopped run on as if they had never been stopped."""
    store.db.execute(
        "UPDATE case_deadlines SET closed_on = NULL, closed_by = NULL WHERE case_id = ? AND closed_by = ?",
        [case_id, ended_by.value],
    )
    refresh_due_date(store, case_id)


def refresh_due_date(store: Store, case_id: str) -> None:
    """Write the earliest open limit of a case into its row, where the queue sorts by it."""
    limits = [deadline.due for deadline in open_deadlines(store, case_id) if deadline.kind is DeadlineKind.LIMIT]
    first = limits[0] if limits else None
    store.db.execute(
        "UPDATE cases SET due_on = ?, due_provisional = ? WHERE id = ?",
        [first.date.isoformat() if first else None, bool(first and first.provisional), case_id],
    )


def settle_provisional(store: Store, case_id: str, workflow: Workflow) -> bool:
    """Count the provisional limits of a case again, and tell whether any became certain.

    The arrangement of their year may be published by now.
    """
    calendar, settled = calendar_of(store), False
    for deadline in open_deadlines(store, case_id):
        if deadline.due.provisional:
            due = calendar.due_on(deadline.starts_on, workflow.deadlines[deadline.key].days)
            store.db.execute(
                "UPDATE case_deadlines SET due_on = ?, warn_on = ?, provisional = ?"
                " WHERE case_id = ? AND key = ? AND closed_on IS NULL",
                [
                    due.date.isoformat(),
                    calendar.working_day_before(due.date).isoformat(),
                    due.provisional,
                    case_id,
                    deadline.key,
                ],
            )
            settled = settled or not due.provisional
    refresh_due_date(store, case_id)
    return settled


def _open(store: Store, case_id: str, key: str, rule: DeadlineRule, act: Act) -> None:
    calendar = calendar_of(store)
    due = calendar.due_on(act.on, rule.days)
    store.db.execute(
        "INSERT INTO case_deadlines (case_id, key, kind, starts_on, due_on, warn_on, provisional, opened_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            case_id,
            key,
            rule.kind.value,
            act.on.isoformat(),
            due.date.isoformat(),
            calendar.working_day_before(due.date).isoformat(),
            due.provisional,
            to_text(act.now),
        ],
    )


def _close(store: Store, case_id: str, key: str, act: Act) -> None:
    store.db.execute(
        "UPDATE case_deadlines SET closed_on = ?, closed_by = ? WHERE case_id = ? AND key = ? AND closed_on IS NULL",
        [act.on.isoformat(), act.event.value, case_id, key],
    )
