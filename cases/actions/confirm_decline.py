"""The second person answers a proposal to decline: confirms it, and only then is the reporter told; or refuses."""

from __future__ import annotations

from datetime import datetime

from cases.access import access_case
from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.details import DeclineConfirmation, DeclineRefusal
from cases.history import history
from cases.states import Event
from storage.store import Store


def confirm_decline(
    store: Store, receipt: str, *, actor: Officer, version: int | None, now: datetime, reason: str = ""
) -> Case:
    """Decline the case; the reporter is told *reason*, by default the one that was proposed.

    Raises:
        SecondPersonError: *actor* himself proposed it.
        NoProposalError: nothing is proposed.
        CasesError: as ``take_step``.
    """
    case = access_case(store, receipt, actor=actor)
    given = reason.strip() or _proposed_reason(store, case)
    return take_step(store, receipt, Act(DeclineConfirmation(given), actor, now), version=version)


def refuse_decline(
    store: Store, receipt: str, refusal: DeclineRefusal, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Send a proposal to decline back with the reason; the case goes on where it stood. Raises as above."""
    return take_step(store, receipt, Act(refusal, actor, now), version=version)


def _proposed_reason(store: Store, case: Case) -> str:
    proposals = [entry for entry in history(store, case.id) if entry.event is Event.DECLINE_PROPOSED]
    return str(proposals[-1].details["reason"]) if proposals else ""
