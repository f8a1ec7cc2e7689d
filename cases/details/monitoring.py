"""What is written down after the decision: announced, entered, helped, visited, resolved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
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
    support_phone: str = ""


class MeasureKind(StrEnum):
    """The kinds of help that a ledger of measures knows. Its values are what people type."""

    INDUSTRY = "产业"
    WORK = "就业"
    FINANCE = "金融"
    SCHOOLING = "教育"
    HEALTH = "健康"
    HOUSING = "住房"
    WATER = "饮水"
    SAFETY_NET = "兜底"
    SOCIETY = "社会帮扶"


@dataclass(frozen=True)
class AssistanceMeasure(Details):
    """One measure of the plan was carried out: what, how much in yuan, who answers for it, what proves it."""

    event: ClassVar[Event] = Event.MEASURE_RECORDED
    on: ClassVar[str] = "given_on"
    given_on: date
    kind: MeasureKind | None = None
    what: str = ""
    amount: str = ""
    unit_in_charge: str = ""
    evidence: str = ""
    effect: str = ""


@dataclass(frozen=True)
class SupportChange(Details):
    """Another person answers for the household from now on; its card is printed anew."""

    event: ClassVar[Event] = Event.SUPPORT_CHANGED
    on: ClassVar[str] = "changed_on"
    changed_on: date
    support_officer: str = ""
    support_phone: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Visit(Details):
    """A visit to a household under monitoring (走访): how it lives now, what it asks for, what was promised.

    ``card_given_on``: when its card with the name of a new support officer was handed over.
    """

    event: ClassVar[Event] = Event.VISITED
    on: ClassVar[str] = "visited_on"
    visited_on: date
    visitors: tuple[str, ...] = ()
    situation: str = ""
    needs: str = ""
    card_given_on: date | None = None


@dataclass(frozen=True)
class ExpiringPaper(Details):
    """A paper of the household that runs out, such as the yearly review of its dibao."""

    event: ClassVar[Event] = Event.PAPER_KEPT
    ahead: ClassVar[tuple[str, ...]] = ("expires_on",)
    paper: str = ""
    expires_on: date | None = None


class Outlook(StrEnum):
    """What a second look at a household finds. Its values are what people type."""

    AT_RISK = "风险未消除"
    STABLE = "风险已稳定"
    NEW_RISK = "出现新风险"


@dataclass(frozen=True)
class Reassessment(Details):
    """The household was looked at again: every half year under monitoring (研判), and after its end (回头看)."""

    event: ClassVar[Event] = Event.REASSESSED
    on: ClassVar[str] = "reassessed_on"
    reassessed_on: date
    outlook: Outlook | None = None
    findings: str = ""


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
