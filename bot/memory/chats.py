"""The state of each chat, sealed, changed by compare and set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.conversation.state import State, state_from_text, state_to_text
from bot.memory import drafts
from cases.actors import Reporter
from storage.database import check_in_transaction
from storage.ids import new_id
from storage.store import Store
from storage.times import to_text


class StateChangedError(Exception):
    """Another turn of the same chat was handled since the state was read; nothing was written."""


@dataclass(frozen=True)
class Remembered:
    """A chat's state with the version in which it was read; version 0 is a chat that never spoke."""

    owner: Reporter
    chat_key: str
    version: int
    state: State


def chat_key(store: Store, channel: str, chat: str) -> str:
    """Return the keyed hash under which a chat is kept."""
    return store.vault.fingerprint(f"chat.{channel}", chat)


def recall(store: Store, channel: str, chat: str) -> Remembered:
    """Return what is remembered of a chat, a blank state for one that never spoke."""
    owner, key = Reporter(channel, chat), chat_key(store, channel, chat)
    kept = drafts.of_chat(store, key)
    row = next(store.db.query("SELECT * FROM conversations WHERE chat_key = ?", [key]), None)
    if row is None:
        return Remembered(owner, key, 0, State(drafts=kept))
    text = store.vault.open_text(row["state"], table="conversations", row=row["id"], column="state")
    return Remembered(owner, key, row["version"], state_from_text(text, kept))


def remember(store: Store, before: Remembered, state: State, *, now: datetime) -> None:
    """Store the chat's next state and its drafts. Needs an open transaction.

    Raises:
        StateChangedError: the stored state is no longer the one that was read.
    """
    check_in_transaction(store)
    _check_unchanged(store, before)
    row = next(store.db.query("SELECT id FROM conversations WHERE chat_key = ?", [before.chat_key]), None)
    row_id = row["id"] if row else new_id()
    sealed = store.vault.seal(state_to_text(state), table="conversations", row=row_id, column="state")
    store.db.execute(
        "INSERT INTO conversations (id, chat_key, version, state, changed_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (chat_key) DO UPDATE SET version = excluded.version, state = excluded.state,"
        " changed_at = excluded.changed_at",
        [row_id, before.chat_key, before.version + 1, sealed, to_text(now)],
    )
    drafts.keep(store, before.owner, state.drafts, before=before.state.drafts, now=now)


def _check_unchanged(store: Store, before: Remembered) -> None:
    row = next(store.db.query("SELECT version FROM conversations WHERE chat_key = ?", [before.chat_key]), None)
    if (row["version"] if row else 0) != before.version:
        raise StateChangedError
