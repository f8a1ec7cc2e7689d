"""Officers and their links, cases with their people, forms, events, deadlines and tasks."""

from __future__ import annotations

from sqlite_utils import Database

_TABLES = (
    """
    CREATE TABLE officers (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        name BLOB NOT NULL,
        name_key TEXT NOT NULL,
        created_at TEXT NOT NULL,
        removed_at TEXT
    ) STRICT
    """,
    "CREATE INDEX officers_name ON officers (name_key)",
    """
    CREATE TABLE officer_roles (
        officer TEXT NOT NULL REFERENCES officers (id),
        role TEXT NOT NULL,
        scope TEXT NOT NULL,
        PRIMARY KEY (officer, role, scope)
    ) STRICT
    """,
    "CREATE INDEX officer_roles_scope ON officer_roles (role, scope)",
    """
    CREATE TABLE officer_channels (
        id TEXT PRIMARY KEY,
        officer TEXT NOT NULL REFERENCES officers (id),
        channel TEXT NOT NULL,
        chat BLOB NOT NULL,
        chat_key TEXT NOT NULL UNIQUE,
        bound_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX officer_channels_officer ON officer_channels (officer)",
    """
    CREATE TABLE one_time_links (
        code_key TEXT PRIMARY KEY,
        officer TEXT NOT NULL REFERENCES officers (id),
        expires_at TEXT NOT NULL,
        used_at TEXT
    ) STRICT
    """,
    """
    CREATE TABLE officer_leaves (
        id INTEGER PRIMARY KEY,
        officer TEXT NOT NULL REFERENCES officers (id),
        from_on TEXT NOT NULL,
        until_on TEXT NOT NULL,
        deputy TEXT REFERENCES officers (id),
        CHECK (from_on <= until_on)
    ) STRICT
    """,
    "CREATE INDEX officer_leaves_officer ON officer_leaves (officer, until_on)",
    """
    CREATE TABLE workflows (
        name TEXT NOT NULL,
        version TEXT NOT NULL,
        body TEXT NOT NULL CHECK (json_valid(body)),
        PRIMARY KEY (name, version)
    ) STRICT
    """,
    """
    CREATE TABLE cases (
        id TEXT PRIMARY KEY,
        receipt TEXT NOT NULL UNIQUE CHECK (length(receipt) = 11),
        submission_id TEXT NOT NULL UNIQUE,
        state TEXT NOT NULL,
        version INTEGER NOT NULL,
        active INTEGER NOT NULL CHECK (active IN (0, 1)),
        urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
        area_code TEXT NOT NULL CHECK (length(area_code) IN (6, 9, 12)),
        assignee TEXT REFERENCES officers (id),
        due_on TEXT,
        due_provisional INTEGER NOT NULL CHECK (due_provisional IN (0, 1)),
        workflow TEXT NOT NULL,
        workflow_version TEXT NOT NULL,
        applied_on TEXT NOT NULL,
        created_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        FOREIGN KEY (workflow, workflow_version) REFERENCES workflows (name, version)
    ) STRICT
    """,
    "CREATE INDEX cases_queue ON cases (active, area_code, due_on)",
    "CREATE INDEX cases_assignee ON cases (assignee) WHERE active = 1",
    """
    CREATE TABLE case_people (
        id TEXT PRIMARY KEY,
        case_id TEXT NOT NULL REFERENCES cases (id),
        part TEXT NOT NULL CHECK (part IN ('householder', 'reporter')),
        name BLOB NOT NULL,
        phone BLOB,
        name_key TEXT NOT NULL,
        sound_key TEXT NOT NULL,
        phone_key TEXT,
        UNIQUE (case_id, part)
    ) STRICT
    """,
    "CREATE INDEX case_people_name ON case_people (name_key)",
    "CREATE INDEX case_people_sound ON case_people (sound_key)",
    "CREATE INDEX case_people_phone ON case_people (phone_key)",
    """
    CREATE TABLE case_forms (
        id TEXT PRIMARY KEY,
        case_id TEXT NOT NULL UNIQUE REFERENCES cases (id),
        body BLOB NOT NULL,
        created_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE case_chats (
        id TEXT PRIMARY KEY,
        case_id TEXT NOT NULL UNIQUE REFERENCES cases (id),
        channel TEXT NOT NULL,
        chat BLOB NOT NULL,
        chat_key TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX case_chats_chat ON case_chats (chat_key)",
    """
    CREATE TABLE case_events (
        id TEXT PRIMARY KEY,
        case_id TEXT NOT NULL REFERENCES cases (id),
        version INTEGER NOT NULL,
        event TEXT NOT NULL,
        from_state TEXT,
        to_state TEXT NOT NULL,
        officer TEXT REFERENCES officers (id),
        happened_on TEXT NOT NULL,
        recorded_at TEXT NOT NULL,
        details BLOB NOT NULL,
        UNIQUE (case_id, version)
    ) STRICT
    """,
    """
    CREATE TABLE case_deadlines (
        id INTEGER PRIMARY KEY,
        case_id TEXT NOT NULL REFERENCES cases (id),
        key TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('limit', 'span')),
        starts_on TEXT NOT NULL,
        due_on TEXT NOT NULL,
        warn_on TEXT NOT NULL,
        provisional INTEGER NOT NULL CHECK (provisional IN (0, 1)),
        opened_at TEXT NOT NULL,
        closed_on TEXT,
        closed_by TEXT,
        soon_at TEXT,
        today_at TEXT,
        overdue_at TEXT
    ) STRICT
    """,
    "CREATE UNIQUE INDEX case_deadlines_one_open ON case_deadlines (case_id, key) WHERE closed_on IS NULL",
    "CREATE INDEX case_deadlines_due ON case_deadlines (warn_on) WHERE closed_on IS NULL AND overdue_at IS NULL",
    """
    CREATE TABLE case_tasks (
        id TEXT PRIMARY KEY,
        case_id TEXT NOT NULL REFERENCES cases (id),
        kind TEXT NOT NULL,
        about TEXT NOT NULL,
        opened_at TEXT NOT NULL,
        done_at TEXT,
        dropped INTEGER NOT NULL DEFAULT 0 CHECK (dropped IN (0, 1))
    ) STRICT
    """,
    "CREATE INDEX case_tasks_open ON case_tasks (case_id) WHERE done_at IS NULL",
    """
    CREATE TABLE case_incomes (
        case_id TEXT NOT NULL REFERENCES cases (id),
        version INTEGER NOT NULL,
        items_key TEXT NOT NULL,
        PRIMARY KEY (case_id, version)
    ) STRICT
    """,
    "CREATE INDEX case_incomes_items ON case_incomes (items_key)",
    """
    CREATE TABLE case_visits (
        case_id TEXT NOT NULL REFERENCES cases (id),
        version INTEGER NOT NULL,
        visited_on TEXT NOT NULL,
        pair_key TEXT NOT NULL,
        PRIMARY KEY (case_id, version)
    ) STRICT
    """,
    "CREATE INDEX case_visits_pair ON case_visits (pair_key, visited_on)",
    """
    CREATE TABLE case_recusals (
        case_id TEXT NOT NULL REFERENCES cases (id),
        officer TEXT NOT NULL REFERENCES officers (id),
        at TEXT NOT NULL,
        PRIMARY KEY (case_id, officer)
    ) STRICT
    """,
    """
    CREATE TABLE progress_lookups (
        chat_key TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX progress_lookups_chat ON progress_lookups (chat_key, at)",
)


def apply(db: Database) -> None:
    """Create the tables of the cases room."""
    for statement in _TABLES:
        db.execute(statement)
