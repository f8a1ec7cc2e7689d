"""Help given first, the procedure following after (fast track)."""

from __future__ import annotations

from datetime import datetime

from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.details import Aid
from storage.store import Store


def record_aid(store: Store, receipt: str, aid: Aid, *, actor: Officer, version: int | None, now: datetime) -> Case:
    """Record aid that was given ahead of the procedure. Raises as ``take_step``."""
    return take_step(store, receipt, Act(aid, actor, now), version=version)
