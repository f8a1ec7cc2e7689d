"""The channel "web": what a post says, how the inbox keeps it, and how it becomes a turn."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Final

from bot.turn import Location, Turn
from storage.inbox import InboxItem
from storage.store import Store
from web.sessions import is_practice

CHANNEL: Final = "web"


@dataclass(frozen=True)
class Saying:
    """What a person posted. ``photos`` and ``voice`` are ids of stored files; ``start`` is a code that another channel
    gave. ``photo_place`` is where a photo says that it was taken.
    """

    text: str = ""
    button: str = ""
    start: str = ""
    photos: tuple[str, ...] = ()
    location: Location | None = None
    voice: str = ""
    photo_place: Location | None = None

    def to_payload(self) -> str:
        """Return the text that the inbox keeps."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def of(cls, item: InboxItem) -> Saying:
        """Return what an inbox row holds."""
        values = json.loads(item.payload)
        location, taken = values["location"], values.get("photo_place")
        return cls(
            text=values["text"],
            button=values["button"],
            start=values["start"],
            photos=tuple(values["photos"]),
            location=Location(**location) if location else None,
            voice=values.get("voice", ""),
            photo_place=Location(**taken) if taken else None,
        )


def update_key(turn: str, saying: Saying, files: tuple[bytes, ...]) -> str:
    """Return the id of a post: its form's turn and its content.

    A double click or a resend carries both again and is one post; going back and writing something else in the
    same form is another.
    """
    digest = hashlib.sha256(saying.to_payload().encode())
    for file in files:
        digest.update(hashlib.sha256(file).digest())
    return f"{turn}.{digest.hexdigest()[:24]}"


def to_turn(_store: Store, item: InboxItem) -> Turn:
    """Translate an inbox row of this channel for the conversation."""
    saying = Saying.of(item)
    return Turn(
        channel=CHANNEL,
        chat=item.chat,
        id=item.update,
        at=item.received_at,
        text=saying.text or None,
        button=saying.button or None,
        attachments=saying.photos,
        location=saying.location,
        voice=saying.voice or None,
        photo_place=saying.photo_place,
        start=saying.start or None,
        practice=is_practice(item.chat),
    )
