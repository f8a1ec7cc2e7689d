"""What documents say of one another, what officers put right, and who speaks in a passage."""

from __future__ import annotations

from sqlite_utils import Database

_STATEMENTS = (
    """
    CREATE TABLE document_relations (
        document TEXT NOT NULL REFERENCES documents (id),
        position INTEGER NOT NULL,
        tie TEXT NOT NULL CHECK (tie IN ('废止', '替代', '修订')),
        number TEXT NOT NULL,
        title TEXT NOT NULL,
        title_key TEXT NOT NULL,
        evidence TEXT NOT NULL,
        start INTEGER NOT NULL,
        confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
        PRIMARY KEY (document, position)
    ) STRICT
    """,
    "CREATE INDEX document_relations_number ON document_relations (number)",
    "CREATE INDEX document_relations_title ON document_relations (title_key)",
    """
    CREATE TABLE document_corrections (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        document TEXT NOT NULL REFERENCES documents (id),
        field TEXT NOT NULL,
        value TEXT,
        withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
        corrected_by TEXT NOT NULL,
        corrected_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX document_corrections_document ON document_corrections (document, seq)",
    "ALTER TABLE passages ADD COLUMN speaker TEXT NOT NULL DEFAULT ''",
)


def apply(db: Database) -> None:
    """Add the tables to the knowledge room."""
    for statement in _STATEMENTS:
        db.execute(statement)
