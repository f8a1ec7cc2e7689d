"""The chat that hears of a case, and the keyed hash by which a chat is recognised."""

from __future__ import annotations

from cases.actors import Reporter
from storage.case_keys import case_vault
from storage.ids import new_id
from storage.store import Store


def chat_key(store: Store, chat: Reporter) -> str:
    """Return the keyed hash of a chat: equal for the same chat, telling nothing else."""
    return store.vault.fingerprint(f"chat.{chat.channel}", chat.chat)


def keep_chat(store: Store, case_id: str, chat: Reporter) -> None:
    """Bind *chat* to a new case: it hears of every step, and may supplement and withdraw."""
    row_id = new_id()
    sealed = case_vault(store, case_id).seal(chat.chat, table="case_chats", row=row_id, column="chat")
    store.db.execute(
        "INSERT INTO case_chats (id, case_id, channel, chat, chat_key) VALUES (?, ?, ?, ?, ?)",
        [row_id, case_id, chat.channel, sealed, chat_key(store, chat)],
    )


def chat_of_case(store: Store, case_id: str) -> Reporter | None:
    """Return the chat that hears of a case, if there is one."""
    row = next(store.db.query("SELECT id, channel, chat FROM case_chats WHERE case_id = ?", [case_id]), None)
    if row is None:
        return None
    cipher = case_vault(store, case_id)
    return Reporter(row["channel"], cipher.open_text(row["chat"], table="case_chats", row=row["id"], column="chat"))


def cases_of_chat(store: Store, chat: Reporter) -> list[str]:
    """Return the ids of the cases that *chat* hears of, newest first."""
    rows = store.db.query(
        "SELECT cases.id FROM case_chats JOIN cases ON cases.id = case_chats.case_id"
        " WHERE chat_key = ? ORDER BY cases.created_at DESC",
        [chat_key(store, chat)],
    )
    return [row["id"] for row in rows]
