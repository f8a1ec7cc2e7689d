"""Which document an officer said to be the newer version of which, and why an entry was published against a passage."""

from __future__ import annotations

from sqlite_utils import Database

_STATEMENTS = (
    """
    CREATE TABLE document_successions (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        predecessor TEXT NOT NULL REFERENCES documents (id),
        successor TEXT NOT NULL REFERENCES documents (id),
        withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
        said_by TEXT NOT NULL,
        said_at TEXT NOT NULL
    ) STRICT
    """,
    # What the officer wrote when documents in force gave other figures than the entry that he published.
    "ALTER TABLE entry_drafts ADD COLUMN reason TEXT NOT NULL DEFAULT ''",
)


def apply(db: Database) -> None:
    """Add the table and the column to the knowledge room."""
    for statement in _STATEMENTS:
        db.execute(statement)
