"""At which version of a case a meeting spoke of it, and why somebody looked at a household."""

from __future__ import annotations

from sqlite_utils import Database

_TABLES = (
    # Items of before are of no version and open no gate again.
    "ALTER TABLE meeting_items ADD COLUMN version INTEGER NOT NULL DEFAULT 0",
    """
    CREATE TABLE reveal_reasons (
        seq INTEGER PRIMARY KEY REFERENCES audit (seq),
        case_id TEXT NOT NULL REFERENCES cases (id),
        reason BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX audit_reveals ON audit (seq) WHERE event = 'case.revealed'",
    "CREATE INDEX audit_clock ON audit (seq) WHERE event = 'clock.corrected'",
)


def apply(db: Database) -> None:
    """Extend the items of meetings, make the table of reasons, and find the latest instant of the trail quickly."""
    for statement in _TABLES:
        db.execute(statement)
