"""What officers are told: the console is one of their chats, and read means shown here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog

from bot.delivery import Word
from bot.faults import trace
from cases.actions.bind_officer import bind_chat
from cases.actors import Officer, Reporter
from cases.officers import chats_of_officer
from storage import outbox
from storage.store import Store

CHANNEL: Final = "desk"
_SHOWN: Final = 100

_log = structlog.get_logger()


@dataclass(frozen=True)
class Told:
    """A notice as the console shows it. ``receipt`` leads to its case; empty where it is about none."""

    text: str
    receipt: str
    at: datetime
    new: bool


def chat_of(officer: Officer) -> Reporter:
    """Return the officer's chat in the console."""
    return Reporter(CHANNEL, officer.id)


def open_chat(store: Store, officer: Officer, *, now: datetime) -> None:
    """Let notices reach the officer in the console, from now on. Needs an open transaction."""
    if chat_of(officer) not in chats_of_officer(store, officer.id):
        bind_chat(store, officer, actor=chat_of(officer), now=now)


def unread_count(store: Store, officer: Officer) -> int:
    """Return how many notices wait for the officer's look."""
    chat = chat_of(officer)
    return outbox.unread(store, channel=chat.channel, chat=chat.chat)


def read_notices(store: Store, officer: Officer, word: Word, *, now: datetime) -> list[Told]:
    """Return the newest notices, newest first, and mark them as read. Needs an open transaction."""
    chat = chat_of(officer)
    items = outbox.for_chat(store, channel=chat.channel, chat=chat.chat)[-_SHOWN:]
    told = []
    for item in reversed(items):
        try:
            text = word(item.kind, item.params, personal_data=True).text
        except Exception as error:  # noqa: BLE001 - one notice that cannot be worded must not hide the others
            _log.error("desk.unworded", row=item.id, kind=item.kind, trace=trace(error))
            text = "这一条显示不出来。"
        told.append(Told(text, str(item.params.get("receipt", "")), item.created_at, new=not item.sent))
        outbox.mark_sent(store, item.id, now=now)
    return told
