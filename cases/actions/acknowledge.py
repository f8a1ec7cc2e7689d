"""An officer accepts a report for handling."""

from __future__ import annotations

from datetime import datetime

from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.details import Acknowledgement
from storage.store import Store


def acknowledge(store: Store, receipt: str, *, actor: Officer, version: int | None, now: datetime) -> Case:
    """Accept the case; if nobody holds it, *actor* does from now on. Raises as ``take_step``."""
    return take_step(store, receipt, Act(Acknowledgement(), actor, now), version=version)
