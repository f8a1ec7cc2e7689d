"""The officers' console: passwords, sessions, forms that were taken, saved views, sheets that are being filled."""

from __future__ import annotations

from sqlite_utils import Database

_TABLES = (
    """
    CREATE TABLE officer_passwords (
        officer TEXT PRIMARY KEY REFERENCES officers (id),
        hash TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        totp BLOB,
        totp_step INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    """
    CREATE TABLE officer_sessions (
        token_key TEXT PRIMARY KEY,
        officer TEXT NOT NULL REFERENCES officers (id),
        device TEXT NOT NULL,
        opened_at TEXT NOT NULL,
        seen_at TEXT NOT NULL,
        ended_at TEXT
    ) STRICT
    """,
    "CREATE INDEX officer_sessions_officer ON officer_sessions (officer)",
    """
    CREATE TABLE sign_in_failures (
        name_key TEXT PRIMARY KEY,
        failures INTEGER NOT NULL,
        last_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE desk_posts (
        turn TEXT PRIMARY KEY,
        officer TEXT NOT NULL REFERENCES officers (id),
        at TEXT NOT NULL,
        address TEXT NOT NULL,
        said TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX desk_posts_at ON desk_posts (at)",
    """
    CREATE TABLE desk_reveals (
        token_key TEXT NOT NULL REFERENCES officer_sessions (token_key),
        case_id TEXT NOT NULL REFERENCES cases (id),
        until_at TEXT NOT NULL,
        PRIMARY KEY (token_key, case_id)
    ) STRICT
    """,
    """
    CREATE TABLE desk_views (
        id TEXT PRIMARY KEY,
        officer TEXT NOT NULL REFERENCES officers (id),
        name BLOB NOT NULL,
        query TEXT NOT NULL,
        saved_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX desk_views_officer ON desk_views (officer)",
    """
    CREATE TABLE desk_drafts (
        id TEXT PRIMARY KEY,
        officer TEXT NOT NULL REFERENCES officers (id),
        case_id TEXT NOT NULL REFERENCES cases (id),
        body BLOB NOT NULL,
        saved_at TEXT NOT NULL,
        UNIQUE (officer, case_id)
    ) STRICT
    """,
    "CREATE INDEX cases_changed ON cases (changed_at)",
    # The queue's own order: a wide area is read in it and left as soon as a page is full.
    """
    CREATE INDEX cases_order ON cases (
        active, urgent DESC, due_on IS NULL, due_on, assignee IS NOT NULL, created_at,
        area_code, state, workflow, workflow_version, id
    )
    """,
    # All that a count asks for, so that counting reads no case.
    """
    CREATE INDEX cases_counted ON cases (
        active, area_code, state, due_on, urgent, assignee, workflow, workflow_version, changed_at, id
    )
    """,
    "CREATE INDEX audit_at ON audit (at)",
)


def apply(db: Database) -> None:
    """Create the tables of the console, and the indexes that its pages read by."""
    for statement in _TABLES:
        db.execute(statement)
