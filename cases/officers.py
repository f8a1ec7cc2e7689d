"""Officers as they are stored: who they are, where they serve, by which chats they are reached."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from cases.actors import Grant, Officer, Reporter, Role
from cases.chats import chat_key
from cases.errors import OfficerAmbiguousError, OfficerNotFoundError
from storage.store import Store


def all_officers(store: Store) -> list[Officer]:
    """Return every officer in service, in the order of appointment."""
    rows = store.db.query("SELECT * FROM officers WHERE removed_at IS NULL ORDER BY number")
    return [_officer(store, row) for row in rows]


def load_officer(store: Store, officer_id: str) -> Officer:
    """Return the officer with this id, in service or not.

    Raises:
        OfficerNotFoundError: no such officer.
    """
    return _first(store, "SELECT * FROM officers WHERE id = ?", officer_id)


def find_officer(store: Store, text: str) -> Officer:
    """Return the officer that *text* names: by number, or by full name.

    Raises:
        OfficerNotFoundError: nobody has that number or name.
        OfficerAmbiguousError: several have that name; their numbers tell them apart.
    """
    if text.isascii() and text.isdecimal():
        return _first(store, "SELECT * FROM officers WHERE number = ? AND removed_at IS NULL", int(text))
    query = "SELECT * FROM officers WHERE name_key = ? AND removed_at IS NULL"
    rows = list(store.db.query(query, [officer_name_key(store, text)]))
    if len(rows) > 1:
        raise OfficerAmbiguousError(numbers=[row["number"] for row in rows])
    if not rows:
        raise OfficerNotFoundError
    return _officer(store, rows[0])


def officer_of_chat(store: Store, chat: Reporter) -> Officer | None:
    """Return the officer to whom *chat* is bound, if any."""
    row = next(
        store.db.query(
            "SELECT officers.* FROM officers JOIN officer_channels ON officer = officers.id WHERE chat_key = ?",
            [chat_key(store, chat)],
        ),
        None,
    )
    return None if row is None else _officer(store, row)


def officers_over(store: Store, roles: Iterable[Role], area_code: str) -> list[str]:
    """Return the ids of the officers who hold one of *roles* over *area_code*, in the order of appointment."""
    rows = store.db.query(
        "SELECT DISTINCT officers.number, officers.id FROM officers JOIN officer_roles ON officer = officers.id"
        " WHERE role IN (SELECT value FROM json_each(?)) AND scope = substr(?, 1, length(scope))"
        " ORDER BY officers.number",
        [json.dumps([role.value for role in roles]), area_code],
    )
    return [row["id"] for row in rows]


def chats_of_officer(store: Store, officer_id: str) -> list[Reporter]:
    """Return the chats by which an officer is reached."""
    rows = store.db.query(
        "SELECT id, channel, chat FROM officer_channels WHERE officer = ? ORDER BY bound_at", [officer_id]
    )
    return [
        Reporter(
            row["channel"],
            store.vault.open_text(row["chat"], table="officer_channels", row=row["id"], column="chat"),
        )
        for row in rows
    ]


def officer_name_key(store: Store, name: str) -> str:
    """Return the keyed hash by which an officer's name is found."""
    return store.vault.fingerprint("officer.name", name.strip())


def _first(store: Store, query: str, value: str | int) -> Officer:
    row = next(store.db.query(query, [value]), None)
    if row is None:
        raise OfficerNotFoundError
    return _officer(store, row)


def _officer(store: Store, row: dict[str, Any]) -> Officer:
    grants = store.db.query("SELECT role, scope FROM officer_roles WHERE officer = ? ORDER BY scope, role", [row["id"]])
    return Officer(
        id=row["id"],
        number=row["number"],
        name=store.vault.open_text(row["name"], table="officers", row=row["id"], column="name"),
        grants=tuple(Grant(Role(grant["role"]), grant["scope"]) for grant in grants),
        department=_department(store, row["id"]),
    )


def _department(store: Store, officer_id: str) -> str:
    row = next(store.db.query("SELECT department FROM officer_departments WHERE officer = ?", [officer_id]), None)
    return row["department"] if row else ""
