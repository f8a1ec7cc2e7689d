"""At which version of a case a meeting spoke of it."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Extend the items of meetings; those of before are of no version and open no gate again."""
    db.execute("ALTER TABLE meeting_items ADD COLUMN version INTEGER NOT NULL DEFAULT 0")
