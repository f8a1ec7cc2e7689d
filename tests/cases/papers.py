"""What the tests of papers share: photos, and cases that wait for a notice."""

from __future__ import annotations

from datetime import date, timedelta

from cases.actions.draft_public_notice import draft_public_notice
from cases.actions.post_public_notice import ProofOfPosting, post_public_notice
from cases.case import Case, load_case
from cases.public_notice.notice import PublicNotice
from cases.states import State
from storage import attachments, audit
from storage.database import transaction
from storage.times import local_date
from tests.cases.conftest import Desk

PHOTO = b"\xff\xd8\xff photo"
SUPERVISION = "乡镇 0943-3221234"


def photo(desk: Desk) -> str:
    """Keep a photo and return its id."""
    with transaction(desk.store):
        return attachments.save(desk.store, PHOTO, media_type="image/jpeg", now=desk.later)


def appraised(desk: Desk, number: int = 1, **changes: object) -> Case:
    """Return a case of its own that waits for its notice."""
    return desk.bring_to(State.UNDER_APPRAISAL, submission_id=f"submission-{number}", **changes)


def today(desk: Desk) -> date:
    """Return the day on which the papers of the tests are written."""
    return local_date(desk.later)


def draft(desk: Desk, *cases: Case, who: str = "village") -> PublicNotice:
    """Draft a notice that hangs from today."""
    receipts = [case.receipt for case in cases]
    with transaction(desk.store):
        return draft_public_notice(
            desk.store,
            receipts,
            starts_on=today(desk),
            supervision=SUPERVISION,
            actor=desk.officer(who),
            now=desk.later,
        )


def post(desk: Desk, notice: PublicNotice, *, days: int = 0) -> PublicNotice:
    """Put a notice up, some days after the one it prints."""
    proof = ProofOfPosting(notice.starts_on + timedelta(days=days), "村务公开栏", photo(desk))
    with transaction(desk.store):
        return post_public_notice(
            desk.store, notice.number, proof, actor=desk.village, now=desk.later + timedelta(days=days)
        )


def again(desk: Desk, case: Case) -> Case:
    """Return a case as it is now."""
    return load_case(desk.store, case.id)


def events(desk: Desk, subject: str) -> list[str]:
    """Return the audit trail of a paper."""
    return [row.event for row in audit.rows(desk.store, subject)]
