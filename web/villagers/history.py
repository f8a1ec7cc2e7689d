"""What a chat looks like on the page: what was said and what was told, in the order of time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog

from bot.conversation.buttons import Tap, Verb, parse
from bot.delivery import Word
from bot.faults import trace
from bot.memory.chats import chat_key
from bot.memory.hiding import hidden_until
from bot.turn import Button, Message
from storage import inbox, outbox
from storage.database import transaction
from storage.inbox import InboxItem
from storage.outbox import OutboxItem
from storage.store import Store
from web.villagers.turns import CHANNEL, Saying

_RECENT: Final = 40
# What moves a cursor or turns the direction of writing is not shown.
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# Buttons that stand on pages outside the talk.
_LABELS: Final = {
    Verb.REPORT: "一键报贫",
    Verb.OWN_CASE: "查别的编号",
    Verb.SUPPLEMENT: "补充情况",
    Verb.WITHDRAW: "撤回",
}
_UNWORDED: Final = Message("这一条显示不出来。请再问一次，着急的事请直接找村委会。")

_log = structlog.get_logger()


@dataclass(frozen=True)
class Bookmark:
    """Up to where a chat was read: how many of its own messages, and how many of ours."""

    said: int = 0
    told: int = 0


START: Final = Bookmark()


@dataclass(frozen=True)
class Bubble:
    """One message on the page. ``buttons`` are shown only under what was told last.

    ``place`` counts within this chat, each side for itself: the numbers of the store would tell how busy it is.
    """

    place: int
    mine: bool
    at: datetime
    text: str
    photos: tuple[str, ...] = ()
    voice: str = ""
    located: bool = False
    buttons: tuple[tuple[Button, ...], ...] = ()
    file: str | None = None


@dataclass(frozen=True)
class History:
    """A stretch of a chat, and where it ends. ``waiting``: an answer is still to come. ``wipes``: what stood before it
    was hidden by its owner.
    """

    bubbles: tuple[Bubble, ...]
    end: Bookmark
    waiting: bool
    shortened: bool
    wipes: bool = False


def read_history(
    store: Store, chat: str, word: Word, *, now: datetime, after: Bookmark = START, whole: bool = False
) -> History:
    """Return the chat from a bookmark on, and mark what it shows as delivered.

    On this channel sent means first fetched. What its owner hid is not shown. Unless *whole* is asked for, the last
    forty messages are enough.
    """
    sayings = inbox.for_chat(store, channel=CHANNEL, chat=chat)
    tellings = outbox.for_chat(store, channel=CHANNEL, chat=chat)
    _mark_delivered(store, tellings, now)
    everything = _in_order(sayings, tellings, word)
    start = _not_hidden(store, chat, sayings, tellings)
    new = [
        bubble
        for bubble in everything
        if bubble.place > (max(after.said, start.said) if bubble.mine else max(after.told, start.told))
    ]
    shown = new if whole else new[-_RECENT:]
    return History(
        bubbles=tuple(shown),
        end=Bookmark(
            said=len(sayings),
            told=len(tellings),
        ),
        waiting=bool(sayings) and not inbox.is_settled(store, sayings[-1].id),
        shortened=len(shown) < len(new),
        wipes=start.said > after.said,
    )


def _not_hidden(store: Store, chat: str, sayings: list[InboxItem], tellings: list[OutboxItem]) -> Bookmark:
    """Return the place behind everything that the owner of a chat hid."""
    said, told = hidden_until(store, chat_key(store, CHANNEL, chat))
    return Bookmark(sum(item.seq <= said for item in sayings), sum(item.seq <= told for item in tellings))


def owns_file(store: Store, chat: str, word: Word, attachment_id: str) -> bool:
    """Tell whether a stored file was sent or received in this chat, and not hidden since."""
    said, told = hidden_until(store, chat_key(store, CHANNEL, chat))
    sayings = map(Saying.of, (item for item in inbox.for_chat(store, channel=CHANNEL, chat=chat) if item.seq > said))
    if any(attachment_id in (*saying.photos, saying.voice) for saying in sayings):
        return True
    tellings = (item for item in outbox.for_chat(store, channel=CHANNEL, chat=chat) if item.seq > told)
    return any(_message(item, word).attachment == attachment_id for item in tellings)


def _mark_delivered(store: Store, tellings: list[OutboxItem], now: datetime) -> None:
    unsent = [item for item in tellings if not item.sent]
    if unsent:
        with transaction(store):
            for item in unsent:
                outbox.mark_sent(store, item.id, now=now)


def _in_order(sayings: list[InboxItem], tellings: list[OutboxItem], word: Word) -> list[Bubble]:
    told = [(item, _message(item, word)) for item in tellings]
    labels = {
        button.data: button.label for _, message in told for row in message.buttons for button in row if button.data
    }
    last_said = max((item.received_at for item in sayings), default=None)
    bubbles = [_mine(place, item, labels) for place, item in enumerate(sayings, start=1)]
    bubbles += [
        _theirs(place, item, message, current=last_said is None or item.created_at >= last_said)
        for place, (item, message) in enumerate(told, start=1)
    ]
    return sorted(bubbles, key=lambda bubble: (bubble.at, not bubble.mine, bubble.place))


def _mine(place: int, item: InboxItem, labels: dict[str, str]) -> Bubble:
    saying = Saying.of(item)
    return Bubble(
        place=place,
        mine=True,
        at=item.received_at,
        text=_UNSEEN.sub("", saying.text) or labels.get(saying.button) or _label(saying),
        photos=saying.photos,
        voice=saying.voice,
        located=saying.location is not None,
    )


def _label(saying: Saying) -> str:
    """Return what a tap outside the talk is called; empty for anything else."""
    if saying.start:
        return "接着报"
    tap = parse(saying.button)
    return _LABELS.get(tap.verb, "") if tap else ""


def _theirs(place: int, item: OutboxItem, message: Message, *, current: bool) -> Bubble:
    buttons = tuple(tuple(_linked(button) for button in row) for row in message.buttons)
    return Bubble(
        place=place,
        mine=False,
        at=item.created_at,
        text=message.text,
        buttons=buttons if current else _only_links(buttons),
        file=message.attachment,
    )


def _linked(button: Button) -> Button:
    """Return a button for a source as a link: here the source has a page of its own."""
    match parse(button.data):
        case Tap(Verb.SOURCE, (answer, number)):
            return Button(button.label, url=f"/cited/{answer}/{number}")
        case _:
            return button


def _only_links(buttons: tuple[tuple[Button, ...], ...]) -> tuple[tuple[Button, ...], ...]:
    """Return the rows of buttons that lead to a page: those stay of use when the talk has gone on."""
    rows = (tuple(button for button in row if button.url) for row in buttons)
    return tuple(row for row in rows if row)


def _message(item: OutboxItem, word: Word) -> Message:
    try:
        return word(item.kind, item.params, personal_data=True)
    except Exception as error:  # noqa: BLE001 - one message that cannot be worded must not hide the others
        _log.error("web.unworded", row=item.id, kind=item.kind, trace=trace(error))
        return _UNWORDED
