"""A reporter adds words or photos to a report."""

from __future__ import annotations

from datetime import datetime

from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Reporter
from cases.case import Case
from cases.details import Supplement
from cases.errors import InvalidReportError
from cases.report import STORY_LIMIT
from storage import attachments
from storage.store import Store


def supplement(store: Store, receipt: str, addition: Supplement, *, actor: Reporter, now: datetime) -> Case:
    """Add *addition* to the case; its photos come under the case's key.

    Raises:
        InvalidReportError: neither words nor photos, or too many words.
        CasesError: as ``take_step``.
    """
    if not (addition.text.strip() or addition.attachments) or len(addition.text) > STORY_LIMIT:
        raise InvalidReportError(fields=["text"])
    case = take_step(store, receipt, Act(addition, actor, now), version=None)
    for attachment in addition.attachments:
        attachments.adopt(store, attachment, case_id=case.id)
    return case
