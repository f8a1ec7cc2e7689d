"""Rows of the index that ask about what nothing tells of."""

from __future__ import annotations

from sqlite_utils import Database

_STATEMENTS = (
    """
    CREATE TABLE indexed_rows (
        generation INTEGER NOT NULL REFERENCES generations (number) ON DELETE CASCADE,
        row INTEGER NOT NULL,
        unit TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('passage', 'question', 'answer', 'untold')),
        key TEXT NOT NULL,
        PRIMARY KEY (generation, row)
    ) STRICT
    """,
    "INSERT INTO indexed_rows (generation, row, unit, kind, key)"
    " SELECT generation, row, unit, kind, key FROM generation_passages",
    "DROP TABLE generation_passages",
    "ALTER TABLE indexed_rows RENAME TO generation_passages",
)


def apply(db: Database) -> None:
    """Let the rows of a generation be of one more kind."""
    for statement in _STATEMENTS:
        db.execute(statement)
