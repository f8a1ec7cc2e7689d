"""An officer proposes not to enrol a household. It is only a proposal: another person decides."""

from __future__ import annotations

from datetime import datetime

from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.details import DeclineProposal
from storage.store import Store


def propose_decline(
    store: Store, receipt: str, proposal: DeclineProposal, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Open a proposal to decline with its reason; the case goes no further until it is answered.

    Raises:
        ProposalOpenError: one is open already.
        CasesError: as ``take_step``.
    """
    return take_step(store, receipt, Act(proposal, actor, now), version=version)
