"""An officer marks a case that cannot wait."""

from __future__ import annotations

from datetime import datetime

from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.details import UrgentMark
from storage.store import Store


def mark_urgent(
    store: Store, receipt: str, mark: UrgentMark, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Put the case at the front and start the clock of urgent aid. Raises as ``take_step``."""
    return take_step(store, receipt, Act(mark, actor, now), version=version)
