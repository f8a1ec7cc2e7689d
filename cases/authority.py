"""Who may appoint, send on leave and remove officers: whoever runs the machine, and administrators in their area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from cases.actors import Grant, Officer, Operator, Role
from cases.errors import NotAdminError

Appointer: TypeAlias = Operator | Officer


def manages(admin: Officer, grants: Sequence[Grant]) -> bool:
    """Tell whether *admin* may appoint, relieve and give links to somebody with these grants.

    Nobody makes himself an equal: an administrator of the same area is appointed on the machine itself.
    """
    own = [grant.scope for grant in admin.grants if grant.role is Role.ADMIN]
    return bool(grants) and all(any(_below(grant, scope) for scope in own) for grant in grants)


def check_appointer(actor: Appointer, grants: Sequence[Grant]) -> None:
    """Refuse an officer who does not manage somebody with these *grants*.

    Raises:
        NotAdminError: he does not.
    """
    if isinstance(actor, Officer) and not manages(actor, grants):
        raise NotAdminError


def appointer_name(actor: Appointer) -> str:
    """Return how the audit trail names who appoints."""
    return f"officer:{actor.id}" if isinstance(actor, Officer) else actor.name


def _below(grant: Grant, scope: str) -> bool:
    if grant.role is Role.ADMIN:
        return grant.scope.startswith(scope) and grant.scope != scope
    return grant.scope.startswith(scope)
