"""The township looks again, or asks the household itself."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.details import CallBack, FalseAlarm, ReviewReopened, ReviewUpheld
from storage.store import Store

TownshipAnswer: TypeAlias = ReviewUpheld | ReviewReopened | CallBack | FalseAlarm


def record_answer(
    store: Store, receipt: str, answer: TownshipAnswer, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Record what a second look or a call back came to, or that it was no emergency; the household is told.

    Raises as ``take_step``.
    """
    return take_step(store, receipt, Act(answer, actor, now), version=version)
