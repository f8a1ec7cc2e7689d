"""Which files were read, from which folders, and what came of each."""

from __future__ import annotations

from sqlite_utils import Database

_SCHEMA = """
CREATE TABLE ingest_folders (
    name TEXT PRIMARY KEY,
    path TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE ingest_files (
    source TEXT PRIMARY KEY,
    folder TEXT NOT NULL REFERENCES ingest_folders (name),
    identity TEXT NOT NULL,
    hash TEXT NOT NULL,
    rules INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('taken', 'failed', 'set_aside')),
    reason TEXT NOT NULL,
    raw TEXT NOT NULL,
    read_at TEXT NOT NULL
) STRICT;
CREATE INDEX ingest_files_folder ON ingest_files (folder);
"""


def apply(db: Database) -> None:
    """Create the tables of the ingest room."""
    for statement in _SCHEMA.split(";"):
        if statement.strip():
            db.execute(statement)
