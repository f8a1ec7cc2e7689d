"""An officer writes down a home visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from cases.access import access_case
from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.details import HomeVisit
from cases.household.traces import note_visitors
from cases.referrals import asking_departments
from storage.store import Store


def record_home_visit(
    store: Store, receipt: str, visit: HomeVisit, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Record a home visit: the household's situation is verified from now on. Raises as ``take_step``.

    It serves every department that asked us about the household and waits for the answer: one visit for both.
    """
    waiting = asking_departments(store, access_case(store, receipt, actor=actor))
    visit = replace(visit, joint_with=tuple(dict.fromkeys((*visit.joint_with, *waiting))))
    case = take_step(store, receipt, Act(visit, actor, now), version=version)
    note_visitors(store, case, visit)
    return case
