"""What is written down after the decision: announced, entered, helped, resolved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from cases.details.details import Details
from cases.states import Event


@dataclass(frozen=True)
class Announcement(Details):
    """The outcome was announced in the village (公告, which is not 公示)."""

    event: ClassVar[Event] = Event.ANNOUNCED
    on: ClassVar[str] = "announced_on"
    announced_on: date
    place: str = ""


@dataclass(frozen=True)
class NationalEntry(Details):
    """The household was entered (or marked) in the national system, under its number there."""

    event: ClassVar[Event] = Event.ENTERED_NATIONALLY
    on: ClassVar[str] = "entered_on"
    entered_on: date
    number: str = ""


@dataclass(frozen=True)
class AssistancePlan(Details):
    """The household's plan (一户一策) with the person who answers for it."""

    event: ClassVar[Event] = Event.PLAN_MADE
    on: ClassVar[str] = "planned_on"
    planned_on: date
    measures: str = ""
    support_officer: str = ""


@dataclass(frozen=True)
class ResolutionProposal(Details):
    """The village finds the risk resolved, and says which statements of the checklist hold."""

    event: ClassVar[Event] = Event.RESOLUTION_PROPOSED
    reason: str = ""
    checks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ResolutionDrop(Details):
    """The risk is not resolved after all, and why: monitoring goes on."""

    event: ClassVar[Event] = Event.RESOLUTION_DROPPED
    reason: str = ""


@dataclass(frozen=True)
class Resolution(Details):
    """The county's decision to end monitoring, with the number of its document."""

    event: ClassVar[Event] = Event.RISK_RESOLVED
    reason: str = ""
    document_number: str = ""
