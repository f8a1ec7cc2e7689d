"""What officers put right of what a document was taken for. It outlives every new reading of the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from storage.database import check_in_transaction
from storage.store import Store
from storage.times import to_text

CORRECTABLE: Final = (
    "title", "publisher", "number", "index_number", "url", "written_on", "published_on", "valid_from", "valid_to",
    "area", "audience", "authority", "kind", "stage",
)  # fmt: skip


@dataclass(frozen=True)
class Correction:
    """
    One particular put right: ``value`` as the documents table stores it, None for "not stated".

    ``by`` is the officer's number, ``at`` an aware UTC time as text.
    """

    field: str
    value: str | None
    by: str
    at: str


def correct(store: Store, document: str, field: str, value: str | None, *, by: str, now: datetime) -> None:
    """
    Record a correction in the open transaction; the newest one of a field counts.

    Raises:
        ValueError: If the field is none that may be corrected.
    """
    if field not in CORRECTABLE:
        raise ValueError(f"{field} is not correctable")
    _append(store, document, field, value, withdrawn=False, by=by, now=now)


def withdraw(store: Store, document: str, field: str, *, by: str, now: datetime) -> None:
    """Let what was read of a field count again, in the open transaction."""
    _append(store, document, field, None, withdrawn=True, by=by, now=now)


def load_corrections(store: Store, document: str | None = None) -> dict[str, dict[str, Correction]]:
    """Return the corrections that count, by document and field; of one document or of all."""
    rows = store.db.execute(
        "SELECT document, field, value, withdrawn, corrected_by, corrected_at FROM document_corrections"
        " WHERE ? IS NULL OR document = ? ORDER BY seq",
        [document, document],
    ).fetchall()
    found: dict[str, dict[str, Correction]] = {}
    for owner, field, value, withdrawn, by, at in rows:
        fields = found.setdefault(owner, {})
        if withdrawn:
            fields.pop(field, None)
        else:
            fields[field] = Correction(field, value, by, at)
    return found


def _append(  # noqa: PLR0913 - one row, its columns named by keyword
    store: Store, document: str, field: str, value: str | None, *, withdrawn: bool, by: str, now: datetime
) -> None:
    check_in_transaction(store)
    store.db.execute(
        "INSERT INTO document_corrections (document, field, value, withdrawn, corrected_by, corrected_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [document, field, value, int(withdrawn), by, to_text(now)],
    )
