"""Keys that can be changed, duty alarms, lanes beside the cases, erasures."""

from __future__ import annotations

from sqlite_utils import Database

_TABLES = (
    """
    CREATE TABLE data_keys (
        id TEXT PRIMARY KEY,
        wrapped BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE duty_roster (
        area_code TEXT NOT NULL CHECK (length(area_code) IN (6, 9, 12)),
        position INTEGER NOT NULL,
        officer TEXT NOT NULL REFERENCES officers (id),
        PRIMARY KEY (area_code, position)
    ) STRICT
    """,
    """
    CREATE TABLE officer_phones (
        officer TEXT NOT NULL REFERENCES officers (id),
        phone_key TEXT NOT NULL,
        PRIMARY KEY (officer, phone_key)
    ) STRICT
    """,
    "CREATE INDEX officer_phones_phone ON officer_phones (phone_key)",
    """
    CREATE TABLE alarms (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        case_id TEXT REFERENCES cases (id),
        call_id TEXT,
        lane TEXT NOT NULL CHECK (lane IN ('duty', 'above', 'protection', 'child')),
        area_code TEXT NOT NULL,
        channel TEXT NOT NULL,
        chat BLOB NOT NULL,
        raised_at TEXT NOT NULL,
        rung_at TEXT NOT NULL,
        rings INTEGER NOT NULL,
        confirmed_at TEXT,
        confirmed_by TEXT REFERENCES officers (id),
        closed_at TEXT,
        false_alarm INTEGER NOT NULL DEFAULT 0 CHECK (false_alarm IN (0, 1)),
        CHECK ((case_id IS NULL) <> (call_id IS NULL))
    ) STRICT
    """,
    "CREATE INDEX alarms_open ON alarms (rung_at) WHERE confirmed_at IS NULL AND closed_at IS NULL",
    "CREATE INDEX alarms_case ON alarms (case_id) WHERE case_id IS NOT NULL",
    "CREATE INDEX alarms_call ON alarms (call_id) WHERE call_id IS NOT NULL",
    # SQLite changes no CHECK: the table is made anew.
    """
    CREATE TABLE calls_anew (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        reason TEXT NOT NULL CHECK (reason IN ('wish', 'danger', 'violence', 'child', 'complaint')),
        area_code TEXT NOT NULL,
        chat_key TEXT NOT NULL,
        channel TEXT NOT NULL,
        body BLOB NOT NULL,
        anonymous INTEGER NOT NULL DEFAULT 0 CHECK (anonymous IN (0, 1)),
        opened_at TEXT NOT NULL,
        closed_at TEXT,
        closed_by TEXT REFERENCES officers (id)
    ) STRICT
    """,
    """
    INSERT INTO calls_anew (number, id, reason, area_code, chat_key, channel, body, opened_at, closed_at, closed_by)
    SELECT number, id, reason, area_code, chat_key, channel, body, opened_at, closed_at, closed_by FROM calls
    """,
    "UPDATE calls SET body = zeroblob(length(body))",
    "DROP TABLE calls",
    "ALTER TABLE calls_anew RENAME TO calls",
    "CREATE INDEX calls_open ON calls (area_code) WHERE closed_at IS NULL",
    """
    CREATE TABLE call_kept_from (
        call_id TEXT NOT NULL,
        officer TEXT NOT NULL REFERENCES officers (id),
        PRIMARY KEY (call_id, officer)
    ) STRICT
    """,
    """
    CREATE TABLE call_tasks (
        id TEXT PRIMARY KEY,
        call_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        position INTEGER NOT NULL,
        note BLOB,
        done_at TEXT,
        done_by TEXT REFERENCES officers (id),
        UNIQUE (call_id, kind)
    ) STRICT
    """,
    """
    CREATE TABLE hidden_chats (
        chat_key TEXT PRIMARY KEY,
        said INTEGER NOT NULL,
        told INTEGER NOT NULL,
        hidden_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE erasures (
        case_id TEXT PRIMARY KEY REFERENCES cases (id),
        reason TEXT NOT NULL CHECK (reason IN ('withdrawn', 'kept_long_enough')),
        asked_by TEXT NOT NULL REFERENCES officers (id),
        asked_at TEXT NOT NULL,
        confirmed_by TEXT REFERENCES officers (id),
        erased_at TEXT,
        CHECK ((confirmed_by IS NULL) = (erased_at IS NULL))
    ) STRICT
    """,
)


def apply(db: Database) -> None:
    """Create the tables."""
    for statement in _TABLES:
        db.execute(statement)
