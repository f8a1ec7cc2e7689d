"""Whom intake is offered to, departments, referrals to us, papers that expire, split households, merged villages."""

from __future__ import annotations

from sqlite_utils import Database

_TABLES = (
    "ALTER TABLE cases ADD COLUMN offered_to TEXT REFERENCES officers (id)",
    "CREATE INDEX cases_offered ON cases (offered_to) WHERE active = 1",
    "ALTER TABLE referrals ADD COLUMN inbound INTEGER NOT NULL DEFAULT 0 CHECK (inbound IN (0, 1))",
    """
    CREATE TABLE officer_departments (
        officer TEXT PRIMARY KEY REFERENCES officers (id),
        department TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE case_papers (
        case_id TEXT NOT NULL REFERENCES cases (id),
        version INTEGER NOT NULL,
        expires_on TEXT NOT NULL,
        reminded_on TEXT,
        PRIMARY KEY (case_id, version)
    ) STRICT
    """,
    "CREATE INDEX case_papers_expiring ON case_papers (expires_on) WHERE reminded_on IS NULL",
    """
    CREATE TABLE case_links (
        from_case TEXT NOT NULL REFERENCES cases (id),
        to_case TEXT NOT NULL REFERENCES cases (id),
        kind TEXT NOT NULL CHECK (kind IN ('split', 'joined')),
        at TEXT NOT NULL,
        PRIMARY KEY (from_case, to_case)
    ) STRICT
    """,
    """
    CREATE TABLE merged_areas (
        old TEXT PRIMARY KEY,
        new TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT
    """,
)


def apply(db: Database) -> None:
    """Extend the tables of the review queue."""
    for statement in _TABLES:
        db.execute(statement)
