"""A village puts a drafted notice up, with proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cases.access import actor_name
from cases.actions.post_notice import post_notice
from cases.actors import Officer
from cases.details import Posting
from cases.errors import PaperStateError, WrongDateError
from cases.paper import about_case
from cases.public_notice.late import hung_without_paper
from cases.public_notice.notice import PublicNotice, access_notice, cases_on
from storage import attachments, audit
from storage.database import check_in_transaction
from storage.store import Store


@dataclass(frozen=True)
class ProofOfPosting:
    """The day, the place, and the photo (an attachment) of a notice that went up or came down."""

    on: date
    place: str
    photo: str


def post_public_notice(
    store: Store, number: int, proof: ProofOfPosting, *, actor: Officer, now: datetime
) -> PublicNotice:
    """Record that the notice hangs: all its cases go on public notice together. Needs an open transaction.

    A case that is on notice already, but had no paper, has one now and stays where it is.

    Raises:
        PaperNotFoundError: no such notice in the officer's area.
        PaperStateError: it was put up before.
        WrongDateError: it went up on another day than the one it prints; then it must be drafted anew.
        PaperItemError: one of its cases cannot be put up.
    """
    check_in_transaction(store)
    notice = access_notice(store, number, officer=actor)
    if notice.posted_on is not None:
        raise PaperStateError(why="posted_before")
    if proof.on != notice.starts_on:
        raise WrongDateError(field="posted_on", given=proof.on, earliest=notice.starts_on, latest=notice.starts_on)
    attachments.describe(store, proof.photo)
    cases = cases_on(store, notice)
    late = {case.id for case in cases if hung_without_paper(store, case) is not None}
    store.db.execute(
        "UPDATE public_notices SET posted_on = ?, start_photo = ? WHERE number = ?",
        [proof.on.isoformat(), proof.photo, number],
    )
    for case in (case for case in cases if case.id not in late):
        with about_case(case.receipt):
            details = Posting(proof.on, proof.place)
            post_notice(store, case.receipt, details, actor=actor, version=case.version, now=now)
    audit.append(
        store,
        actor=actor_name(store, actor),
        event="public_notice.posted",
        subject=f"public_notice:{number}",
        now=now,
        facts={"on": proof.on.isoformat(), "photo": proof.photo, "late": sorted(late)},
    )
    return access_notice(store, number, officer=actor)
