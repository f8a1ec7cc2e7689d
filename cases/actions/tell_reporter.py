"""Told means told: a reporter whom no chat reaches is told by a person, and it is written down how."""

from __future__ import annotations

from datetime import datetime

from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case, load_case
from cases.details import Telling
from cases.notices import NoticeKind
from cases.tasks import TaskKind, close_tasks, open_task
from storage.database import check_in_transaction
from storage.store import Store


def record_telling(
    store: Store, receipt: str, telling: Telling, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Record that the reporter was told by call, at the door or on paper; all open telling is done with it.

    Raises as ``take_step``.
    """
    case = take_step(store, receipt, Act(telling, actor, now), version=version)
    close_tasks(store, case.id, TaskKind.TELL_REPORTER, now=now)
    return case


def ask_to_tell(store: Store, case_id: str, kind: NoticeKind, *, now: datetime) -> None:
    """Open a task to tell the reporter in person, because the notice *kind* did not arrive. Needs a transaction."""
    check_in_transaction(store)
    open_task(store, load_case(store, case_id).id, TaskKind.TELL_REPORTER, about=kind.value, now=now)
