"""The operator of the machine, or an administrator, appoints officers and gives out their one-time links."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from cases.actors import SCOPE_DIGITS, Grant, Officer, Role
from cases.authority import Appointer, appointer_name, check_appointer
from cases.errors import DepartmentError, ScopeError
from cases.officers import load_officer, officer_name_key
from storage import audit
from storage.database import check_in_transaction
from storage.ids import new_id
from storage.store import Store
from storage.times import to_text

LINK_HOURS: Final = 72


def appoint_officer(
    store: Store, name: str, grants: Sequence[Grant], *, actor: Appointer, now: datetime, department: str = ""
) -> Officer:
    """Enter an officer with his roles and areas; who serves a department, with its name. Needs an open transaction.

    Raises:
        ScopeError: an area is wider than its role may have, or the role is not an officer's.
        NotAdminError: the actor is no administrator there.
        DepartmentError: the role of a department without its name, or a name without the role.
    """
    check_in_transaction(store)
    check_appointer(actor, grants)
    check_duties(grants, department)
    officer_id = new_id()
    sealed = store.vault.seal(name.strip(), table="officers", row=officer_id, column="name")
    store.db.execute(
        "INSERT INTO officers (id, name, name_key, created_at) VALUES (?, ?, ?, ?)",
        [officer_id, sealed, officer_name_key(store, name), to_text(now)],
    )
    keep_duties(store, officer_id, grants, department)
    audit.append(
        store,
        actor=appointer_name(actor),
        event="officer.appointed",
        subject=f"officer:{officer_id}",
        now=now,
        facts=duty_facts(grants, department),
    )
    return load_officer(store, officer_id)


def check_duties(grants: Sequence[Grant], department: str) -> None:
    """Refuse roles and areas that nobody can have together.

    Raises:
        ScopeError: an area is wider than its role may have, or the role is not an officer's.
        DepartmentError: the role of a department without its name, or a name without the role.
    """
    if bool(department) is not any(grant.role is Role.DEPARTMENT for grant in grants):
        raise DepartmentError
    for grant in grants:
        digits = SCOPE_DIGITS.get(grant.role)
        if digits is None or len(grant.scope) < digits:
            raise ScopeError(role=grant.role, digits=digits or 0)


def keep_duties(store: Store, officer_id: str, grants: Sequence[Grant], department: str) -> None:
    """Write the roles and areas of an officer who has none. Needs an open transaction."""
    if department:
        store.db.execute(
            "INSERT INTO officer_departments (officer, department) VALUES (?, ?)", [officer_id, department]
        )
    for grant in dict.fromkeys(grants):
        store.db.execute(
            "INSERT INTO officer_roles (officer, role, scope) VALUES (?, ?, ?)",
            [officer_id, grant.role.value, grant.scope],
        )


def duty_facts(grants: Sequence[Grant], department: str) -> dict[str, object]:
    """Return roles and areas as the audit trail holds them."""
    return {"grants": [[grant.role, grant.scope] for grant in grants], "department": department}


def issue_link(store: Store, officer: Officer, *, actor: Appointer, now: datetime) -> str:
    """Return a code that binds one chat to *officer*, once, within ``LINK_HOURS``. Only its keyed hash is kept.

    Earlier unused codes of this officer stop working. Needs an open transaction.
    """
    check_in_transaction(store)
    check_appointer(actor, officer.grants)
    code = secrets.token_urlsafe(24)
    store.db.execute("DELETE FROM one_time_links WHERE officer = ? AND used_at IS NULL", [officer.id])
    store.db.execute(
        "INSERT INTO one_time_links (code_key, officer, expires_at) VALUES (?, ?, ?)",
        [link_key(store, code), officer.id, to_text(now + timedelta(hours=LINK_HOURS))],
    )
    audit.append(
        store,
        actor=appointer_name(actor),
        event="officer.link_issued",
        subject=f"officer:{officer.id}",
        now=now,
    )
    return code


def link_key(store: Store, code: str) -> str:
    """Return the keyed hash under which a one-time code is kept."""
    return store.vault.fingerprint("officer.link", code)
