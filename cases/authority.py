"""Which administrator manages whom: only officers who serve wholly within his area."""

from __future__ import annotations

from collections.abc import Sequence

from cases.actors import Grant, Officer, Role


def manages(admin: Officer, grants: Sequence[Grant]) -> bool:
    """Tell whether *admin* may appoint, relieve and give links to somebody with these grants.

    Nobody makes himself an equal: an administrator of the same area is appointed on the machine itself.
    """
    own = [grant.scope for grant in admin.grants if grant.role is Role.ADMIN]
    return bool(grants) and all(any(_below(grant, scope) for scope in own) for grant in grants)


def _below(grant: Grant, scope: str) -> bool:
    if grant.role is Role.ADMIN:
        return grant.scope.startswith(scope) and grant.scope != scope
    return grant.scope.startswith(scope)
