"""An officer steps back from a case of his kin or of his own entry (回避)."""

from __future__ import annotations

from datetime import datetime

from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.details import Recusal
from storage.store import Store


def recuse_oneself(
    store: Store, receipt: str, recusal: Recusal, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Declare what one is to the household: a held case goes to others, and stays theirs. Raises as ``take_step``."""
    return take_step(store, receipt, Act(recusal, actor, now), version=version)
