"""What is written down when somebody decides: on, back, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from cases.details.details import Details
from cases.states import Event


@dataclass(frozen=True)
class TownshipApproval(Details):
    """The township's agreement, with its opinion."""

    event: ClassVar[Event] = Event.TOWNSHIP_APPROVED
    opinion: str = ""


@dataclass(frozen=True)
class CountyApproval(Details):
    """The county's decision to enrol, with the number of its document."""

    event: ClassVar[Event] = Event.COUNTY_APPROVED
    opinion: str = ""
    document_number: str = ""


@dataclass(frozen=True)
class Return(Details):
    """Sent back for completion: everything that is missing, said once."""

    event: ClassVar[Event] = Event.RETURNED
    reason: str = ""
    missing: tuple[str, ...] = ()


class Instead(StrEnum):
    """The relief to which a household is sent when it is not enrolled. Its values are what people type."""

    TEMPORARY_ASSISTANCE = "临时救助"
    DIBAO = "低保"
    EXTREME_HARDSHIP = "特困"
    MEDICAL_ASSISTANCE = "医疗救助"
    OTHER = "其他救助"


@dataclass(frozen=True)
class DeclineProposal(Details):
    """The reason for not enrolling, which will reach the reporter once a second person confirms it.

    ``instead`` is the relief that the household is to get in place of monitoring; then ``no_risk`` must say why there
    is no risk: help beside the system is what inspectors look for (体外循环).
    """

    event: ClassVar[Event] = Event.DECLINE_PROPOSED
    reason: str = ""
    instead: Instead | None = None
    no_risk: str = ""


@dataclass(frozen=True)
class DeclineConfirmation(Details):
    """The second person's yes. ``reason`` is the one that the reporter is told."""

    event: ClassVar[Event] = Event.DECLINE_CONFIRMED
    reason: str = ""


@dataclass(frozen=True)
class DeclineRefusal(Details):
    """The second person's no, and why."""

    event: ClassVar[Event] = Event.DECLINE_REFUSED
    reason: str = ""
