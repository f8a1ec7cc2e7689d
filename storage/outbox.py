"""The durable outbox: what must be said, written in the same transaction as what happened, sent afterwards."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.database import check_in_transaction
from storage.ids import new_id
from storage.store import Store
from storage.times import from_text, to_text


@dataclass(frozen=True)
class OutboxItem:
    """One thing to say: kind and parameters; the sentence is made when it is sent.

    ``notice`` tells a notice (someone else did something) from an answer (the chat just spoke). ``parts`` counts
    the parts of a long message that went out already.
    """

    id: str
    seq: int
    channel: str
    chat: str
    kind: str
    params: Mapping[str, Any]
    notice: bool
    case_id: str | None
    created_at: datetime
    attempts: int
    parts: int
    sent: bool


def put(  # noqa: PLR0913 - one row, its columns named by keyword
    store: Store,
    *,
    channel: str,
    chat: str,
    kind: str,
    params: Mapping[str, Any],
    notice: bool,
    now: datetime,
    case_id: str | None = None,
) -> str:
    """Add one row to the chat's line, sealed; return its id. Needs the transaction of what it tells about."""
    check_in_transaction(store)
    row_id = new_id()
    instant = to_text(now)
    store.db.execute(
        "INSERT INTO outbox (id, channel, chat_key, chat, kind, params, notice, case_id, created_at, not_before)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            row_id,
            channel,
            _chat_key(store, channel, chat),
            store.vault.seal(chat, table="outbox", row=row_id, column="chat"),
            kind,
            store.vault.seal(json.dumps(params, ensure_ascii=False), table="outbox", row=row_id, column="params"),
            int(notice),
            case_id,
            instant,
            instant,
        ],
    )
    return row_id


def due(store: Store, *, channel: str, now: datetime, limit: int) -> list[OutboxItem]:
    """Return the head of each chat's line on *channel* that may go now, answers before notices.

    A head that waits for a retry holds its whole line: order per chat is first in, first out.
    """
    rows = store.db.query(
        "SELECT * FROM outbox WHERE seq IN ("
        " SELECT MIN(seq) FROM outbox WHERE channel = ? AND sent_at IS NULL AND given_up_at IS NULL GROUP BY chat_key)"
        " AND not_before <= ? ORDER BY notice, seq LIMIT ?",
        [channel, to_text(now), limit],
    )
    return [_open(store, row) for row in rows]


def for_chat(store: Store, *, channel: str, chat: str, after_seq: int = 0) -> list[OutboxItem]:
    """Return all that was or will be said to one chat, oldest first."""
    rows = store.db.query(
        "SELECT * FROM outbox WHERE chat_key = ? AND seq > ? ORDER BY seq",
        [_chat_key(store, channel, chat), after_seq],
    )
    return [_open(store, row) for row in rows]


def waiting(store: Store, *, channel: str, chat: str) -> list[OutboxItem]:
    """Return what is still to be said to one chat, oldest first."""
    rows = store.db.query(
        "SELECT * FROM outbox WHERE chat_key = ? AND sent_at IS NULL AND given_up_at IS NULL ORDER BY seq",
        [_chat_key(store, channel, chat)],
    )
    return [_open(store, row) for row in rows]


def unread(store: Store, *, channel: str, chat: str) -> int:
    """Return how many messages to one chat were not delivered yet."""
    query = "SELECT count(*) AS waiting FROM outbox WHERE chat_key = ? AND sent_at IS NULL AND given_up_at IS NULL"
    return int(next(store.db.query(query, [_chat_key(store, channel, chat)]))["waiting"])


def address_of(store: Store, chat_key: str) -> tuple[str, str] | None:
    """Return channel and chat under which a chat was last spoken to, None when it never was."""
    row = next(store.db.query("SELECT * FROM outbox WHERE chat_key = ? ORDER BY seq DESC LIMIT 1", [chat_key]), None)
    return None if row is None else (row["channel"], _open(store, row).chat)


def stuck(store: Store, *, channel: str, since: datetime) -> int:
    """Return how many messages on *channel* were put in line before *since* and wait still."""
    query = "SELECT count(*) AS stuck FROM outbox WHERE channel = ? AND sent_at IS NULL AND given_up_at IS NULL"
    return int(next(store.db.query(f"{query} AND created_at < ?", [channel, to_text(since)]))["stuck"])


def mark_sent(store: Store, row_id: str, *, now: datetime) -> None:
    """Mark a row as delivered; the first mark stands."""
    store.db.execute("UPDATE outbox SET sent_at = ? WHERE id = ? AND sent_at IS NULL", [to_text(now), row_id])


def mark_parts(store: Store, row_id: str, parts: int) -> None:
    """Remember how many parts of a row went out, so that another attempt goes on behind them."""
    store.db.execute("UPDATE outbox SET parts = ? WHERE id = ?", [parts, row_id])


def retry(store: Store, row_id: str, *, at: datetime) -> None:
    """Count a failed attempt and try again not before *at*."""
    store.db.execute("UPDATE outbox SET attempts = attempts + 1, not_before = ? WHERE id = ?", [to_text(at), row_id])


def give_up(store: Store, row_id: str, *, reason: str, now: datetime) -> None:
    """Take a row out of its line unsent. *reason* holds no personal data."""
    store.db.execute(
        "UPDATE outbox SET attempts = attempts + 1, given_up_at = ?, reason = ? WHERE id = ? AND sent_at IS NULL",
        [to_text(now), reason, row_id],
    )


def forget_case(store: Store, case_id: str) -> None:
    """Delete every row about a case, sent or not."""
    check_in_transaction(store)
    store.db.execute("DELETE FROM outbox WHERE case_id = ?", [case_id])


def forget_chat(store: Store, chat_key: str) -> None:
    """Delete what was said to a chat. What is still to be sent stays."""
    check_in_transaction(store)
    store.db.execute(
        "DELETE FROM outbox WHERE chat_key = ? AND (sent_at IS NOT NULL OR given_up_at IS NOT NULL)", [chat_key]
    )


def _chat_key(store: Store, channel: str, chat: str) -> str:
    return store.vault.fingerprint(f"chat.{channel}", chat)


def _open(store: Store, row: dict[str, Any]) -> OutboxItem:
    row_id = row["id"]
    return OutboxItem(
        id=row_id,
        seq=row["seq"],
        channel=row["channel"],
        chat=store.vault.open_text(row["chat"], table="outbox", row=row_id, column="chat"),
        kind=row["kind"],
        params=json.loads(store.vault.open_text(row["params"], table="outbox", row=row_id, column="params")),
        notice=bool(row["notice"]),
        case_id=row["case_id"],
        created_at=from_text(row["created_at"]),
        attempts=row["attempts"],
        parts=row["parts"],
        sent=row["sent_at"] is not None,
    )
