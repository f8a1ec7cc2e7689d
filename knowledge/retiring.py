"""Documents that an officer takes out of use, and back; reading their files again changes nothing about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.database import check_in_transaction
from storage.store import Store
from storage.times import from_text, to_text


@dataclass(frozen=True)
class Retirement:
    """Since when a document is out of use. ``by`` is the officer's id, empty when its file was gone."""

    at: datetime
    by: str = ""


def retire(store: Store, document: str, *, by: str, now: datetime) -> None:
    """Take a document out of use, in the open transaction. It stays stored and is found by nobody."""
    check_in_transaction(store)
    store.db.execute(
        "UPDATE documents SET retired_at = coalesce(retired_at, ?), retired_by = ? WHERE id = ?",
        [to_text(now), by, document],
    )


def restore(store: Store, document: str) -> None:
    """Put a document into use again, in the open transaction."""
    check_in_transaction(store)
    store.db.execute("UPDATE documents SET retired_at = NULL, retired_by = NULL WHERE id = ?", [document])


def retirement_of(store: Store, document: str) -> Retirement | None:
    """Return since when a document is out of use, None when it is in use or there is none."""
    row = store.db.execute(
        "SELECT retired_at, retired_by FROM documents WHERE id = ? AND retired_at IS NOT NULL", [document]
    ).fetchone()
    return None if row is None else Retirement(from_text(row[0]), row[1] or "")
