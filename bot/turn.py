"""What comes in and what goes out of the conversation, whatever the channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


class Unsupported(StrEnum):
    """Things a person may send that the conversation can only answer in words."""

    STICKER = "sticker"
    EDITED = "edited"
    VIDEO = "video"
    GROUP = "group"
    OTHER = "other"


@dataclass(frozen=True)
class Location:
    """A point sent by the phone, WGS-84 degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Turn:
    """One message of one person, translated by a channel.

    ``id`` is unique within the channel (Telegram: the update id) and makes the turn idempotent.
    ``chat`` is the channel's own address of the chat. ``button`` is the ``data`` of the pressed button.
    ``photo_place`` is where a photo says that it was taken.
    ``attachments`` are ids of files already stored encrypted by ``storage.attachments``. ``practice``: the chat only
    tries things out, nothing of it may reach anybody.
    """

    channel: str
    chat: str
    id: str
    at: datetime
    text: str | None = None
    button: str | None = None
    attachments: tuple[str, ...] = ()
    voice: str | None = None
    location: Location | None = None
    phone: str | None = None
    photo_place: Location | None = None
    start: str | None = None
    unsupported: Unsupported | None = None
    practice: bool = False


@dataclass(frozen=True)
class Reply:
    """An outgoing message as kind and parameters; ``bot.wording`` makes the sentence when it is sent."""

    kind: str
    params: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True)
class Button:
    """A choice under a message. ``data`` comes back in ``Turn.button`` (64 bytes at most, Telegram's limit)."""

    label: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True)
class Message:
    """A worded message, ready for any channel: plain text, rows of buttons, perhaps one stored file.

    ``wipes``: what was said in the chat before is taken out of sight first, as far as the channel can.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    attachment: str | None = None
    wipes: bool = False
