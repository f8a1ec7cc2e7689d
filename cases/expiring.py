"""Papers of a household that run out: only their dates are in clear, what they are is sealed in the history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cases.case import Case, load_case
from cases.details import ExpiringPaper
from storage.store import Store

# Days before the expiry at which people are reminded.
REMIND_DAYS: Final = 30


@dataclass(frozen=True)
class Expiry:
    """A paper that runs out. ``version`` is the event of the case that says which."""

    case: Case
    version: int
    expires_on: date


def note_expiry(store: Store, case: Case, paper: ExpiringPaper) -> None:
    """Keep the date of a paper that was written down with the present version of *case*."""
    assert paper.expires_on is not None, "the workflow requires it"
    store.db.execute(
        "INSERT INTO case_papers (case_id, version, expires_on) VALUES (?, ?, ?)",
        [case.id, case.version, paper.expires_on.isoformat()],
    )


def expiring_papers(store: Store, today: date, *, limit: int) -> list[Expiry]:
    """Return papers that run out within ``REMIND_DAYS`` and of which nobody was reminded, the earliest first."""
    last = today + timedelta(days=REMIND_DAYS)
    rows = store.db.query(
        "SELECT * FROM case_papers WHERE reminded_on IS NULL AND expires_on <= ? ORDER BY expires_on LIMIT ?",
        [last.isoformat(), limit],
    )
    return [
        Expiry(load_case(store, row["case_id"]), row["version"], date.fromisoformat(row["expires_on"])) for row in rows
    ]


def keep_expiry_reminder(store: Store, expiry: Expiry, today: date) -> None:
    """Write down that people were reminded of a paper."""
    store.db.execute(
        "UPDATE case_papers SET reminded_on = ? WHERE case_id = ? AND version = ?",
        [today.isoformat(), expiry.case.id, expiry.version],
    )
