"""What is written down in the village: the visit, the meeting, the public notice and the tasks beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from cases.details.details import Details
from cases.states import Event


class VisitManner(StrEnum):
    """How the household was visited. Its values are what people type."""

    DOOR = "上门"
    CALL = "电话"
    VIDEO = "视频"


@dataclass(frozen=True)
class HomeVisit(Details):
    """A visit to the household for verification.

    A household that is away is visited by telephone or video: ``spoke_with`` names who of it, or which of its kin,
    answered, ``away`` says why nobody was at home. ``cross_checked_on`` and ``consent_signed_on``: when its data
    were compared and the authorisation was signed. ``joint_with`` names departments for which the visit serves too.
    """

    event: ClassVar[Event] = Event.HOME_VISIT_RECORDED
    on: ClassVar[str] = "visited_on"
    visited_on: date
    findings: str = ""
    visitors: tuple[str, ...] = ()
    cross_checked_on: date | None = None
    consent_signed_on: date | None = None
    manner: VisitManner = VisitManner.DOOR
    spoke_with: str = ""
    away: str = ""
    joint_with: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConsentSigned(Details):
    """The household signed (or put its thumb to) the written authorisation 承诺授权书."""

    event: ClassVar[Event] = Event.CONSENT_SIGNED
    on: ClassVar[str] = "consent_signed_on"
    consent_signed_on: date
    number: str = ""


@dataclass(frozen=True)
class HouseholdRecord(Details):
    """The sheet of the home visit: what was found, as the form of ``cases.household`` asks."""

    event: ClassVar[Event] = Event.HOUSEHOLD_RECORDED
    on: ClassVar[str] = "found_on"
    found_on: date
    sheet: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CrossCheck(Details):
    """The household's data were compared with those of the departments (信息比对)."""

    event: ClassVar[Event] = Event.CROSS_CHECKED
    on: ClassVar[str] = "cross_checked_on"
    cross_checked_on: date
    result: str = ""


@dataclass(frozen=True)
class Appraisal(Details):
    """A village meeting's appraisal of the household: who came, how many agreed, what was concluded."""

    event: ClassVar[Event] = Event.APPRAISAL_RECORDED
    on: ClassVar[str] = "held_on"
    held_on: date
    conclusion: str = ""
    attended: int | None = None
    in_favour: int | None = None


@dataclass(frozen=True)
class Posting(Details):
    """The start of a public notice."""

    event: ClassVar[Event] = Event.NOTICE_POSTED
    on: ClassVar[str] = "posted_on"
    posted_on: date
    place: str = ""


@dataclass(frozen=True)
class PostingEnd(Details):
    """The end of a public notice, with the number of objections that were raised."""

    event: ClassVar[Event] = Event.NOTICE_ENDED
    on: ClassVar[str] = "ended_on"
    ended_on: date
    objections: int | None = None


@dataclass(frozen=True)
class UrgentMark(Details):
    """Why the case cannot wait."""

    event: ClassVar[Event] = Event.MARKED_URGENT
    reason: str = ""


@dataclass(frozen=True)
class Aid(Details):
    """Help given first, the procedure following after (fast track)."""

    event: ClassVar[Event] = Event.AID_RECORDED
    on: ClassVar[str] = "given_on"
    given_on: date
    what: str = ""
