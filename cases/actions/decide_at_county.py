"""A county decides on a case that the township approved."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from cases.access import access_case
from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.completeness import in_full
from cases.details import CountyApproval, DeclineProposal, Return
from cases.meetings.meeting import MeetingKind, check_meeting
from storage.store import Store

CountyDecision: TypeAlias = CountyApproval | Return | DeclineProposal


def decide_at_county(
    store: Store, receipt: str, decision: CountyDecision, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Enrol the household, return the case to the township, or propose to decline it (a second person confirms).

    A return says everything that is missing, what the program can see by itself included.

    Raises:
        PaperMissingError: it is to enrol, and no batch names the case; ``decide_batch`` makes one, of one case too.
        SecondPersonError: *actor* himself approved for the township.
        CasesError: as ``take_step``.
    """
    case = access_case(store, receipt, actor=actor)
    if isinstance(decision, CountyApproval):
        check_meeting(store, case, MeetingKind.COUNTY_DECISION)
    if isinstance(decision, Return):
        decision = in_full(store, case, decision)
    return take_step(store, receipt, Act(decision, actor, now), version=version)
