"""A county decides on a batch of cases under one document number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cases.access import access_case, actor_name
from cases.actions.decide_at_county import decide_at_county
from cases.actions.resolve_risk import resolve_risk
from cases.actors import SCOPE_DIGITS, Officer, Role
from cases.case import Case
from cases.details import CountyApproval, Resolution
from cases.errors import MissingFieldsError, PaperStateError, WrongDateError
from cases.meetings.meeting import (
    Item,
    Meeting,
    MeetingKind,
    NewMeeting,
    access_meeting,
    is_number_taken,
    keep_meeting,
)
from cases.paper import Purpose, about_case, shared_area, shared_purpose
from cases.states import Event
from storage import audit
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import local_date


@dataclass(frozen=True)
class Batch:
    """A county's document: its day, its number, what it says."""

    decided_on: date
    document_number: str
    opinion: str


def decide_batch(store: Store, batch: Batch, receipts: Sequence[str], *, actor: Officer, now: datetime) -> Meeting:
    """Approve all of *receipts* under the batch's document number, all or nothing. Needs an open transaction.

    A case that is not approved is left out and decided on its own.

    Raises:
        MissingFieldsError: no document number or opinion.
        PaperStateError: the document number was used before.
        WrongDateError: the day lies in the future.
        PaperMixedError: no case, or cases of several counties or purposes.
        PaperItemError: a case cannot be decided now, or not by this officer: who approved it for the township may not.
    """
    check_in_transaction(store)
    _check(store, batch, local_date(now))
    cases = []
    for receipt in dict.fromkeys(receipts):
        with about_case(receipt):
            cases.append(access_case(store, receipt, actor=actor))
    purpose = shared_purpose(store, cases)
    new = NewMeeting(
        MeetingKind.COUNTY_DECISION,
        purpose,
        shared_area(cases, SCOPE_DIGITS[Role.COUNTY]),
        batch.decided_on,
        {"opinion": batch.opinion},
        document_number=batch.document_number.strip(),
    )
    number = keep_meeting(store, new, [Item(case, True, {}) for case in cases], now=now)
    for case in cases:
        with about_case(case.receipt):
            _decide(store, case, batch, purpose, actor=actor, now=now)
    audit.append(
        store,
        actor=actor_name(store, actor),
        event="batch.decided",
        subject=f"meeting:{number}",
        now=now,
        facts={
            "on": batch.decided_on.isoformat(),
            "document_number": new.document_number,
            "cases": [case.id for case in cases],
        },
        details={"opinion": batch.opinion},
    )
    return access_meeting(store, number, officer=actor)


def _check(store: Store, batch: Batch, today: date) -> None:
    named = {"document_number": batch.document_number, "opinion": batch.opinion}
    missing = [name for name, text in named.items() if not text.strip()]
    if missing:
        raise MissingFieldsError(event=Event.COUNTY_APPROVED, fields=missing)
    if batch.decided_on > today:
        raise WrongDateError(field="decided_on", given=batch.decided_on, earliest=date.min, latest=today)
    if is_number_taken(store, batch.document_number.strip()):
        raise PaperStateError(why="number_taken")


def _decide(store: Store, case: Case, batch: Batch, purpose: Purpose, *, actor: Officer, now: datetime) -> None:
    """Take the county's step for one case of the batch."""
    number = batch.document_number.strip()
    if purpose is Purpose.ENROLMENT:
        approval = CountyApproval(batch.opinion, number)
        decide_at_county(store, case.receipt, approval, actor=actor, version=case.version, now=now)
    else:
        resolution = Resolution(batch.opinion, number)
        resolve_risk(store, case.receipt, resolution, actor=actor, version=case.version, now=now)
