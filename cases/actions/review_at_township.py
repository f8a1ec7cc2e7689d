"""A township reviews a case whose public notice has ended."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from cases.access import access_case
from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.completeness import in_full
from cases.details import DeclineProposal, Return, TownshipApproval
from cases.meetings.meeting import MeetingKind, check_meeting, check_sign_in
from storage.store import Store

TownshipReview: TypeAlias = TownshipApproval | Return | DeclineProposal


def review_at_township(
    store: Store, receipt: str, review: TownshipReview, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Approve the case, return it to the village, or propose to decline it (a second person confirms).

    A return says everything that is missing, what the program can see by itself included.

    Raises:
        PaperMissingError: it is to pass, and no minutes name the case (``record_minutes`` makes them), or its
            appraisal has no sign-in sheet.
        CasesError: as ``take_step``.
    """
    case = access_case(store, receipt, actor=actor)
    if isinstance(review, TownshipApproval):
        check_sign_in(store, case)
        check_meeting(store, case, MeetingKind.TOWNSHIP_REVIEW)
    if isinstance(review, Return):
        review = in_full(store, case, review)
    return take_step(store, receipt, Act(review, actor, now), version=version)
