"""Alarms of cases: raised when a case becomes urgent, ended when somebody works on it, or as 误报."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import load_case
from cases.details import FalseAlarm
from cases.duty.alarms import Alarm, alarm_for, close_as_false
from storage.store import Store

_REASON: Final = "误报"


def end_false_alarm(store: Store, number: int, *, actor: Officer, now: datetime) -> Alarm:
    """End an alarm as a false one; a case goes on, not urgent any more. Needs an open transaction.

    Raises:
        AlarmNotFoundError: there is none, none for this officer, or it is over.
        CasesError: as ``take_step``: a village alone does not end an alarm.
    """
    alarm = alarm_for(store, number, officer=actor)
    if alarm.subject.case_id is None:
        return close_as_false(store, number, officer=actor, now=now)
    case = load_case(store, alarm.subject.case_id)
    take_step(store, case.receipt, Act(FalseAlarm(_REASON), actor, now), version=case.version)
    return alarm
