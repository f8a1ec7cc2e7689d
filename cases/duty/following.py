"""What an act on a case means for its alarm."""

from __future__ import annotations

from typing import Final

from cases.act import Act
from cases.actors import Officer
from cases.case import Case
from cases.chats import chat_of_case
from cases.duty.alarms import Subject, confirm, end_alarm, open_alarm, raise_alarm
from cases.duty.roster import Lane, may_answer
from cases.forms import is_township_first
from cases.rules import Workflow
from cases.states import Event
from storage.store import Store

# Whoever does one of these turns to the case.
_TURNS_TO: Final = frozenset({Event.CLAIMED, Event.ACKNOWLEDGED, Event.HOME_VISIT_RECORDED})


def follow(store: Store, case: Case, workflow: Workflow, act: Act) -> None:
    """Raise the alarm of a case that became urgent by itself, confirm or end the one of a case that is worked on."""
    subject = Subject(case_id=case.id)
    if act.event is Event.MARKED_URGENT and not isinstance(act.actor, Officer):
        lane = Lane.ABOVE if is_township_first(store, case.id) else Lane.DUTY
        chat = chat_of_case(store, case.id)
        raise_alarm(store, subject, lane=lane, area_code=case.area_code, chat=chat, now=act.now)
        return
    if act.event in {Event.AID_RECORDED, Event.FALSE_ALARM} or workflow.is_resting(case.state):
        end_alarm(store, subject, actor=act.actor, now=act.now, false=act.event is Event.FALSE_ALARM)
    elif act.event in _TURNS_TO and isinstance(act.actor, Officer):
        alarm = open_alarm(store, subject)
        if alarm and alarm.confirmed_by is None and may_answer(store, act.actor, alarm.area_code, alarm.lane):
            confirm(store, alarm.number, officer=act.actor, now=act.now)
