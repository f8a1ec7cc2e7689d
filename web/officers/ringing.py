"""Alarms as an officer sees them: about what, since when, and who turned to it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.wording.desk import lane_text
from cases.actors import Officer
from cases.case import load_case
from cases.duty.alarms import Alarm, alarms_for
from cases.officers import load_officer
from storage.store import Store


@dataclass(frozen=True)
class Ringing:
    """An alarm as an officer sees it. ``receipt`` is empty where it is about a call; ``holder``: who turned to it."""

    alarm: Alarm
    about: str
    receipt: str
    holder: str
    is_mine: bool


def ringing(store: Store, officer: Officer) -> list[Ringing]:
    """Return the alarms that are this officer's to answer, those nobody confirmed first."""
    found = [_ringing(store, alarm, officer) for alarm in alarms_for(store, officer)]
    return sorted(found, key=lambda one: bool(one.holder))


def _ringing(store: Store, alarm: Alarm, officer: Officer) -> Ringing:
    case = load_case(store, alarm.subject.case_id) if alarm.subject.case_id else None
    holder = load_officer(store, alarm.confirmed_by).name if alarm.confirmed_by else ""
    about, receipt = lane_text(alarm.lane), case.receipt if case else ""
    return Ringing(alarm, about, receipt, holder, alarm.confirmed_by == officer.id)
