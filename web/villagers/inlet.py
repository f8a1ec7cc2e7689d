"""The way in: a post becomes an inbox row, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from storage import attachments, inbox
from storage.database import transaction
from storage.store import Store
from web.villagers.enclosures import Enclosures
from web.villagers.turns import CHANNEL, Saying, update_key


def take(store: Store, chat: str, turn: str, saying: Saying, enclosed: Enclosures, now: datetime) -> str:
    """Store what *chat* said in the form of *turn*; return the inbox row, also when it was there before.

    A repeated post stores nothing.
    """
    update = update_key(turn, saying, tuple(file.data for file in enclosed.files))
    with transaction(store):
        known = inbox.find(store, channel=CHANNEL, update=update)
        if known is not None:
            return known
        kept = [attachments.save(store, one.data, media_type=one.media_type, now=now) for one in enclosed.files]
        voice = kept.pop() if enclosed.voice else ""
        whole = replace(saying, photos=tuple(kept), voice=voice, photo_place=enclosed.place)
        payload = whole.to_payload()
        row = inbox.receive(store, channel=CHANNEL, chat=chat, update=update, payload=payload, now=now)
    assert row is not None, "the update was unknown and the transaction held the lock since"
    return row
