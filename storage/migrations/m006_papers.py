"""Signed heads of the audit trail, and the papers of a case: notices, meetings, referrals."""

from __future__ import annotations

from sqlite_utils import Database

_TABLES = (
    """
    CREATE TABLE audit_heads (
        number INTEGER PRIMARY KEY,
        day TEXT NOT NULL,
        seq INTEGER NOT NULL,
        hash TEXT NOT NULL,
        key TEXT NOT NULL,
        signature BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE public_notices (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        purpose TEXT NOT NULL,
        area_code TEXT NOT NULL CHECK (length(area_code) = 12),
        starts_on TEXT NOT NULL,
        ends_on TEXT NOT NULL,
        supervision TEXT NOT NULL,
        drafted_at TEXT NOT NULL,
        posted_on TEXT,
        ended_on TEXT,
        reminded_on TEXT,
        start_photo TEXT REFERENCES attachments (id),
        end_photo TEXT REFERENCES attachments (id)
    ) STRICT
    """,
    "CREATE INDEX public_notices_standing ON public_notices (ends_on) WHERE ended_on IS NULL",
    """
    CREATE TABLE public_notice_entries (
        id TEXT PRIMARY KEY,
        notice INTEGER NOT NULL REFERENCES public_notices (number),
        position INTEGER NOT NULL,
        case_id TEXT NOT NULL REFERENCES cases (id),
        body BLOB NOT NULL,
        UNIQUE (notice, case_id)
    ) STRICT
    """,
    "CREATE INDEX public_notice_entries_case ON public_notice_entries (case_id)",
    """
    CREATE TABLE objections (
        id TEXT PRIMARY KEY,
        notice INTEGER NOT NULL REFERENCES public_notices (number),
        number INTEGER NOT NULL,
        case_id TEXT NOT NULL REFERENCES cases (id),
        means TEXT NOT NULL,
        raised_on TEXT NOT NULL,
        answer_by TEXT NOT NULL,
        answered_on TEXT,
        upheld INTEGER CHECK (upheld IN (0, 1)),
        body BLOB NOT NULL,
        answer BLOB,
        UNIQUE (notice, number)
    ) STRICT
    """,
    """
    CREATE TABLE meetings (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        purpose TEXT NOT NULL,
        area_code TEXT NOT NULL,
        held_on TEXT NOT NULL,
        document_number TEXT,
        photo TEXT REFERENCES attachments (id),
        body BLOB NOT NULL,
        recorded_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE meeting_items (
        id TEXT PRIMARY KEY,
        meeting INTEGER NOT NULL REFERENCES meetings (number),
        position INTEGER NOT NULL,
        case_id TEXT NOT NULL REFERENCES cases (id),
        carried INTEGER NOT NULL CHECK (carried IN (0, 1)),
        body BLOB NOT NULL,
        UNIQUE (meeting, case_id)
    ) STRICT
    """,
    "CREATE INDEX meeting_items_case ON meeting_items (case_id)",
    """
    CREATE TABLE referrals (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        case_id TEXT NOT NULL REFERENCES cases (id),
        department TEXT NOT NULL,
        officer TEXT NOT NULL REFERENCES officers (id),
        sent_on TEXT NOT NULL,
        sign_by TEXT NOT NULL,
        due_on TEXT NOT NULL,
        signed_on TEXT,
        returned_on TEXT,
        closed_on TEXT,
        reminded_on TEXT,
        body BLOB NOT NULL,
        outcome BLOB
    ) STRICT
    """,
    "CREATE INDEX referrals_open ON referrals (due_on) WHERE closed_on IS NULL AND returned_on IS NULL",
    "CREATE INDEX referrals_case ON referrals (case_id)",
)


def apply(db: Database) -> None:
    """Create the tables of heads and papers."""
    for statement in _TABLES:
        db.execute(statement)
