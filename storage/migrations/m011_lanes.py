"""Keys that can be changed, duty alarms, lanes beside the cases, receipt codes, erasures, the record of backups."""

from __future__ import annotations

from sqlite_utils import Database

_TABLES = (
    """
    CREATE TABLE data_keys (
        id TEXT PRIMARY KEY,
        wrapped BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE backups (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        made_at TEXT NOT NULL,
        attachments INTEGER NOT NULL,
        size INTEGER NOT NULL
    ) STRICT
    """,
)


def apply(db: Database) -> None:
    """Create the tables."""
    for statement in _TABLES:
        db.execute(statement)
