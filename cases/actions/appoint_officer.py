"""The operator of the machine appoints officers and gives out their one-time links."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from cases.actors import SCOPE_DIGITS, Grant, Officer, Operator
from cases.errors import ScopeError
from cases.officers import load_officer, officer_name_key
from storage import audit
from storage.database import check_in_transaction
from storage.ids import new_id
from storage.store import Store
from storage.times import to_text

LINK_HOURS: Final = 72


def appoint_officer(store: Store, name: str, grants: Sequence[Grant], *, actor: Operator, now: datetime) -> Officer:
    """Enter an officer with his roles and areas. Needs an open transaction.

    Raises:
        ScopeError: an area is wider than its role may have, or the role is not an officer's.
    """
    check_in_transaction(store)
    for grant in grants:
        digits = SCOPE_DIGITS.get(grant.role)
        if digits is None or len(grant.scope) < digits:
            raise ScopeError(role=grant.role, digits=digits or 0)
    officer_id = new_id()
    sealed = store.vault.seal(name.strip(), table="officers", row=officer_id, column="name")
    store.db.execute(
        "INSERT INTO officers (id, name, name_key, created_at) VALUES (?, ?, ?, ?)",
        [officer_id, sealed, officer_name_key(store, name), to_text(now)],
    )
    for grant in dict.fromkeys(grants):
        store.db.execute(
            "INSERT INTO officer_roles (officer, role, scope) VALUES (?, ?, ?)",
            [officer_id, grant.role.value, grant.scope],
        )
    audit.append(
        store,
        actor=actor.name,
        event="officer.appointed",
        subject=f"officer:{officer_id}",
        now=now,
        facts={"grants": [[grant.role, grant.scope] for grant in grants]},
    )
    return load_officer(store, officer_id)


def issue_link(store: Store, officer: Officer, *, actor: Operator, now: datetime) -> str:
    """Return a code that binds one chat to *officer*, once, within ``LINK_HOURS``. Only its keyed hash is kept.

    Earlier unused codes of this officer stop working. Needs an open transaction.
    """
    check_in_transaction(store)
    code = secrets.token_urlsafe(24)
    store.db.execute("DELETE FROM one_time_links WHERE officer = ? AND used_at IS NULL", [officer.id])
    store.db.execute(
        "INSERT INTO one_time_links (code_key, officer, expires_at) VALUES (?, ?, ?)",
        [link_key(store, code), officer.id, to_text(now + timedelta(hours=LINK_HOURS))],
    )
    audit.append(
        store,
        actor=actor.name,
        event="officer.link_issued",
        subject=f"officer:{officer.id}",
        now=now,
    )
    return code


def link_key(store: Store, code: str) -> str:
    """Return the keyed hash under which a one-time code is kept."""
    return store.vault.fingerprint("officer.link", code)
