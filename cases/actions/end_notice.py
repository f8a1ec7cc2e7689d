"""A village takes a public notice down."""

from __future__ import annotations

from datetime import datetime

from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.details import PostingEnd
from storage.store import Store


def end_notice(
    store: Store, receipt: str, ending: PostingEnd, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Record the end of the public notice and pass the case to the township.

    Raises:
        TooEarlyError: the notice has not stood for its days.
        CasesError: as ``take_step``.
    """
    return take_step(store, receipt, Act(ending, actor, now), version=version)
