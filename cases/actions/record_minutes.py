"""A township records the meeting at which it reviewed cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cases.access import access_case, actor_name
from cases.actions.review_at_township import review_at_township
from cases.actors import SCOPE_DIGITS, Officer, Role
from cases.details import Return, TownshipApproval
from cases.errors import MissingFieldsError, WrongDateError
from cases.meetings.meeting import Item, Meeting, MeetingKind, NewMeeting, access_meeting, keep_meeting
from cases.paper import about_case, shared_area, shared_purpose
from cases.states import Event
from storage import audit
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import local_date


@dataclass(frozen=True)
class Minutes:
    """The sitting of a township. ``document_number`` is that of its request to the county, if it has one yet."""

    held_on: date
    place: str
    chair: str
    recorder: str
    attendees: tuple[str, ...]
    document_number: str = ""


@dataclass(frozen=True)
class Review:
    """What the township says on one case: agreed, or sent back with everything that is missing."""

    receipt: str
    agreed: bool
    opinion: str


def record_minutes(
    store: Store, minutes: Minutes, reviews: Sequence[Review], *, actor: Officer, now: datetime
) -> Meeting:
    """Record the minutes and with them the review of each case, all or nothing. Needs an open transaction.

    Raises:
        MissingFieldsError: place, chair, recorder, those present or an opinion was left empty.
        WrongDateError: the meeting lies in the future.
        PaperMixedError: no case, or cases of several townships or purposes.
        PaperItemError: a case cannot be reviewed now, or not by this officer.
    """
    check_in_transaction(store)
    _check(minutes, reviews, local_date(now))
    items = []
    for review in reviews:
        with about_case(review.receipt):
            case = access_case(store, review.receipt, actor=actor)
        items.append(Item(case, review.agreed, {"opinion": review.opinion}))
    cases = [item.case for item in items]
    sitting = {
        "place": minutes.place,
        "chair": minutes.chair,
        "recorder": minutes.recorder,
        "attendees": minutes.attendees,
    }
    new = NewMeeting(
        MeetingKind.TOWNSHIP_REVIEW,
        shared_purpose(store, cases),
        shared_area(cases, SCOPE_DIGITS[Role.TOWNSHIP]),
        minutes.held_on,
        sitting,
        document_number=minutes.document_number.strip(),
    )
    number = keep_meeting(store, new, items, now=now)
    for case, review in zip(cases, reviews, strict=True):
        with about_case(case.receipt):
            details = TownshipApproval(review.opinion) if review.agreed else Return(review.opinion)
            review_at_township(store, case.receipt, details, actor=actor, version=case.version, now=now)
    audit.append(
        store,
        actor=actor_name(store, actor),
        event="minutes.recorded",
        subject=f"meeting:{number}",
        now=now,
        facts={"on": minutes.held_on.isoformat(), "cases": [case.id for case in cases]},
        details={**sitting, "reviews": [dict(item.body) for item in items]},
    )
    return access_meeting(store, number, officer=actor)


def _check(minutes: Minutes, reviews: Sequence[Review], today: date) -> None:
    named = {
        "place": minutes.place,
        "chair": minutes.chair,
        "recorder": minutes.recorder,
        "attendees": "".join(minutes.attendees),
    }
    missing = [name for name, text in named.items() if not text.strip()]
    if any(not review.opinion.strip() for review in reviews):
        missing.append("opinion")
    if missing:
        raise MissingFieldsError(event=Event.TOWNSHIP_APPROVED, fields=missing)
    if minutes.held_on > today:
        raise WrongDateError(field="held_on", given=minutes.held_on, earliest=date.min, latest=today)
