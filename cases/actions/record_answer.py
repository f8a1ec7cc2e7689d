"""The township looks again, or asks the household itself."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from cases.access import access_case
from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Clock, Officer
from cases.call_backs import CallBackReason, is_unwilling
from cases.case import Case
from cases.details import CallBack, CallOutcome, FalseAlarm, HouseholdDecline, ReviewReopened, ReviewUpheld
from cases.errors import SecondPersonError
from cases.history import last_officer
from cases.states import Event
from cases.tasks import TaskKind, close_tasks, open_task
from storage.store import Store

TownshipAnswer: TypeAlias = ReviewUpheld | ReviewReopened | CallBack | FalseAlarm


def record_answer(
    store: Store, receipt: str, answer: TownshipAnswer, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Record what a second look or a call back came to, or that it was no emergency; the household is told.

    A household that does not want what somebody else reported for it is asked by two persons: when the second hears
    the same, the case ends; when he hears otherwise, it goes on.

    Raises:
        SecondPersonError: the officer asked that household himself before.
        CasesError: as ``take_step``.
    """
    if not isinstance(answer, CallBack):
        return take_step(store, receipt, Act(answer, actor, now), version=version)
    unwilling = is_unwilling(store, access_case(store, receipt, actor=actor).id)
    case = take_step(store, receipt, Act(answer, actor, now), version=version)
    if not unwilling:
        return case
    if last_officer(store, case.id, Event.HOUSEHOLD_ASKED) == actor.id:
        raise SecondPersonError(event=Event.CALLED_BACK, earlier=Event.HOUSEHOLD_ASKED)
    return _settle(store, case, answer.outcome, now)


def _settle(store: Store, case: Case, outcome: CallOutcome | None, now: datetime) -> Case:
    """Let a case whose household did not want it end or go on, by what the second person heard."""
    match outcome:
        case CallOutcome.CONFIRMED:
            return take_step(store, case.receipt, Act(HouseholdDecline(), Clock(), now), version=case.version)
        case CallOutcome.DENIED:
            close_tasks(store, case.id, TaskKind.ASK_HOUSEHOLD, now=now)
        case _:
            open_task(store, case.id, TaskKind.CALL_BACK, about=CallBackReason.UNWILLING.value, now=now)
    return case
