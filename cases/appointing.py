"""Who may appoint, send on leave and remove officers: whoever runs the machine, and administrators in their area."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from cases.actors import Officer, Operator, Role
from cases.errors import NotAdminError

Appointer: TypeAlias = Operator | Officer


def check_appointer(actor: Appointer, scopes: Iterable[str]) -> None:
    """Refuse an officer who is no administrator over all of *scopes*.

    Raises:
        NotAdminError: he is not.
    """
    if isinstance(actor, Officer) and not all(actor.serves(Role.ADMIN, scope) for scope in scopes):
        raise NotAdminError


def appointer_name(actor: Appointer) -> str:
    """Return how the audit trail names who appoints."""
    return f"officer:{actor.id}" if isinstance(actor, Officer) else actor.name
