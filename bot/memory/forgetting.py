"""Forget what a chat said: for the household whose data are erased."""

from __future__ import annotations

from bot.memory.chats import chat_key
from cases.actors import Reporter
from storage import inbox, outbox
from storage.database import check_in_transaction
from storage.store import Store


def forget_chat(store: Store, chat: Reporter) -> None:
    """Delete what a chat said and was told, its state, drafts, questions and closed calls. Needs an open transaction.

    What is still to be handled or sent stays, and so do cases: they have data of their own.
    """
    check_in_transaction(store)
    key = chat_key(store, chat.channel, chat.chat)
    inbox.forget_chat(store, key)
    outbox.forget_chat(store, key)
    answers = "SELECT id FROM answers_given WHERE chat_key = ?"
    closed = "SELECT id FROM calls WHERE chat_key = ? AND closed_at IS NOT NULL"
    for statement in (
        f"DELETE FROM feedback WHERE answer_id IN ({answers})",  # noqa: S608 - a query of our own
        "DELETE FROM answers_given WHERE chat_key = ?",
        "DELETE FROM drafts WHERE chat_key = ?",
        "DELETE FROM conversations WHERE chat_key = ?",
        f"DELETE FROM alarms WHERE call_id IN ({closed})",  # noqa: S608 - a query of our own
        f"DELETE FROM call_tasks WHERE call_id IN ({closed})",  # noqa: S608 - a query of our own
        "DELETE FROM calls WHERE chat_key = ? AND closed_at IS NOT NULL",
        "DELETE FROM hidden_chats WHERE chat_key = ?",
        "DELETE FROM progress_lookups WHERE chat_key = ?",
    ):
        store.db.execute(statement, [key])
