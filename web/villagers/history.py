"""What a chat looks like on the page: what was said and what was told, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.turn import Button, Message
from bot.wording import word
from storage import inbox, outbox
from storage.database import transaction
from storage.inbox import InboxItem
from storage.outbox import OutboxItem
from storage.store import Store
from web.villagers.turns import CHANNEL, Saying

_RECENT: Final = 40


@dataclass(frozen=True)
class Bubble:
    """One message on the page. ``buttons`` are shown only under what was told last."""

    seq: int
    mine: bool
    at: datetime
    text: str
    photos: tuple[str, ...] = ()
    located: bool = False
    buttons: tuple[tuple[Button, ...], ...] = ()
    file: str | None = None


@dataclass(frozen=True)
class History:
    """A stretch of a chat. ``said`` and ``told`` are the places in inbox and outbox up to which it goes."""

    bubbles: tuple[Bubble, ...]
    said: int
    told: int
    waiting: bool
    shortened: bool


def read_history(
    store: Store, chat: str, *, now: datetime, said: int = 0, told: int = 0, whole: bool = False
) -> History:
    """Return the chat after the places *said* and *told*, and mark what it shows as delivered.

    On this channel sent means first fetched. Unless *whole* is asked for, the last forty messages are enough.
    """
    sayings = inbox.for_chat(store, channel=CHANNEL, chat=chat)
    tellings = outbox.for_chat(store, channel=CHANNEL, chat=chat)
    _mark_delivered(store, tellings, now)
    new = [bubble for bubble in _in_order(sayings, tellings) if bubble.seq > (said if bubble.mine else told)]
    shown = new if whole else new[-_RECENT:]
    return History(
        bubbles=tuple(shown),
        said=max([said, *(item.seq for item in sayings)]),
        told=max([told, *(item.seq for item in tellings)]),
        waiting=bool(sayings) and not inbox.is_settled(store, sayings[-1].id),
        shortened=len(shown) < len(new),
    )


def owns_file(store: Store, chat: str, attachment_id: str) -> bool:
    """Tell whether a stored file was sent or received in this chat."""
    sayings = inbox.for_chat(store, channel=CHANNEL, chat=chat)
    if any(attachment_id in Saying.of(item).photos for item in sayings):
        return True
    tellings = outbox.for_chat(store, channel=CHANNEL, chat=chat)
    return any(_message(item).attachment == attachment_id for item in tellings)


def _mark_delivered(store: Store, tellings: list[OutboxItem], now: datetime) -> None:
    unsent = [item for item in tellings if not item.sent]
    if unsent:
        with transaction(store):
            for item in unsent:
                outbox.mark_sent(store, item.id, now=now)


def _in_order(sayings: list[InboxItem], tellings: list[OutboxItem]) -> list[Bubble]:
    told = [(item, _message(item)) for item in tellings]
    labels = {button.data: button.label for _, message in told for row in message.buttons for button in row}
    last_said = max((item.received_at for item in sayings), default=None)
    bubbles = [_mine(item, labels) for item in sayings]
    bubbles += [
        _theirs(item, message, current=last_said is None or item.created_at >= last_said) for item, message in told
    ]
    return sorted(bubbles, key=lambda bubble: (bubble.at, not bubble.mine, bubble.seq))


def _mine(item: InboxItem, labels: dict[str, str]) -> Bubble:
    saying = Saying.of(item)
    return Bubble(
        seq=item.seq,
        mine=True,
        at=item.received_at,
        text=saying.text or labels.get(saying.button, ""),
        photos=saying.photos,
        located=saying.location is not None,
    )


def _theirs(item: OutboxItem, message: Message, *, current: bool) -> Bubble:
    return Bubble(
        seq=item.seq,
        mine=False,
        at=item.created_at,
        text=message.text,
        buttons=message.buttons if current else _only_links(message),
        file=message.attachment,
    )


def _only_links(message: Message) -> tuple[tuple[Button, ...], ...]:
    """Return the rows of buttons that lead to a page: those stay of use when the talk has gone on."""
    rows = (tuple(button for button in row if button.url) for row in message.buttons)
    return tuple(row for row in rows if row)


def _message(item: OutboxItem) -> Message:
    return word(item.kind, item.params, personal_data=True)
