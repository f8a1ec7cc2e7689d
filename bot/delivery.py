"""The outbox sender: words what must be said and sends it, in order per chat, until it is said or given up loudly."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

import structlog

from bot.channels.channel import Channel, ChatGoneError, Progress, RetryLaterError
from bot.faults import new_reference, trace
from bot.store_thread import StoreThread
from bot.turn import Message
from bot.worker import FAILED_KIND
from storage import outbox
from storage.database import transaction
from storage.outbox import OutboxItem
from storage.store import Store

MAX_ATTEMPTS: Final = 6
_AT_ONCE: Final = 8
_IDLE_SECONDS: Final = 1.0

log = structlog.get_logger()


class Word(Protocol):
    """What makes the sentence; ``bot.wording.word`` is it."""

    def __call__(self, kind: str, params: Mapping[str, Any], *, personal_data: bool) -> Message:
        """Return the message that says *kind* with *params*."""
        ...


class Delivery:
    """Sends what is due on the given channels: answers before notices, one message per chat at a time.

    A channel that asks to wait is obeyed as often as it asks; any other failure is tried again up to six times.
    ``undeliverable`` is called inside the transaction that gives a case notice up, so that a person can be asked
    to tell it by other means.
    """

    def __init__(
        self,
        stores: StoreThread,
        channels: Sequence[Channel],
        word: Word,
        *,
        clock: Callable[[], datetime],
        undeliverable: Callable[[Store, OutboxItem, datetime], None],
    ) -> None:
        self._stores = stores
        self._channels = channels
        self._word = word
        self._clock = clock
        self._undeliverable = undeliverable
        self._busy: set[tuple[str, str]] = set()
        self._news = asyncio.Event()
        self._stopping = False
        self._loop = asyncio.get_running_loop()

    def wake(self) -> None:
        """Say that the outbox has something new; may be called from any thread."""
        self._loop.call_soon_threadsafe(self._news.set)

    def stop(self) -> None:
        """Let ``run`` look once more for what is due, and end when that is sent."""
        self._stopping = True
        self.wake()

    async def run(self) -> None:
        """Send until stopped."""
        async with asyncio.TaskGroup() as sends:
            last = False
            while not last:
                last = self._stopping
                self._news.clear()
                for channel in self._channels:
                    for item in await self._due(channel):
                        self._busy.add((item.channel, item.chat))
                        sends.create_task(self._deliver(channel, item))
                await self._pause()

    async def _due(self, channel: Channel) -> list[OutboxItem]:
        """Return heads of lines that may go now, as many as there are free slots."""
        # A chat that is busy when the question is asked stays out, even if it is done when the answer comes:
        # the answer may still show what was just sent.
        busy = set(self._busy)
        limit = _AT_ONCE + len(busy)
        heads = await self._stores.run(outbox.due, channel=channel.name, now=self._clock(), limit=limit)
        free = [item for item in heads if (item.channel, item.chat) not in busy]
        return free[: max(0, _AT_ONCE - len(busy))]

    async def _pause(self) -> None:
        if self._stopping:
            return
        try:
            async with asyncio.timeout(_IDLE_SECONDS):
                await self._news.wait()
        except TimeoutError:
            return

    async def _deliver(self, channel: Channel, item: OutboxItem) -> None:
        try:
            await self._send(channel, item)
        finally:
            self._busy.discard((item.channel, item.chat))
            self._news.set()

    async def _send(self, channel: Channel, item: OutboxItem) -> None:
        try:
            message = self._word(item.kind, item.params, personal_data=channel.personal_data)
            await channel.send(item.chat, message, Progress(item.parts, self._counting(item)))
        except RetryLaterError as wait:
            log.warning("message.waits", row=item.id, kind=item.kind, seconds=wait.seconds)
            await self._retry(item, wait.seconds)
        except ChatGoneError:
            log.warning("message.chat_gone", row=item.id, kind=item.kind, channel=item.channel)
            await self._stores.run(self._give_up, item, "chat gone")
        except Exception as error:  # noqa: BLE001 - the edge: one message must not stop the others
            await self._failed(item, error)
        else:
            await self._stores.run(outbox.mark_sent, item.id, now=self._clock())

    def _counting(self, item: OutboxItem) -> Callable[[int], Awaitable[None]]:
        async def keep(parts: int) -> None:
            await self._stores.run(outbox.mark_parts, item.id, parts)

        return keep

    async def _retry(self, item: OutboxItem, seconds: float) -> None:
        await self._stores.run(outbox.retry, item.id, at=self._clock() + timedelta(seconds=seconds))

    async def _failed(self, item: OutboxItem, error: Exception) -> None:
        if item.attempts + 1 < MAX_ATTEMPTS:
            log.warning("message.failed", row=item.id, kind=item.kind, attempts=item.attempts + 1, trace=trace(error))
            await self._retry(item, 2**item.attempts)
            return
        reference = new_reference()
        log.error("message.given_up", row=item.id, kind=item.kind, reference=reference, trace=trace(error))
        await self._stores.run(self._give_up, item, f"{type(error).__name__} {reference}", reference)

    def _give_up(self, store: Store, item: OutboxItem, reason: str, reference: str = "") -> None:
        now = self._clock()
        with transaction(store):
            outbox.give_up(store, item.id, reason=reason, now=now)
            if item.notice and item.case_id is not None:
                self._undeliverable(store, item, now)
            elif reference and item.kind != FAILED_KIND:
                self._apologise(store, item, reference, now)

    def _apologise(self, store: Store, item: OutboxItem, reference: str, now: datetime) -> None:
        """Put a plain 'something went wrong' in place of the message that could not be worded or sent."""
        outbox.put(
            store,
            channel=item.channel,
            chat=item.chat,
            kind=FAILED_KIND,
            params={"reference": reference},
            notice=item.notice,
            now=now,
        )
