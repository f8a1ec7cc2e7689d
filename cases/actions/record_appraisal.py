"""A village writes down what its meeting concluded."""

from __future__ import annotations

from datetime import datetime

from cases.access import access_case
from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.details import Appraisal
from cases.meetings.meeting import MeetingKind, check_meeting
from storage.store import Store


def record_appraisal(
    store: Store, receipt: str, appraisal: Appraisal, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Record the democratic appraisal of the household; ``record_meeting`` does so for all households of a meeting.

    Raises:
        PaperMissingError: no record of a meeting names the case; ``record_meeting`` makes one.
        CasesError: as ``take_step``.
    """
    check_meeting(store, access_case(store, receipt, actor=actor), MeetingKind.APPRAISAL)
    return take_step(store, receipt, Act(appraisal, actor, now), version=version)
