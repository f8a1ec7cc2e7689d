"""A village writes down what its meeting concluded."""

from __future__ import annotations

from datetime import datetime

from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.details import Appraisal
from storage.store import Store


def record_appraisal(
    store: Store, receipt: str, appraisal: Appraisal, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Record the democratic appraisal of the household. Raises as ``take_step``."""
    return take_step(store, receipt, Act(appraisal, actor, now), version=version)
