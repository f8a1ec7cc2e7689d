"""The audit trail: append-only, hash-chained, free of personal data.

``facts`` are kept in clear (states, versions, roles). ``details`` may be personal: only a salted commitment of
them is kept, the salt sealed, so that a guess cannot be checked without the key.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from storage.database import check_in_transaction
from storage.store import Store
from storage.times import to_text

_ROOT: Final = "0" * 64
_NOTHING: Final[Mapping[str, Any]] = {}


@dataclass(frozen=True)
class AuditRow:
    """One event. ``hash`` covers the row and the hash before it."""

    seq: int
    at: str
    actor: str
    event: str
    subject: str
    facts: str
    commitment: str
    previous: str
    hash: str


def append(  # noqa: PLR0913 - one row, its columns named by keyword
    store: Store,
    *,
    actor: str,
    event: str,
    subject: str,
    now: datetime,
    facts: Mapping[str, Any] = _NOTHING,
    details: Mapping[str, Any] = _NOTHING,
) -> None:
    """Add one event to the chain, in the transaction of what it records."""
    check_in_transaction(store)
    last = next(store.db.query("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"), None)
    seq, previous = (last["seq"] + 1, last["hash"]) if last else (1, _ROOT)
    salt = os.urandom(16)
    row = {
        "seq": seq,
        "at": to_text(now),
        "actor": actor,
        "event": event,
        "subject": subject,
        "facts": _canonical(facts),
        "commitment": hashlib.sha256(salt + _canonical(details).encode()).hexdigest(),
        "previous": previous,
    }
    sealed_salt = store.vault.seal(salt, table="audit", row=str(seq), column="salt")
    store.db.execute(
        "INSERT INTO audit (seq, at, actor, event, subject, facts, commitment, previous, hash, salt)"
        " VALUES (:seq, :at, :actor, :event, :subject, :facts, :commitment, :previous, :hash, :salt)",
        {**row, "hash": _hash(row), "salt": sealed_salt},
    )


def rows(store: Store, subject: str) -> list[AuditRow]:
    """Return the events of one subject, oldest first."""
    found = store.db.query("SELECT * FROM audit WHERE subject = ? ORDER BY seq", [subject])
    return [_row(row) for row in found]


def first_broken(store: Store) -> int | None:
    """Return the sequence number at which the chain breaks first, or None when it holds to its end."""
    previous, expected = _ROOT, 1
    for row in store.db.query("SELECT * FROM audit ORDER BY seq"):
        if row["seq"] != expected or row["previous"] != previous or row["hash"] != _hash(row):
            return expected
        previous, expected = row["hash"], expected + 1
    return None


def _hash(row: Mapping[str, Any]) -> str:
    fields = ("seq", "at", "actor", "event", "subject", "facts", "commitment", "previous")
    return hashlib.sha256("\x1f".join(str(row[field]) for field in fields).encode()).hexdigest()


def _canonical(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _row(row: Mapping[str, Any]) -> AuditRow:
    return AuditRow(**{field: row[field] for field in AuditRow.__dataclass_fields__})
