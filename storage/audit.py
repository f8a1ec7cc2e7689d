"""The audit trail: append-only, hash-chained, free of personal data.

``facts`` are kept in clear (states, versions, roles). ``details`` may be personal: only a salted commitment of
them is kept, the salt sealed, so that a guess cannot be checked without the key. The hash of a row covers all its
columns and the hash before it; ``storage.heads`` signs it daily, ``storage.verification`` checks it anywhere.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from storage.database import check_in_transaction
from storage.store import Store
from storage.times import to_text

ROOT: Final = "0" * 64
COLUMNS: Final = ("seq", "at", "actor", "event", "subject", "facts", "salt", "commitment", "previous")
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
) -> int:
    """Add one event to the chain, in the transaction of what it records, and return its number."""
    check_in_transaction(store)
    last = next(store.db.query("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"), None)
    seq, previous = (last["seq"] + 1, last["hash"]) if last else (1, ROOT)
    salt = os.urandom(16)
    row: dict[str, Any] = {
        "seq": seq,
        "at": to_text(now),
        "actor": actor,
        "event": event,
        "subject": subject,
        "facts": _canonical(facts),
        "salt": store.vault.seal(salt, table="audit", row=str(seq), column="salt"),
        "commitment": hashlib.sha256(salt + _canonical(details).encode()).hexdigest(),
        "previous": previous,
    }
    store.db.execute(
        "INSERT INTO audit (seq, at, actor, event, subject, facts, commitment, previous, hash, salt)"
        " VALUES (:seq, :at, :actor, :event, :subject, :facts, :commitment, :previous, :hash, :salt)",
        {**row, "hash": row_hash([_field(row[column]) for column in COLUMNS])},
    )
    return int(seq)


def rows(store: Store, subject: str) -> list[AuditRow]:
    """Return the events of one subject, oldest first."""
    found = store.db.query("SELECT * FROM audit WHERE subject = ? ORDER BY seq", [subject])
    return [_row(row) for row in found]


def newest(store: Store, *, before: int | None, limit: int) -> list[AuditRow]:
    """Return the last events before row number *before* (None: the very last), newest first."""
    found = store.db.query(
        "SELECT * FROM audit WHERE ? IS NULL OR seq < ? ORDER BY seq DESC LIMIT ?", [before, before, limit]
    )
    return [_row(row) for row in found]


def commits_to(store: Store, row: AuditRow, details: Mapping[str, Any]) -> bool:
    """Tell whether the commitment of *row* is to exactly these *details*.

    Raises:
        SealBrokenError: the salt was altered, or sealed under another key.
    """
    sealed = next(store.db.query("SELECT salt FROM audit WHERE seq = ?", [row.seq]))["salt"]
    salt = store.vault.open_bytes(sealed, table="audit", row=str(row.seq), column="salt")
    return hashlib.sha256(salt + _canonical(details).encode()).hexdigest() == row.commitment


def row_hash(fields: Sequence[bytes]) -> str:
    """Return the hash of a row from its ``COLUMNS`` in their order, as SQLite casts them to text, ``salt`` in hex."""
    return hashlib.sha256(b"\x1f".join(fields)).hexdigest()


def _field(value: object) -> bytes:
    text = value.hex().upper() if isinstance(value, bytes) else str(value)
    return text.encode()


def _canonical(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _row(row: Mapping[str, Any]) -> AuditRow:
    return AuditRow(**{field: row[field] for field in AuditRow.__dataclass_fields__})
