"""A village takes a public notice down."""

from __future__ import annotations

from datetime import datetime

from cases.access import access_case
from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.details import PostingEnd
from cases.errors import PaperMissingError
from cases.public_notice.late import hung_without_paper
from cases.public_notice.notice import latest_notice
from storage.store import Store


def end_notice(
    store: Store, receipt: str, ending: PostingEnd, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Record the end of the public notice and pass the case to the township.

    Raises:
        PaperMissingError: no notice that names the case has proof of its end; ``end_public_notice`` gives it. Or none
            has proof that it hung.
        TooEarlyError: the notice has not stood for its days.
        CasesError: as ``take_step``.
    """
    case = access_case(store, receipt, actor=actor)
    notice = latest_notice(store, case)
    if hung_without_paper(store, case) is not None:
        raise PaperMissingError(paper="hung")
    if notice is None or not notice.end_photo:
        raise PaperMissingError(paper="taking_down")
    return take_step(store, receipt, Act(ending, actor, now), version=version)
