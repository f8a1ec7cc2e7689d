"""An officer records that a task beside the main path is done: consent, comparison, announcement, entry, plan."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.details import (
    Admission,
    Announcement,
    AssistancePlan,
    ConsentSigned,
    CrossCheck,
    HouseholdAsked,
    NationalEntry,
)
from storage.store import Store

TaskRecord: TypeAlias = (
    ConsentSigned | CrossCheck | Announcement | NationalEntry | AssistancePlan | HouseholdAsked | Admission
)


def record_task(
    store: Store, receipt: str, done: TaskRecord, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Record that the task is done; what waited for it may go on.

    Raises:
        NoTaskError: the task is not open.
        TasksOpenError: another one comes first, as the signed authorisation before the comparison.
        CasesError: as ``take_step``.
    """
    return take_step(store, receipt, Act(done, actor, now), version=version)
