"""Reports in the making, sealed: kept at every step, moved to another channel by a short code."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any, Final

from bot.conversation.commands import CODE_LENGTH, CODE_LETTERS
from bot.conversation.state import Draft, draft_from_text, draft_to_text
from cases.actors import Reporter
from cases.chats import chat_key
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import to_text

CODE_HOURS: Final = 24


def of_chat(store: Store, key: str) -> tuple[Draft, ...]:
    """Return the drafts of a chat, the one that is worked on first."""
    rows = store.db.query("SELECT * FROM drafts WHERE chat_key = ? AND expired_at IS NULL ORDER BY position", [key])
    return tuple(_open(store, row) for row in rows)


def keep(store: Store, owner: Reporter, kept: tuple[Draft, ...], *, before: tuple[Draft, ...], now: datetime) -> None:
    """Store the drafts of a chat in their order, those that changed; drop those of *before* that are gone."""
    check_in_transaction(store)
    key = chat_key(store, owner)
    for gone in {draft.id for draft in before} - {draft.id for draft in kept}:
        store.db.execute("DELETE FROM drafts WHERE id = ? AND chat_key = ?", [gone, key])
    for position, draft in enumerate(kept):
        if before[position : position + 1] != (draft,):
            _save(store, key, draft, position, now)
            _address(store, draft.id, owner, key)


def _address(store: Store, draft_id: str, owner: Reporter, key: str) -> None:
    """Keep where the villager can be reminded of a draft."""
    sealed = store.vault.seal(owner.chat, table="drafts", row=draft_id, column="chat")
    store.db.execute(
        "UPDATE drafts SET channel = ?, chat = ? WHERE id = ? AND chat_key = ?", [owner.channel, sealed, draft_id, key]
    )


def share(store: Store, draft: Draft, *, chat_key: str, now: datetime) -> str:
    """Store the draft and return a fresh code under which another chat may take it over, once, within ``CODE_HOURS``.

    Only its keyed hash is kept. Needs an open transaction.
    """
    check_in_transaction(store)
    _save(store, chat_key, draft, 0, now)
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    store.db.execute(
        "UPDATE drafts SET code_key = ?, code_expires_at = ? WHERE id = ?",
        [_code_key(store, code), to_text(now + timedelta(hours=CODE_HOURS)), draft.id],
    )
    return code


def adopt(store: Store, code: str, *, chat_key: str, now: datetime) -> Draft | None:
    """Move the draft of *code* to another chat and use the code up; None when the code does not work."""
    check_in_transaction(store)
    row = next(
        store.db.query(
            "SELECT * FROM drafts WHERE code_key = ? AND code_expires_at > ?", [_code_key(store, code), to_text(now)]
        ),
        None,
    )
    if row is None:
        return None
    store.db.execute(
        "UPDATE drafts SET chat_key = ?, code_key = NULL, code_expires_at = NULL, changed_at = ? WHERE id = ?",
        [chat_key, to_text(now), row["id"]],
    )
    return _open(store, row)


def _save(store: Store, chat_key: str, draft: Draft, position: int, now: datetime) -> None:
    """Write a draft of this chat; one that moved to another chat meanwhile stays as it is there."""
    body = store.vault.seal(draft_to_text(draft), table="drafts", row=draft.id, column="body")
    instant = to_text(now)
    store.db.execute(
        "INSERT INTO drafts (id, chat_key, position, body, created_at, changed_at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET position = excluded.position, body = excluded.body,"
        " changed_at = excluded.changed_at, reminded_at = NULL WHERE drafts.chat_key = excluded.chat_key",
        [draft.id, chat_key, position, body, instant, instant],
    )


def _code_key(store: Store, code: str) -> str:
    return store.vault.fingerprint("draft.code", "".join(code.split()).upper())


def _open(store: Store, row: dict[str, Any]) -> Draft:
    return draft_from_text(store.vault.open_text(row["body"], table="drafts", row=row["id"], column="body"))
