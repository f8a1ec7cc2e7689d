"""A village puts up a public notice."""

from __future__ import annotations

from datetime import datetime

from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.details import Posting
from storage.store import Store


def post_notice(
    store: Store, receipt: str, posting: Posting, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Record the start of the public notice; its days run from the day it was put up. Raises as ``take_step``."""
    return take_step(store, receipt, Act(posting, actor, now), version=version)
