"""The end of monitoring, on the same chain as its beginning: proposed by the village, decided by the county."""

from __future__ import annotations

from datetime import datetime

from cases.access import access_case
from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.details import Resolution, ResolutionDrop, ResolutionProposal
from cases.meetings.meeting import MeetingKind, check_meeting
from storage.store import Store


def propose_resolution(
    store: Store, receipt: str, proposal: ResolutionProposal, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Find the risk resolved; the visit, the appraisal, the notice, the township and the county follow.

    Raises:
        ChecklistError: a statement that must hold was not confirmed.
        CasesError: as ``take_step``.
    """
    return take_step(store, receipt, Act(proposal, actor, now), version=version)


def drop_resolution(
    store: Store, receipt: str, drop: ResolutionDrop, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Find that the risk is not resolved after all: monitoring goes on. Raises as ``take_step``."""
    return take_step(store, receipt, Act(drop, actor, now), version=version)


def resolve_risk(
    store: Store, receipt: str, resolution: Resolution, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Mark the risk as resolved, after the township agreed.

    Raises:
        PaperMissingError: no batch names the case; ``decide_batch`` makes one, of one case too.
        SecondPersonError: *actor* himself approved for the township.
        CasesError: as ``take_step``.
    """
    check_meeting(store, access_case(store, receipt, actor=actor), MeetingKind.COUNTY_DECISION)
    return take_step(store, receipt, Act(resolution, actor, now), version=version)
