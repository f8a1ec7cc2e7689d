"""The Telegram channel: polling in, files in, worded messages out."""

from __future__ import annotations

import asyncio
import math
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final

import structlog
from pydantic import SecretStr
from telegram import InlineKeyboardMarkup, InputFile, LinkPreviewOptions
from telegram.error import BadRequest, InvalidToken

from bot.channels.channel import Progress, RetryLaterError
from bot.channels.telegram.connection import OFFLINE_SECONDS, connect, plain_errors
from bot.channels.telegram.incoming import MAX_FILE_BYTES, NAME, FileGoneError, message_number, translate
from bot.channels.telegram.outgoing import full_text, keyboard, split_text
from bot.channels.telegram.polling import Polling
from bot.memory.sent import TAKEN_BACK_WITHIN, forget_sent, keep_sent, sent_lately
from bot.pace import Pace
from bot.store_thread import StoreThread
from bot.turn import Message, Turn
from bot.wording.hiding import Remains, covered
from cases.actors import Reporter
from cases.chats import chat_key
from settings.schema import Telegram
from storage import attachments, inbox
from storage.attachments import Attachment
from storage.inbox import InboxItem
from storage.store import Store

_FETCH_SECONDS: Final = 60
_DELETED_AT_ONCE: Final = 100
_FILE_NAMES: Final = {"image/jpeg": "照片.jpg", "audio/ogg": "语音.ogg", "application/pdf": "文件.pdf"}

log = structlog.get_logger()


class TelegramChannel:
    """One bot account. Make it inside the event loop that runs it."""

    name = NAME

    def __init__(
        self, settings: Telegram, token: SecretStr, stores: StoreThread, *, clock: Callable[[], datetime]
    ) -> None:
        self.personal_data = settings.personal_data == "full"
        self._poll_seconds = settings.poll_seconds
        self._bot = connect(settings, token)
        self._stores = stores
        self._clock = clock
        self._pace = Pace(burst=settings.burst, every=settings.seconds_per_message)
        self._pacing = threading.Lock()
        self._loop = asyncio.get_running_loop()

    async def run(self, arrived: Callable[[], None]) -> None:
        """Fill the inbox until cancelled; call *arrived* after every batch. Ends when the token is refused."""
        polling = Polling(self._bot, self._stores, poll_seconds=self._poll_seconds, clock=self._clock, arrived=arrived)
        try:
            await polling.run()
        except InvalidToken:
            # The library's message quotes the token.
            log.error("telegram.token_refused", remedy="请检查 BANGFU_TELEGRAM_TOKEN")  # noqa: TRY400 - see above

    async def close(self) -> None:
        """Give the connections back, after the last message was sent."""
        await self._bot.shutdown()

    def translate(self, store: Store, item: InboxItem) -> Turn:
        """Return the turn that a stored update means; called on worker threads.

        Raises:
            RetryLaterError: this chat writes too fast, or a photo or voice note cannot be fetched just now.
        """
        if item.attempts == 0:
            self._slow_down(item.chat)
        return translate(store, item, self._fetch)

    def _slow_down(self, chat: str) -> None:
        """Let who writes too fast wait for his turn; nothing is thrown away."""
        with self._pacing:
            wait = self._pace.reserve(chat, now=self._clock().timestamp(), longest=math.inf)
        if wait:
            raise RetryLaterError(wait)

    async def send(self, chat: str, message: Message, progress: Progress | None = None) -> None:
        """Send *message* as one or more Telegram messages, the buttons under the last.

        A file is the first of its parts. What an earlier attempt sent is not sent again.

        Raises:
            RetryLaterError: the pace is limited, or Telegram cannot be reached.
            ChatGoneError: the person blocked the bot or the chat does not exist.
        """
        progress = progress or Progress()
        if message.wipes:
            message = replace(message, text=covered(message.text, await self._wipe(chat)))
        *first, last = split_text(full_text(message))
        sends = [partial(self._send_file, chat, message.attachment)] if message.attachment is not None else []
        sends += [partial(self._send_text, chat, part) for part in first]
        for number, send in enumerate(sends, start=1):
            if number > progress.parts:
                await send()
                await progress.keep(number)
        await self._send_text(chat, last, keyboard(message))

    async def _send_text(self, chat: str, text: str, buttons: InlineKeyboardMarkup | None = None) -> None:
        no_preview = LinkPreviewOptions(is_disabled=True)
        with plain_errors():
            sent = await self._bot.send_message(chat, text, reply_markup=buttons, link_preview_options=no_preview)
        await self._keep(chat, sent.message_id)

    async def _send_file(self, chat: str, attachment_id: str) -> None:
        known, data = await self._stores.run(_load, attachment_id)
        file = InputFile(data, filename=_FILE_NAMES.get(known.media_type, "文件"))
        with plain_errors():
            is_photo = known.media_type.startswith("image/")
            sent = await (self._bot.send_photo(chat, file) if is_photo else self._bot.send_document(chat, file))
        await self._keep(chat, sent.message_id)

    async def _keep(self, chat: str, message: int) -> None:
        await self._stores.run(_keep_sent, chat, message, self._clock())

    async def _wipe(self, chat: str) -> Remains:
        """Delete both sides of the chat, as far back as Telegram lets a bot; what is gone already does no harm."""
        messages, older = await self._stores.run(_deletable, chat, self._clock())
        kept = 0
        for start in range(0, len(messages), _DELETED_AT_ONCE):
            batch = messages[start : start + _DELETED_AT_ONCE]
            with plain_errors():
                try:
                    await self._bot.delete_messages(chat, batch)
                except BadRequest:
                    # One that cannot be deleted holds up all that were named with it.
                    kept += sum([not await self._delete(chat, message) for message in batch])
        await self._stores.run(_forget_sent, chat)
        if kept:
            log.warning("telegram.not_wiped", messages=kept)
        return Remains.OLD_MESSAGES if older or kept else Remains.NOTHING

    async def _delete(self, chat: str, message: int) -> bool:
        """Delete one message, and tell whether it is gone."""
        try:
            return bool(await self._bot.delete_message(chat, message))
        except BadRequest as error:
            return "not found" in error.message.lower()

    def _fetch(self, file_id: str) -> bytes:
        """Fetch a file from the calling worker thread."""
        task = asyncio.run_coroutine_threadsafe(self._download(file_id), self._loop)
        try:
            return task.result(_FETCH_SECONDS)
        except TimeoutError as error:
            task.cancel()
            raise RetryLaterError(OFFLINE_SECONDS) from error

    async def _download(self, file_id: str) -> bytes:
        with plain_errors():
            try:
                file = await self._bot.get_file(file_id)
            except BadRequest as error:
                raise FileGoneError(error.message) from error
            if (file.file_size or 0) > MAX_FILE_BYTES:
                raise FileGoneError("too big")
            try:
                return bytes(await file.download_as_bytearray())
            except InvalidToken as error:
                # This is how the library names a 404.
                raise FileGoneError("not found") from error


def _keep_sent(store: Store, chat: str, message: int, now: datetime) -> None:
    keep_sent(store, chat_key(store, Reporter(NAME, chat)), message, now=now)


def _forget_sent(store: Store, chat: str) -> None:
    forget_sent(store, chat_key(store, Reporter(NAME, chat)))


def _deletable(store: Store, chat: str, now: datetime) -> tuple[list[int], bool]:
    """Return the messages of both sides that Telegram still lets a bot delete, and whether there were older ones."""
    since = now - TAKEN_BACK_WITHIN
    said = inbox.for_chat(store, channel=NAME, chat=chat)
    late = [item for item in said if item.received_at >= since]
    heard = [message for item in late if (message := message_number(item)) is not None]
    told = sent_lately(store, chat_key(store, Reporter(NAME, chat)), now=now)
    return sorted({*heard, *told}), len(late) < len(said)


def _load(store: Store, attachment_id: str) -> tuple[Attachment, bytes]:
    return attachments.describe(store, attachment_id), attachments.load(store, attachment_id)
