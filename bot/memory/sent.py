"""The numbers of messages that a messenger gave to what we sent: kept as long as it lets us take them back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from storage.store import Store
from storage.times import to_text

# Telegram lets a bot delete messages of a private chat for so long.
TAKEN_BACK_WITHIN: Final = timedelta(hours=48)


def keep_sent(store: Store, chat_key: str, message: int, *, now: datetime) -> None:
    """Remember a message that went out, and forget those of all chats that cannot be taken back any more."""
    store.db.execute("DELETE FROM sent_messages WHERE at < ?", [to_text(now - TAKEN_BACK_WITHIN)])
    store.db.execute(
        "INSERT INTO sent_messages (chat_key, message, at) VALUES (?, ?, ?)", [chat_key, message, to_text(now)]
    )


def sent_lately(store: Store, chat_key: str, *, now: datetime) -> list[int]:
    """Return the messages to a chat that can still be taken back, oldest first."""
    rows = store.db.query(
        "SELECT message FROM sent_messages WHERE chat_key = ? AND at >= ? ORDER BY at, message",
        [chat_key, to_text(now - TAKEN_BACK_WITHIN)],
    )
    return [row["message"] for row in rows]


def forget_sent(store: Store, chat_key: str) -> None:
    """Forget the messages to a chat: they were taken back."""
    store.db.execute("DELETE FROM sent_messages WHERE chat_key = ?", [chat_key])
