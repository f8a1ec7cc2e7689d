"""Drafts that remind and run out, reports that may be about one household, what a villager's chat is slowed by."""

from __future__ import annotations

from sqlite_utils import Database

_STATEMENTS = (
    "ALTER TABLE drafts ADD COLUMN channel TEXT",
    "ALTER TABLE drafts ADD COLUMN chat BLOB",
    "ALTER TABLE drafts ADD COLUMN reminded_at TEXT",
    "ALTER TABLE drafts ADD COLUMN expired_at TEXT",
    "CREATE INDEX drafts_idle ON drafts (changed_at) WHERE expired_at IS NULL",
    """
    CREATE TABLE report_links (
        case_id TEXT NOT NULL REFERENCES cases (id),
        earlier_id TEXT NOT NULL REFERENCES cases (id),
        wish TEXT NOT NULL CHECK (wish IN ('apart', 'joined', 'again')),
        grounds TEXT NOT NULL CHECK (json_valid(grounds)),
        linked_at TEXT NOT NULL,
        settled_at TEXT,
        settled_by TEXT REFERENCES officers (id),
        same INTEGER CHECK (same IN (0, 1)),
        PRIMARY KEY (case_id, earlier_id),
        CHECK (case_id <> earlier_id),
        CHECK ((settled_at IS NULL) = (settled_by IS NULL)),
        CHECK ((settled_at IS NULL) = (same IS NULL))
    ) STRICT
    """,
    "CREATE INDEX report_links_earlier ON report_links (earlier_id)",
    """
    CREATE TABLE case_areas (
        case_id TEXT NOT NULL REFERENCES cases (id),
        area_code TEXT NOT NULL CHECK (length(area_code) IN (6, 9, 12)),
        PRIMARY KEY (case_id, area_code)
    ) STRICT
    """,
    "CREATE INDEX case_areas_area ON case_areas (area_code)",
)


def apply(db: Database) -> None:
    """Add to the drafts and make the tables of linked reports and of the areas that see a case beside its own."""
    for statement in _STATEMENTS:
        db.execute(statement)
