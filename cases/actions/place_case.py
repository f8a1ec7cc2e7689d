"""A township or county sends a case to the village where it belongs."""

from __future__ import annotations

from datetime import datetime

from cases.act import Act
from cases.actions.step import take_step
from cases.actors import SCOPE_DIGITS, Officer, Role
from cases.case import Case
from cases.details import Placement
from cases.errors import NotPermittedError, ScopeError
from storage.store import Store


def place_case(
    store: Store, receipt: str, placement: Placement, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Move the case to another area within the actor's own; a holder who does not serve there lets it go.

    Raises:
        ScopeError: the area is no township or village.
        NotPermittedError: the area lies outside the actor's.
        CasesError: as ``take_step``.
    """
    code = placement.area_code
    if not code.isdecimal() or len(code) not in {SCOPE_DIGITS[Role.TOWNSHIP], SCOPE_DIGITS[Role.VILLAGE]}:
        raise ScopeError(role=Role.TOWNSHIP, digits=SCOPE_DIGITS[Role.TOWNSHIP])
    if not actor.roles_at(code):
        raise NotPermittedError(event=placement.event, roles=[Role.COUNTY])
    return take_step(store, receipt, Act(placement, actor, now), version=version)
