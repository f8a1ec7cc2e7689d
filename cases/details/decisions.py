"""What is written down when somebody decides: on, back, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True)
class DeclineProposal(Details):
    """The reason for not enrolling, which will reach the reporter once a second person confirms it."""

    event: ClassVar[Event] = Event.DECLINE_PROPOSED
    reason: str = ""


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
