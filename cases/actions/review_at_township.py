"""A township reviews a case whose public notice has ended."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.details import DeclineProposal, Return, TownshipApproval
from storage.store import Store

TownshipReview: TypeAlias = TownshipApproval | Return | DeclineProposal


def review_at_township(
    store: Store, receipt: str, review: TownshipReview, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Approve the case, return it to the village, or propose to decline it (a second person confirms).

    Raises as ``take_step``.
    """
    return take_step(store, receipt, Act(review, actor, now), version=version)
