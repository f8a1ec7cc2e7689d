"""What nobody came to read: told means told, so after some days a person is asked to tell it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from storage import outbox
from storage.outbox import OutboxItem
from storage.store import Store
from web.villagers.turns import CHANNEL

_AT_ONCE: Final = 50

_log = structlog.get_logger()


def hand_over_unread(
    store: Store, *, now: datetime, after: timedelta, undeliverable: Callable[[Store, OutboxItem, datetime], None]
) -> int:
    """Give up what has waited on the page for longer than *after*; return how many messages that were.

    A notice about a case goes to *undeliverable*, which asks a person to tell it. Whoever opens the page later
    still sees the message. Needs an open transaction.
    """
    waiting = outbox.due(store, channel=CHANNEL, now=now, limit=_AT_ONCE)
    unread = [item for item in waiting if item.created_at < now - after]
    for item in unread:
        outbox.give_up(store, item.id, reason="unread", now=now)
        if item.notice and item.case_id is not None:
            undeliverable(store, item, now)
    if unread:
        _log.info("web.unread", messages=len(unread))
    return len(unread)
