"""A pause after wrong passwords that doubles each time: guessing is slow, and nobody is shut out for good."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from storage.database import check_in_transaction
from storage.store import Store
from storage.times import from_text, to_text

FREE_TRIES: Final = 5
_FIRST_PAUSE: Final = timedelta(minutes=1)
_LONGEST_PAUSE: Final = timedelta(hours=1)
_FORGOTTEN: Final = timedelta(days=1)


def pause_left(store: Store, name: str, *, now: datetime) -> timedelta:
    """Return how long nobody may sign in under *name*; zero or less: now."""
    row = _row(store, name)
    if row is None or row["failures"] < FREE_TRIES:
        return timedelta()
    pause: timedelta = min(_FIRST_PAUSE * (1 << min(row["failures"] - FREE_TRIES, 10)), _LONGEST_PAUSE)
    return from_text(row["last_at"]) + pause - now


def note_try(store: Store, name: str, *, now: datetime) -> None:
    """Count a try before it is checked, so that many at once are counted too. Needs an open transaction."""
    check_in_transaction(store)
    store.db.execute("DELETE FROM sign_in_failures WHERE last_at < ?", [to_text(now - _FORGOTTEN)])
    store.db.execute(
        "INSERT INTO sign_in_failures (name_key, failures, last_at) VALUES (?, 1, ?)"
        " ON CONFLICT (name_key) DO UPDATE SET failures = failures + 1, last_at = excluded.last_at",
        [_key(store, name), to_text(now)],
    )


def forgive(store: Store, name: str) -> None:
    """Forget the tries under *name*: somebody proved that it is his."""
    store.db.execute("DELETE FROM sign_in_failures WHERE name_key = ?", [_key(store, name)])


def _row(store: Store, name: str) -> dict[str, Any] | None:
    return next(store.db.query("SELECT * FROM sign_in_failures WHERE name_key = ?", [_key(store, name)]), None)


def _key(store: Store, name: str) -> str:
    return store.vault.fingerprint("desk.name", name.strip())
