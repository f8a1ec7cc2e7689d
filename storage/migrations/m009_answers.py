"""What an answer said and quoted, beside its question; how many parts of a long message went out."""

from __future__ import annotations

from sqlite_utils import Database

_STATEMENTS = (
    "ALTER TABLE answers_given ADD COLUMN answer TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE answers_given ADD COLUMN quotes TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(quotes))",
    "ALTER TABLE outbox ADD COLUMN parts INTEGER NOT NULL DEFAULT 0",
)


def apply(db: Database) -> None:
    """Add the columns; rows that are there have said nothing of it."""
    for statement in _STATEMENTS:
        db.execute(statement)
