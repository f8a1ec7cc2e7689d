"""An officer takes a case on."""

from __future__ import annotations

from datetime import datetime

from cases.access import access_case
from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.details import Claim
from cases.errors import AlreadyClaimedError
from cases.officers import load_officer
from storage.store import Store


def claim(store: Store, receipt: str, *, actor: Officer, version: int | None, now: datetime) -> Case:
    """Make *actor* the holder of an unheld case; his own case is left as it is.

    Raises:
        AlreadyClaimedError: another officer holds it; this is said before anything about versions.
        CasesError: as ``take_step``.
    """
    case = access_case(store, receipt, actor=actor)
    if case.assignee == actor.id:
        return case
    if case.assignee is not None:
        raise AlreadyClaimedError(holder=load_officer(store, case.assignee).name)
    return take_step(store, receipt, Act(Claim(), actor, now), version=version)
