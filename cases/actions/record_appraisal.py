"""A village writes down what its meeting concluded."""

from __future__ import annotations

from datetime import datetime

from cases.access import access_case
from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.details import Appraisal
from cases.errors import MeetingMissingError
from cases.meetings.meeting import was_appraised
from storage.store import Store


def record_appraisal(
    store: Store, receipt: str, appraisal: Appraisal, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Record the democratic appraisal of the household; ``record_meeting`` does so for all households of a meeting.

    Raises:
        MeetingMissingError: no record of a meeting on that day names the case.
        CasesError: as ``take_step``.
    """
    case = access_case(store, receipt, actor=actor)
    if not was_appraised(store, case.id, appraisal.held_on):
        raise MeetingMissingError(held_on=appraisal.held_on)
    return take_step(store, receipt, Act(appraisal, actor, now), version=version)
