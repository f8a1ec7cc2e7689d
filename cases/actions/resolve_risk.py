"""A county ends the monitoring of a household whose risk is resolved."""

from __future__ import annotations

from datetime import datetime

from cases.access import access_case
from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.calendar import calendar_of
from cases.case import Case
from cases.details import Resolution
from cases.errors import TooEarlyError
from cases.workflow import workflow_of
from storage.store import Store


def resolve_risk(
    store: Store, receipt: str, resolution: Resolution, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Mark the risk as resolved, after a visit, an appraisal and a notice of their own.

    Raises:
        TooEarlyError: the notice did not stand for its days.
        CasesError: as ``take_step``.
    """
    case = access_case(store, receipt, actor=actor)
    span = workflow_of(store, case.workflow, case.workflow_version).deadlines["public_notice"]
    if resolution.noticed_from and resolution.noticed_until:
        ends_on = calendar_of(store).due_on(resolution.noticed_from, span.days).date
        if resolution.noticed_until < ends_on:
            raise TooEarlyError(event=resolution.event, ends_on=ends_on)
    return take_step(store, receipt, Act(resolution, actor, now), version=version)
