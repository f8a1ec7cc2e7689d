"""The poll loop: a batch of updates is on disk before Telegram is told that it arrived."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar

import structlog
from telegram.error import EndPointNotFound, InvalidToken, TelegramError

from bot.channels.telegram.connection import Bot, wait_seconds
from bot.channels.telegram.incoming import KINDS, NAME, chat_of
from bot.channels.telegram.menu import MENU
from bot.store_thread import StoreThread
from storage import inbox
from storage.database import transaction
from storage.store import Store

# Seconds that a long poll may take on top of what it was told to wait.
_GRACE: Final = 15

T = TypeVar("T")
Json = dict[str, Any]

log = structlog.get_logger()


class Polling:
    """Brings updates from Telegram into the inbox, each exactly once, and calls ``arrived`` after every batch."""

    def __init__(
        self,
        bot: Bot,
        stores: StoreThread,
        *,
        poll_seconds: int,
        clock: Callable[[], datetime],
        arrived: Callable[[], None],
    ) -> None:
        self._bot = bot
        self._stores = stores
        self._poll_seconds = poll_seconds
        self._clock = clock
        self._arrived = arrived
        self._offset = 0
        self._offline = False
        self._answers: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Poll until cancelled. Without a network it tries again and again.

        Raises:
            InvalidToken: Telegram does not know the token.
        """
        await self._insist(self._open)
        log.info("telegram.connected", bot=self._bot.username)
        while True:
            updates = await self._insist(self._poll)
            if updates:
                await self._stores.run(self._keep, updates)
                self._offset = updates[-1]["update_id"] + 1
                self._arrived()
                self._stop_spinners(updates)

    async def _open(self) -> None:
        await self._bot.initialize()
        # What people wrote while the bot was away is kept.
        await self._bot.delete_webhook(drop_pending_updates=False)
        await self._bot.set_my_commands(MENU)

    async def _poll(self) -> list[Json]:
        # In this spelling (method names are case-insensitive) the library hands out the JSON as it came: an update
        # that it cannot parse must be stored too, and must not hold up the others.
        try:
            updates: list[Json] = await self._bot.do_api_request(
                "GetUpdates",
                {"offset": self._offset, "timeout": self._poll_seconds, "allowed_updates": KINDS},
                read_timeout=self._poll_seconds + _GRACE,
            )
        except EndPointNotFound as error:
            raise InvalidToken("the token was withdrawn") from error
        return updates

    async def _insist(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Repeat *attempt* until Telegram answers; log only when the connection comes and goes."""
        while True:
            try:
                result = await attempt()
            except InvalidToken:
                raise
            except TelegramError as error:
                if not self._offline:
                    log.warning("telegram.unreachable", error=type(error).__name__)
                self._offline = True
                await asyncio.sleep(wait_seconds(error))
            else:
                if self._offline:
                    log.info("telegram.reachable")
                self._offline = False
                return result

    def _keep(self, store: Store, updates: Sequence[Json]) -> None:
        with transaction(store):
            for update in updates:
                self._keep_one(store, update)

    def _keep_one(self, store: Store, update: Json) -> None:
        number, chat = update["update_id"], chat_of(update)
        if chat is None:
            log.info("telegram.skipped", update=number)
            return
        payload = json.dumps(update, ensure_ascii=False)
        inbox.receive(store, channel=NAME, chat=chat, update=str(number), payload=payload, now=self._clock())

    def _stop_spinners(self, updates: Sequence[Json]) -> None:
        """Let pressed buttons stop blinking. Best effort: the turn itself does not depend on it."""
        for update in updates:
            if "callback_query" in update:
                task = asyncio.create_task(self._stop_spinner(update["callback_query"]["id"]))
                self._answers.add(task)
                task.add_done_callback(self._answers.discard)

    async def _stop_spinner(self, query: str) -> None:
        try:
            await self._bot.answer_callback_query(query)
        except TelegramError as error:
            log.debug("telegram.spinner_left", error=type(error).__name__)
