"""From an update as Telegram sent it to a turn of the conversation."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType

from bot.photos import MEDIA_TYPE, NotAPhotoError, clean_photo, photo_place
from bot.turn import Location, Turn, Unsupported
from storage import attachments
from storage.inbox import InboxItem
from storage.store import Store

NAME: Final = "telegram"
KINDS: Final = ("message", "edited_message", "callback_query")
MAX_FILE_BYTES: Final = 20 * 1024 * 1024
_START: Final = "/start"
_TALK: Final = ("text", "caption", "photo", "voice", "location", "contact", "document", "sticker", "video")


class FileGoneError(Exception):
    """Telegram does not give this file out (any more)."""


# Fetches a file by its id; raises FileGoneError, or RetryLaterError when it cannot be reached just now.
Fetch = Callable[[str], bytes]


def chat_of(update: Mapping[str, Any]) -> str | None:
    """Return the chat that *update* belongs to, or None when nobody says anything in it (a pinned message …)."""
    query = update.get("callback_query")
    if query is not None:
        chat = query.get("message", {}).get("chat")
        return None if chat is None else str(chat["id"])
    message = update.get("message") or update.get("edited_message")
    if message is None:
        return None
    if message["chat"]["type"] != ChatType.PRIVATE and not any(key in message for key in _TALK):
        return None
    return str(message["chat"]["id"])


def message_number(item: InboxItem) -> int | None:
    """Return the number that Telegram gave to a stored message; a pressed button has none of its own."""
    message = json.loads(item.payload).get("message")
    return None if message is None else int(message["message_id"])


def translate(store: Store, item: InboxItem, fetch: Fetch) -> Turn:
    """Return the turn that a stored update means. Photos and voice notes are fetched and stored encrypted.

    Raises:
        RetryLaterError: a file cannot be fetched just now.
    """
    update = Update.de_json(json.loads(item.payload))
    if update.callback_query is not None:
        return _turn(item, button=_data(update.callback_query))
    message = update.effective_message
    assert message is not None, "only updates with a chat are stored"
    if message.chat.type != ChatType.PRIVATE:
        return _turn(item, unsupported=Unsupported.GROUP)
    if update.edited_message is not None:
        return _turn(item, unsupported=Unsupported.EDITED)
    return _message_turn(store, item, message, fetch)


def _message_turn(store: Store, item: InboxItem, message: Message, fetch: Fetch) -> Turn:
    if message.text is not None:
        return _text_turn(item, message.text)
    if message.location is not None:
        place = Location(latitude=message.location.latitude, longitude=message.location.longitude)
        return _turn(item, location=place)
    if message.contact is not None:
        return _turn(item, phone=message.contact.phone_number)
    picture = _picture(message)
    try:
        if picture is not None:
            data = fetch(picture)
            photo = attachments.save(store, clean_photo(data), media_type=MEDIA_TYPE, now=item.received_at)
            return _turn(item, text=message.caption, attachments=(photo,), photo_place=photo_place(data))
        if message.voice is not None:
            media_type = message.voice.mime_type or "audio/ogg"
            voice = attachments.save(store, fetch(message.voice.file_id), media_type=media_type, now=item.received_at)
            return _turn(item, voice=voice)
    except (FileGoneError, NotAPhotoError):
        return _turn(item, text=message.caption, unsupported=Unsupported.OTHER)
    return _turn(item, text=message.caption, unsupported=_kind(message))


def _turn(item: InboxItem, **content: Any) -> Turn:
    return Turn(channel=NAME, chat=item.chat, id=item.update, at=item.received_at, **content)


def _text_turn(item: InboxItem, text: str) -> Turn:
    command, _, payload = text.partition(" ")
    if command == _START:
        return _turn(item, start=payload.strip())
    return _turn(item, text=text)


def _data(query: CallbackQuery) -> str:
    return query.data or ""


def _picture(message: Message) -> str | None:
    """Return the file id of a photo, or of a picture that was sent as a file."""
    if message.photo:
        return max(message.photo, key=lambda size: size.width * size.height).file_id
    document = message.document
    if document is not None and (document.mime_type or "").startswith("image/"):
        return document.file_id
    return None


def _kind(message: Message) -> Unsupported:
    if message.sticker is not None:
        return Unsupported.STICKER
    if message.video is not None or message.video_note is not None or message.animation is not None:
        return Unsupported.VIDEO
    return Unsupported.OTHER
