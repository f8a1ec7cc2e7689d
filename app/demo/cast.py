"""Whom a newcomer may play: one officer of each role, who can sign in at the console."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from cases.actors import Officer, Role
from storage.database import transaction
from storage.store import Store
from web.officers.passwords import set_password

_FILE: Final = "password.txt"


def cast(officers: Sequence[Officer]) -> dict[Role, Officer]:
    """Return the first officer of each role."""
    shown: dict[Role, Officer] = {}
    for officer in officers:
        shown.setdefault(officer.grants[0].role, officer)
    return shown


def let_in(store: Store, folder: Path, officers: Sequence[Officer], *, now: datetime) -> None:
    """Give the cast one password, made up for this folder and kept in it: nothing in it is real."""
    password = f"yanshi-{secrets.token_hex(4)}"
    with transaction(store):
        for officer in cast(officers).values():
            set_password(store, officer, password, now=now)
    (folder / _FILE).write_text(password + "\n", encoding="utf-8")


def password_of(folder: Path) -> str:
    """Return the password of the cast."""
    return (folder / _FILE).read_text(encoding="utf-8").strip()
