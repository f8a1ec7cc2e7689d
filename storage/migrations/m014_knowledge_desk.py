"""The knowledge desk: documents that an officer took out of use, uploads, drafts of entries, what was dealt with."""

from __future__ import annotations

from sqlite_utils import Database

_STATEMENTS = (
    # Who took a document out of use by hand: reading its file again does not bring it back.
    "ALTER TABLE documents ADD COLUMN retired_by TEXT",
    """
    CREATE TABLE uploads (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        source TEXT NOT NULL UNIQUE,
        officer TEXT NOT NULL,
        at TEXT NOT NULL,
        outcome TEXT NOT NULL CHECK (outcome IN ('reading', 'held', 'same', 'refused', 'taken', 'dropped')),
        reason TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    """
    CREATE TABLE entry_drafts (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        entry TEXT NOT NULL,
        body TEXT NOT NULL CHECK (json_valid(body)),
        grounds TEXT NOT NULL,
        answers TEXT NOT NULL CHECK (json_valid(answers)),
        officer TEXT NOT NULL,
        saved_at TEXT NOT NULL,
        rehearsed TEXT CHECK (rehearsed IS NULL OR json_valid(rehearsed)),
        state TEXT NOT NULL CHECK (state IN ('open', 'published', 'dropped'))
    ) STRICT
    """,
    """
    CREATE TABLE questions_settled (
        answer_id TEXT PRIMARY KEY REFERENCES answers_given (id) ON DELETE CASCADE,
        entry TEXT NOT NULL,
        officer TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE feedback_settled (
        answer_id TEXT PRIMARY KEY REFERENCES answers_given (id) ON DELETE CASCADE,
        officer TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT
    """,
)


def apply(db: Database) -> None:
    """Add the column and the tables."""
    for statement in _STATEMENTS:
        db.execute(statement)
