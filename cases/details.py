"""What an officer or reporter writes down with an event. Workflow files say which fields an event requires."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, ClassVar, Final

from cases.states import Event


@dataclass(frozen=True)
class Details:
    """What is written down with one ``event``. ``on`` names the field that holds the day it happened, if any."""

    event: ClassVar[Event]
    on: ClassVar[str] = ""


@dataclass(frozen=True)
class HomeVisit(Details):
    """A visit to the household for verification. ``cross_checked_on``: when its data were compared (信息比对)."""

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


@dataclass(frozen=True)
class Telling(Details):
    """How a reporter without a channel was told: call, at the door, on paper."""

    event: ClassVar[Event] = Event.TOLD
    on: ClassVar[str] = "told_on"
    told_on: date
    how: str = ""


@dataclass(frozen=True)
class Resolution(Details):
    """The end of monitoring: the dates of its own visit, appraisal and notice, and the county's reason."""

    event: ClassVar[Event] = Event.RISK_RESOLVED
    reason: str = ""
    visited_on: date | None = None
    appraised_on: date | None = None
    noticed_from: date | None = None
    noticed_until: date | None = None


@dataclass(frozen=True)
class Claim(Details):
    """An officer takes the case on."""

    event: ClassVar[Event] = Event.CLAIMED


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


def field_names(event: Event) -> tuple[str, ...]:
    """Return the names of the fields that *event* may carry."""
    return tuple(field.name for field in fields(DETAILS[event]))


def missing_fields(details: Details, required: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of *required* that are empty; a number may be zero."""
    return tuple(name for name in required if _is_empty(getattr(details, name)))


def to_json(details: Details) -> dict[str, Any]:
    """Return the written fields as JSON values, dates in ISO form, empty fields left out."""
    return {name: _json(value) for name, value in asdict(details).items() if not _is_empty(value)}


def to_sealable(details: Details) -> str:
    """Return the text that is sealed into the event's row."""
    return json.dumps(to_json(details), ensure_ascii=False)


def _is_empty(value: object) -> bool:
    return value is None or value == () or (isinstance(value, str) and not value.strip())


def _json(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
