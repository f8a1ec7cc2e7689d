"""Inbox, outbox, attachments, case keys and the audit trail."""

from __future__ import annotations

from sqlite_utils import Database

_TABLES = (
    """
    CREATE TABLE key_check (id INTEGER PRIMARY KEY CHECK (id = 1), value BLOB NOT NULL) STRICT
    """,
    """
    CREATE TABLE inbox (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        channel TEXT NOT NULL,
        update_key TEXT NOT NULL,
        chat_key TEXT NOT NULL,
        chat BLOB NOT NULL,
        payload BLOB NOT NULL,
        received_at TEXT NOT NULL,
        not_before TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        done_at TEXT,
        failed_at TEXT,
        reason TEXT,
        UNIQUE (channel, update_key)
    ) STRICT
    """,
    "CREATE INDEX inbox_open ON inbox (chat_key, seq) WHERE done_at IS NULL AND failed_at IS NULL",
    "CREATE INDEX inbox_chat ON inbox (chat_key, seq)",
    """
    CREATE TABLE outbox (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        channel TEXT NOT NULL,
        chat_key TEXT NOT NULL,
        chat BLOB NOT NULL,
        kind TEXT NOT NULL,
        params BLOB NOT NULL,
        notice INTEGER NOT NULL CHECK (notice IN (0, 1)),
        case_id TEXT,
        created_at TEXT NOT NULL,
        not_before TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        sent_at TEXT,
        given_up_at TEXT,
        reason TEXT
    ) STRICT
    """,
    "CREATE INDEX outbox_open ON outbox (channel, chat_key, seq) WHERE sent_at IS NULL AND given_up_at IS NULL",
    "CREATE INDEX outbox_chat ON outbox (chat_key, seq)",
    """
    CREATE TABLE attachments (
        id TEXT PRIMARY KEY,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        wrapped_key BLOB NOT NULL,
        case_id TEXT,
        created_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE case_keys (
        case_id TEXT PRIMARY KEY,
        wrapped_key BLOB,
        created_at TEXT NOT NULL,
        erased_at TEXT
    ) STRICT
    """,
    """
    CREATE TABLE audit (
        seq INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        event TEXT NOT NULL,
        subject TEXT NOT NULL,
        facts TEXT NOT NULL,
        salt BLOB NOT NULL,
        commitment TEXT NOT NULL,
        previous TEXT NOT NULL,
        hash TEXT NOT NULL UNIQUE
    ) STRICT
    """,
    """
    CREATE TRIGGER audit_is_append_only_update BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END
    """,
    """
    CREATE TRIGGER audit_is_append_only_delete BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit rows are never deleted'); END
    """,
    "CREATE INDEX audit_subject ON audit (subject, seq)",
)


def apply(db: Database) -> None:
    """Create the tables of the storage room."""
    for statement in _TABLES:
        db.execute(statement)
