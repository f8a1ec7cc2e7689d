"""The durable inbox: what arrived is stored before the channel is told so, and each update is known once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.ids import new_id
from storage.store import Store
from storage.times import from_text, to_text


@dataclass(frozen=True)
class InboxItem:
    """One stored update. ``payload`` is the channel's own text (JSON), ``update`` its id within the channel."""

    id: str
    seq: int
    channel: str
    chat: str
    update: str
    payload: str
    received_at: datetime
    attempts: int
    done: bool


def receive(store: Store, *, channel: str, chat: str, update: str, payload: str, now: datetime) -> str | None:
    """Store one update, sealed; return its row id, or None when this channel brought it before.

    Works inside an open transaction (a polled batch) and outside one (a single web post).
    """
    row_id = new_id()
    instant = to_text(now)
    cursor = store.db.execute(
        "INSERT INTO inbox (id, channel, update_key, chat_key, chat, payload, received_at, not_before)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (channel, update_key) DO NOTHING",
        [
            row_id,
            channel,
            update,
            _chat_key(store, channel, chat),
            store.vault.seal(chat, table="inbox", row=row_id, column="chat"),
            store.vault.seal(payload, table="inbox", row=row_id, column="payload"),
            instant,
            instant,
        ],
    )
    return row_id if cursor.rowcount == 1 else None


def find(store: Store, *, channel: str, update: str) -> str | None:
    """Return the row id of an update that this channel brought before."""
    rows = store.db.query("SELECT id FROM inbox WHERE channel = ? AND update_key = ?", [channel, update])
    row = next(rows, None)
    return None if row is None else str(row["id"])


def pending(store: Store, *, now: datetime, limit: int) -> list[InboxItem]:
    """Return the oldest undone update of each chat, oldest first, leaving out chats that wait for a retry."""
    rows = store.db.query(
        "SELECT * FROM inbox WHERE seq IN ("
        " SELECT MIN(seq) FROM inbox WHERE done_at IS NULL AND failed_at IS NULL GROUP BY chat_key)"
        " AND not_before <= ? ORDER BY seq LIMIT ?",
        [to_text(now), limit],
    )
    return [_open(store, row) for row in rows]


def load(store: Store, row_id: str) -> InboxItem:
    """Return one stored update.

    Raises:
        LookupError: no such row.
    """
    row = next(store.db.query("SELECT * FROM inbox WHERE id = ?", [row_id]), None)
    if row is None:
        raise LookupError(f"inbox has no row {row_id}")
    return _open(store, row)


def for_chat(store: Store, *, channel: str, chat: str, after_seq: int = 0) -> list[InboxItem]:
    """Return what one chat sent, oldest first."""
    rows = store.db.query(
        "SELECT * FROM inbox WHERE chat_key = ? AND seq > ? ORDER BY seq",
        [_chat_key(store, channel, chat), after_seq],
    )
    return [_open(store, row) for row in rows]


def mark_done(store: Store, row_id: str, *, now: datetime) -> None:
    """Mark an update as handled; call it in the transaction that holds what the update caused."""
    store.db.execute("UPDATE inbox SET done_at = ? WHERE id = ?", [to_text(now), row_id])


def retry(store: Store, row_id: str, *, at: datetime) -> None:
    """Count a failed attempt and let the update wait until *at*; later updates of its chat wait behind it."""
    store.db.execute("UPDATE inbox SET attempts = attempts + 1, not_before = ? WHERE id = ?", [to_text(at), row_id])


def mark_failed(store: Store, row_id: str, *, reason: str, now: datetime) -> None:
    """Give an update up for good, so that the chat's later updates go on. *reason* holds no personal data."""
    store.db.execute(
        "UPDATE inbox SET attempts = attempts + 1, failed_at = ?, reason = ? WHERE id = ?",
        [to_text(now), reason, row_id],
    )


def is_settled(store: Store, row_id: str) -> bool:
    """Tell whether an update was handled or given up."""
    rows = store.db.query(
        "SELECT done_at IS NOT NULL OR failed_at IS NOT NULL AS settled FROM inbox WHERE id = ?", [row_id]
    )
    return any(bool(row["settled"]) for row in rows)


def count_failed(store: Store) -> int:
    """Return how many updates were given up."""
    return int(next(store.db.query("SELECT count(*) AS failed FROM inbox WHERE failed_at IS NOT NULL"))["failed"])


def forget_chat(store: Store, chat_key: str) -> None:
    """Delete what a chat said. What is still to be handled stays."""
    store.db.execute(
        "DELETE FROM inbox WHERE chat_key = ? AND (done_at IS NOT NULL OR failed_at IS NOT NULL)", [chat_key]
    )


def _chat_key(store: Store, channel: str, chat: str) -> str:
    return store.vault.fingerprint(f"chat.{channel}", chat)


def _open(store: Store, row: dict[str, Any]) -> InboxItem:
    row_id = row["id"]
    return InboxItem(
        id=row_id,
        seq=row["seq"],
        channel=row["channel"],
        chat=store.vault.open_text(row["chat"], table="inbox", row=row_id, column="chat"),
        update=row["update_key"],
        payload=store.vault.open_text(row["payload"], table="inbox", row=row_id, column="payload"),
        received_at=from_text(row["received_at"]),
        attempts=row["attempts"],
        done=row["done_at"] is not None,
    )
