"""A reporter takes a report back."""

from __future__ import annotations

from datetime import datetime

from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Reporter
from cases.case import Case
from cases.details import Withdrawal
from storage.store import Store


def withdraw(store: Store, receipt: str, *, actor: Reporter, now: datetime) -> Case:
    """End a case at its reporter's own wish; whoever held it is told. Raises as ``take_step``."""
    return take_step(store, receipt, Act(Withdrawal(), actor, now), version=None)
