"""What must be done about a call before it may be closed, by the lane in which it runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.conversation.commands import CallReason
from cases.actors import Officer
from storage import audit
from storage.ids import new_id
from storage.store import Store
from storage.times import to_text


class CallTask(StrEnum):
    """The closed list of tasks."""

    REACH_CHILD = "reach_child"
    FIND_GUARDIAN = "find_guardian"
    CHECK_SAFE = "check_safe"
    SETTLE_HELP = "settle_help"
    FORWARD = "forward"


_OF: Final = {
    CallReason.CHILD: (CallTask.REACH_CHILD, CallTask.FIND_GUARDIAN, CallTask.SETTLE_HELP),
    CallReason.VIOLENCE: (CallTask.CHECK_SAFE, CallTask.SETTLE_HELP),
    CallReason.COMPLAINT: (CallTask.FORWARD,),
}


@dataclass(frozen=True)
class Step:
    """One task of a call. ``note`` is what was written down when it was done."""

    kind: CallTask
    is_done: bool
    note: str = ""


def open_steps(store: Store, call_id: str, reason: CallReason) -> None:
    """Add the tasks of a new call."""
    for position, kind in enumerate(_OF.get(reason, ())):
        store.db.execute(
            "INSERT INTO call_tasks (id, call_id, kind, position) VALUES (?, ?, ?, ?)",
            [new_id(), call_id, kind.value, position],
        )


def steps_of(store: Store, call_id: str) -> tuple[Step, ...]:
    """Return the tasks of a call in their order."""
    rows = store.db.query("SELECT * FROM call_tasks WHERE call_id = ? ORDER BY position", [call_id])
    return tuple(
        Step(
            CallTask(row["kind"]),
            row["done_at"] is not None,
            store.vault.open_text(row["note"], table="call_tasks", row=row["id"], column="note") if row["note"] else "",
        )
        for row in rows
    )


def do_step(store: Store, call_id: str, kind: CallTask, note: str, *, officer: Officer, now: datetime) -> None:
    """Mark a task of a call as done, with what was written down; a second time does nothing."""
    row = next(
        store.db.query(
            "SELECT id FROM call_tasks WHERE call_id = ? AND kind = ? AND done_at IS NULL", [call_id, kind.value]
        ),
        None,
    )
    if row is None:
        return
    sealed = store.vault.seal(note, table="call_tasks", row=row["id"], column="note") if note.strip() else None
    store.db.execute(
        "UPDATE call_tasks SET note = ?, done_at = ?, done_by = ? WHERE id = ?",
        [sealed, to_text(now), officer.id, row["id"]],
    )
    audit.append(
        store,
        actor=f"officer:{officer.id}",
        event="call.task_done",
        subject=f"call:{call_id}",
        now=now,
        facts={"task": kind.value},
        details={"note": note},
    )
