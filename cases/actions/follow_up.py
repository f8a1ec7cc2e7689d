"""What goes on after the decision: measures carried out, visits, papers that expire, second looks."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.details import AssistanceMeasure, ExpiringPaper, Reassessment, SupportChange, Visit
from cases.expiring import note_expiry
from storage.store import Store

FollowUp: TypeAlias = AssistanceMeasure | SupportChange | Visit | ExpiringPaper | Reassessment


def follow_up(
    store: Store, receipt: str, record: FollowUp, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Write down one thing of the time under monitoring; what comes round again is counted anew from its day.

    A paper's date of expiry is kept, so that the clock can remind of it. Raises as ``take_step``.
    """
    case = take_step(store, receipt, Act(record, actor, now), version=version)
    if isinstance(record, ExpiringPaper):
        note_expiry(store, case, record)
    return case
