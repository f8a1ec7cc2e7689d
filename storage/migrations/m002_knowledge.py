"""Documents and their passages, entries, and the index generations built from them."""

from __future__ import annotations

from sqlite_utils import Database

_SCHEMA = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    source_hash TEXT NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    number TEXT NOT NULL,
    index_number TEXT NOT NULL,
    url TEXT NOT NULL,
    written_on TEXT,
    published_on TEXT,
    valid_from TEXT,
    valid_to TEXT,
    area TEXT CHECK (length(area) IN (0, 2, 4, 6, 9, 12)),
    audience TEXT NOT NULL CHECK (audience IN ('公开', '干部', '内部')),
    authority TEXT NOT NULL CHECK (authority IN ('official', 'media', 'template')),
    kind TEXT NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('不限', '脱贫攻坚', '过渡期', '常态化')),
    replaced_by TEXT,
    fingerprint TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    retired_at TEXT
) STRICT;
CREATE INDEX documents_source ON documents (source);

CREATE TABLE editions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    document TEXT NOT NULL REFERENCES documents (id),
    source_hash TEXT NOT NULL,
    original TEXT NOT NULL,
    text TEXT NOT NULL,
    cleaning_report TEXT NOT NULL CHECK (json_valid(cleaning_report)),
    read_at TEXT NOT NULL
) STRICT;
CREATE INDEX editions_document ON editions (document, seq);

CREATE TABLE passages (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (id),
    section TEXT NOT NULL CHECK (json_valid(section)),
    original TEXT NOT NULL,
    text TEXT NOT NULL,
    original_start INTEGER NOT NULL,
    original_end INTEGER NOT NULL CHECK (original_end >= original_start),
    text_start INTEGER NOT NULL,
    text_end INTEGER NOT NULL CHECK (text_end >= text_start),
    position INTEGER NOT NULL,
    page INTEGER,
    current INTEGER NOT NULL CHECK (current IN (0, 1))
) STRICT;
CREATE INDEX passages_document ON passages (document, position);

CREATE TABLE entries (
    id TEXT PRIMARY KEY,
    area TEXT NOT NULL CHECK (length(area) IN (0, 2, 4, 6, 9, 12)),
    body TEXT NOT NULL CHECK (json_valid(body)),
    origin TEXT NOT NULL CHECK (origin IN ('starter', 'officer')),
    edited_by TEXT,
    saved_at TEXT NOT NULL,
    retired_at TEXT
) STRICT;

CREATE TABLE generations (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    model_id TEXT NOT NULL,
    starter TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    size INTEGER NOT NULL,
    built_at TEXT NOT NULL,
    live INTEGER NOT NULL CHECK (live IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX generations_live ON generations (live) WHERE live = 1;

CREATE TABLE generation_passages (
    generation INTEGER NOT NULL REFERENCES generations (number) ON DELETE CASCADE,
    row INTEGER NOT NULL,
    unit TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('passage', 'question', 'answer')),
    key TEXT NOT NULL,
    PRIMARY KEY (generation, row)
) STRICT;
"""


def apply(db: Database) -> None:
    """Create the tables of the knowledge room."""
    for statement in _SCHEMA.split(";"):
        if statement.strip():
            db.execute(statement)
