"""The way in: a post becomes an inbox row, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.photos import MEDIA_TYPE
from storage import attachments, inbox
from storage.database import transaction
from storage.store import Store
from web.villagers.turns import CHANNEL, Saying, update_key


def take(store: Store, chat: str, turn: str, saying: Saying, files: tuple[bytes, ...], now: datetime) -> str:
    """Store what *chat* said in the form of *turn*; return the inbox row, also when it was there before.

    *files* are cleaned photos. A repeated post stores nothing.
    """
    update = update_key(turn, saying, files)
    with transaction(store):
        known = inbox.find(store, channel=CHANNEL, update=update)
        if known is not None:
            return known
        photos = tuple(attachments.save(store, file, media_type=MEDIA_TYPE, now=now) for file in files)
        payload = replace(saying, photos=photos).to_payload()
        row = inbox.receive(store, channel=CHANNEL, chat=chat, update=update, payload=payload, now=now)
    assert row is not None, "the update was unknown and the transaction held the lock since"
    return row
