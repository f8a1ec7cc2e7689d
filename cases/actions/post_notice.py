"""A village puts up a public notice."""

from __future__ import annotations

from datetime import datetime

from cases.access import access_case
from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.details import Posting
from cases.errors import PaperMissingError
from cases.public_notice.notice import latest_notice
from storage.store import Store


def post_notice(
    store: Store, receipt: str, posting: Posting, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Record the start of the public notice; its days run from the day it was put up.

    Raises:
        PaperMissingError: no notice that names the case has proof of hanging; ``post_public_notice`` gives it.
        CasesError: as ``take_step``.
    """
    notice = latest_notice(store, access_case(store, receipt, actor=actor))
    if notice is None or notice.ended_on is not None or not notice.start_photo:
        raise PaperMissingError(paper="posting")
    return take_step(store, receipt, Act(posting, actor, now), version=version)
