"""The Telegram channel: polling in, files in, worded messages out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

import structlog
from pydantic import SecretStr
from telegram import InlineKeyboardMarkup, InputFile, LinkPreviewOptions
from telegram.error import BadRequest, InvalidToken

from bot.channels.channel import Progress, RetryLaterError
from bot.channels.telegram.connection import OFFLINE_SECONDS, connect, plain_errors
from bot.channels.telegram.incoming import MAX_FILE_BYTES, NAME, FileGoneError, translate
from bot.channels.telegram.outgoing import full_text, keyboard, split_text
from bot.channels.telegram.polling import Polling
from bot.store_thread import StoreThread
from bot.turn import Message, Turn
from settings.schema import Telegram
from storage import attachments
from storage.attachments import Attachment
from storage.inbox import InboxItem
from storage.store import Store

_FETCH_SECONDS: Final = 60
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
            RetryLaterError: a photo or voice note cannot be fetched just now.
        """
        return translate(store, item, self._fetch)

    async def send(self, chat: str, message: Message, progress: Progress | None = None) -> None:
        """Send *message* as one or more Telegram messages, the buttons under the last.

        A file is the first of its parts. What an earlier attempt sent is not sent again.

        Raises:
            RetryLaterError: the pace is limited, or Telegram cannot be reached.
            ChatGoneError: the person blocked the bot or the chat does not exist.
        """
        progress = progress or Progress()
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
            await self._bot.send_message(chat, text, reply_markup=buttons, link_preview_options=no_preview)

    async def _send_file(self, chat: str, attachment_id: str) -> None:
        known, data = await self._stores.run(_load, attachment_id)
        file = InputFile(data, filename=_FILE_NAMES.get(known.media_type, "文件"))
        with plain_errors():
            if known.media_type.startswith("image/"):
                await self._bot.send_photo(chat, file)
            else:
                await self._bot.send_document(chat, file)

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


def _load(store: Store, attachment_id: str) -> tuple[Attachment, bytes]:
    return attachments.describe(store, attachment_id), attachments.load(store, attachment_id)
