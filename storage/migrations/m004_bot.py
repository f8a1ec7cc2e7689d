"""Conversations, drafts, answers given and their feedback, calls for a person."""

from __future__ import annotations

from sqlite_utils import Database

_TABLES = (
    """
    CREATE TABLE conversations (
        id TEXT PRIMARY KEY,
        chat_key TEXT NOT NULL UNIQUE,
        version INTEGER NOT NULL,
        state BLOB NOT NULL,
        changed_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE drafts (
        id TEXT PRIMARY KEY,
        chat_key TEXT NOT NULL,
        position INTEGER NOT NULL,
        body BLOB NOT NULL,
        code_key TEXT UNIQUE,
        code_expires_at TEXT,
        created_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        CHECK ((code_key IS NULL) = (code_expires_at IS NULL))
    ) STRICT
    """,
    "CREATE INDEX drafts_chat ON drafts (chat_key, position)",
    """
    CREATE TABLE answers_given (
        id TEXT PRIMARY KEY,
        chat_key TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('answer', 'abstain', 'clarify')),
        question BLOB NOT NULL,
        area_code TEXT,
        confidence REAL NOT NULL,
        documents TEXT NOT NULL CHECK (json_valid(documents)),
        at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX answers_given_kind ON answers_given (kind, at)",
    """
    CREATE TABLE feedback (
        answer_id TEXT NOT NULL REFERENCES answers_given (id),
        chat_key TEXT NOT NULL,
        useful INTEGER NOT NULL CHECK (useful IN (0, 1)),
        at TEXT NOT NULL,
        PRIMARY KEY (answer_id, chat_key)
    ) STRICT
    """,
    """
    CREATE TABLE calls (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        reason TEXT NOT NULL CHECK (reason IN ('wish', 'danger', 'violence', 'complaint')),
        area_code TEXT NOT NULL,
        chat_key TEXT NOT NULL,
        channel TEXT NOT NULL,
        body BLOB NOT NULL,
        opened_at TEXT NOT NULL,
        closed_at TEXT,
        closed_by TEXT REFERENCES officers (id)
    ) STRICT
    """,
    "CREATE INDEX calls_open ON calls (area_code) WHERE closed_at IS NULL",
)


def apply(db: Database) -> None:
    """Create the tables of the bot room."""
    for statement in _TABLES:
        db.execute(statement)
