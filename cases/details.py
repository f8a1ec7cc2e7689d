"""What an officer or reporter writes down with an event. Workflow files say which fields an event requires."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Final

from cases.states import Event


@dataclass(frozen=True)
class Details:
    """What is written down with one ``event``. ``on`` names the field that holds the day it happened, if any."""

    event: ClassVar[Event]
    on: ClassVar[str] = ""


@dataclass(frozen=True)
class HomeVisit(Details):
    """A visit to the household for verification.

    ``cross_checked_on`` and ``consent_signed_on``: when its data were compared and the authorisation was signed.
    """

    event: ClassVar[Event] = Event.HOME_VISIT_RECORDED
    on: ClassVar[str] = "visited_on"
    visited_on: date
    findings: str = ""
    visitors: tuple[str, ...] = ()
    cross_checked_on: date | None = None
    consent_signed_on: date | None = None


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


@dataclass(frozen=True)
class Supplement(Details):
    """What the reporter adds later."""

    event: ClassVar[Event] = Event.SUPPLEMENTED
    text: str = ""
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Note(Details):
    """An officer's note for colleagues."""

    event: ClassVar[Event] = Event.NOTED
    text: str = ""


class TellingMeans(StrEnum):
    """By which way a person was told. Its values are what people type."""

    CALL = "电话"
    DOOR = "上门"
    PAPER = "书面"


class Mark(StrEnum):
    """What proves that a person was told. Its values are what people type; a call leaves none."""

    NONE = "无"
    SIGNATURE = "签字"
    THUMBPRINT = "手印"
    REFUSED = "拒签"


@dataclass(frozen=True)
class Telling(Details):
    """How a reporter without a channel was told: by whom is the actor, when, how, to whom, and what proves it.

    ``witness`` saw a refusal to sign. ``photo`` is an attachment, such as of the signed paper.
    """

    event: ClassVar[Event] = Event.TOLD
    on: ClassVar[str] = "told_on"
    told_on: date
    means: TellingMeans | None = None
    to_whom: str = ""
    mark: Mark | None = None
    witness: str = ""
    photo: str = ""
    how: str = ""


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


@dataclass(frozen=True)
class Claim(Details):
    """An officer takes the case on."""

    event: ClassVar[Event] = Event.CLAIMED


@dataclass(frozen=True)
class Release(Details):
    """The holder gives the case back, and why."""

    event: ClassVar[Event] = Event.RELEASED
    reason: str = ""


@dataclass(frozen=True)
class Transfer(Details):
    """The case passes to another officer. ``officer`` is his id."""

    event: ClassVar[Event] = Event.TRANSFERRED
    officer: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Recusal(Details):
    """An officer steps back (回避): what he is to the household, or that he entered the report himself."""

    event: ClassVar[Event] = Event.RECUSED
    relation: str = ""


@dataclass(frozen=True)
class Placement(Details):
    """The village (or township) to which a case belongs, when the report said too little or the wrong one."""

    event: ClassVar[Event] = Event.PLACED
    area_code: str = ""


@dataclass(frozen=True)
class Acknowledgement(Details):
    """The case is accepted for handling."""

    event: ClassVar[Event] = Event.ACKNOWLEDGED


@dataclass(frozen=True)
class Submission(Details):
    """The day from which days count; the report itself is kept apart."""

    event: ClassVar[Event] = Event.SUBMITTED
    on: ClassVar[str] = "applied_on"
    applied_on: date


@dataclass(frozen=True)
class Withdrawal(Details):
    """The reporter takes the report back."""

    event: ClassVar[Event] = Event.WITHDRAWN


DETAILS: Final[Mapping[Event, type[Details]]] = {kind.event: kind for kind in Details.__subclasses__()}
