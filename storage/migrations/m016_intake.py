"""Reports that were entered late, those put aside as a flood, and what of a chat can still be taken back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlite_utils import Database

_SHANGHAI = timedelta(hours=8)
_WORKING_DAYS = 2


def apply(db: Database) -> None:
    """Mark what was entered late, index what is put aside, and keep the numbers of messages sent."""
    db.execute("ALTER TABLE cases ADD COLUMN entered_late INTEGER NOT NULL DEFAULT 0 CHECK (entered_late IN (0, 1))")
    db.execute("CREATE INDEX case_tasks_aside ON case_tasks (case_id) WHERE kind = 'check_flood' AND done_at IS NULL")
    db.execute("CREATE TABLE sent_messages (chat_key TEXT NOT NULL, message INTEGER NOT NULL, at TEXT NOT NULL) STRICT")
    db.execute("CREATE INDEX sent_messages_chat ON sent_messages (chat_key, at)")
    db.execute("CREATE INDEX sent_messages_at ON sent_messages (at)")
    late = [
        row["id"]
        for row in db.query("SELECT id, applied_on, created_at FROM cases")
        if _weekdays_between(date.fromisoformat(row["applied_on"]), _local_date(row["created_at"])) > _WORKING_DAYS
    ]
    for case in late:
        db.execute("UPDATE cases SET entered_late = 1 WHERE id = ?", [case])


def _local_date(instant: str) -> date:
    return (datetime.fromisoformat(instant) + _SHANGHAI).date()


def _weekdays_between(start: date, end: date) -> int:
    """Return how many Mondays to Fridays lie after *start*, up to *end*."""
    return sum((start + timedelta(days=day)).weekday() < 5 for day in range(1, (end - start).days + 1))
