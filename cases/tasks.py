"""What a person must do about a case beside its next step: a task of its workflow, a decline to confirm, a telling."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.ids import new_id
from storage.store import Store
from storage.times import from_text, to_text


class TaskKind(StrEnum):
    """The kinds of task. ``about``: the version that proposed the decline, the kind of the notice to tell, or how many
    reports one phone had made, or why the township calls back.

    All but the first two are tasks of a workflow.
    """

    CONFIRM_DECLINE = "confirm_decline"
    TELL_REPORTER = "tell_reporter"
    SIGN_CONSENT = "sign_consent"
    RECORD_HOUSEHOLD = "record_household"
    CROSS_CHECK = "cross_check"
    ANNOUNCE = "announce"
    ENTER_NATIONALLY = "enter_nationally"
    MAKE_PLAN = "make_plan"
    HAND_CARD = "hand_card"
    ANNOUNCE_RESOLUTION = "announce_resolution"
    MARK_RESOLUTION = "mark_resolution"
    CALL_BACK = "call_back"
    REVIEW = "review"
    ASK_HOUSEHOLD = "ask_household"
    CHECK_FLOOD = "check_flood"


@dataclass(frozen=True)
class Task:
    """An open task of a case."""

    kind: TaskKind
    about: str
    opened_at: datetime


def open_tasks(store: Store, case_id: str) -> list[Task]:
    """Return what is still to be done about a case, oldest first."""
    rows = store.db.query(
        "SELECT * FROM case_tasks WHERE case_id = ? AND done_at IS NULL ORDER BY opened_at, rowid", [case_id]
    )
    return [Task(TaskKind(row["kind"]), row["about"], from_text(row["opened_at"])) for row in rows]


def has_open_proposal(store: Store, case_id: str) -> bool:
    """Tell whether a proposal to decline waits for the second person."""
    return is_open(store, case_id, TaskKind.CONFIRM_DECLINE)


def is_open(store: Store, case_id: str, kind: TaskKind) -> bool:
    """Tell whether a case has an open task of this kind."""
    return any(task.kind is kind for task in open_tasks(store, case_id))


def was_opened(store: Store, case_id: str, kind: TaskKind) -> bool:
    """Tell whether a case ever had a task of this kind, open or not."""
    found = store.db.query("SELECT 1 FROM case_tasks WHERE case_id = ? AND kind = ? LIMIT 1", [case_id, kind.value])
    return next(found, None) is not None


def open_task(store: Store, case_id: str, kind: TaskKind, *, about: str, now: datetime) -> None:
    """Add a task to a case."""
    store.db.execute(
        "INSERT INTO case_tasks (id, case_id, kind, about, opened_at) VALUES (?, ?, ?, ?, ?)",
        [new_id(), case_id, kind.value, about, to_text(now)],
    )


def close_tasks(store: Store, case_id: str, kind: TaskKind, *, now: datetime) -> None:
    """Mark every open task of this kind as done."""
    store.db.execute(
        "UPDATE case_tasks SET done_at = ? WHERE case_id = ? AND kind = ? AND done_at IS NULL",
        [to_text(now), case_id, kind.value],
    )


def drop_tasks(store: Store, case_id: str, kinds: Iterable[TaskKind], *, now: datetime) -> None:
    """End open tasks of these kinds that nobody did and nobody has to do any more."""
    for kind in kinds:
        store.db.execute(
            "UPDATE case_tasks SET done_at = ?, dropped = 1 WHERE case_id = ? AND kind = ? AND done_at IS NULL",
            [to_text(now), case_id, kind.value],
        )


def take_up_again(store: Store, case_id: str, *, dropped_at: datetime) -> None:
    """Open the tasks again that were dropped at one instant."""
    store.db.execute(
        "UPDATE case_tasks SET done_at = NULL, dropped = 0 WHERE case_id = ? AND dropped = 1 AND done_at = ?",
        [case_id, to_text(dropped_at)],
    )
