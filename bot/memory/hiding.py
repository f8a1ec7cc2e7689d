"""A chat that somebody hides: what was said so far is shown no more, and the conversation forgets it."""

from __future__ import annotations

from datetime import datetime

from cases.duty.alarms import Subject, silence
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import to_text


def hide(store: Store, chat_key: str, *, now: datetime) -> None:
    """Hide everything that a chat said and was told until now. Needs an open transaction.

    What was reported or asked for goes on; officers who were called still see what they need. The chat itself hears
    nothing more of its calls: somebody else may be holding the phone.
    """
    check_in_transaction(store)
    said, told = (
        next(store.db.query(f"SELECT coalesce(max(seq), 0) AS seq FROM {line} WHERE chat_key = ?", [chat_key]))["seq"]  # noqa: S608 - two names of our own
        for line in ("inbox", "outbox")
    )
    store.db.execute(
        "INSERT INTO hidden_chats (chat_key, said, told, hidden_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (chat_key) DO UPDATE SET said = excluded.said, told = excluded.told,"
        " hidden_at = excluded.hidden_at",
        [chat_key, said, told, to_text(now)],
    )
    for row in list(store.db.query("SELECT id FROM calls WHERE chat_key = ? AND closed_at IS NULL", [chat_key])):
        silence(store, Subject(call_id=row["id"]))


def hidden_until(store: Store, chat_key: str) -> tuple[int, int]:
    """Return up to which place in the inbox and in the outbox a chat is hidden; zeros: nothing is."""
    row = next(store.db.query("SELECT said, told FROM hidden_chats WHERE chat_key = ?", [chat_key]), None)
    return (row["said"], row["told"]) if row else (0, 0)
