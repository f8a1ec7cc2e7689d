"""The one process that serves: web page, turn workers, outbox sender, clock tick and, with a token, Telegram."""

from __future__ import annotations

import asyncio
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog
import uvicorn
from starlette.types import ASGIApp

from bot.channels.telegram import TelegramChannel
from bot.delivery import Delivery, Word
from bot.faults import trace
from bot.store_thread import StoreThread
from bot.worker import Handler, Translate, Workers, utc_now
from knowledge.knowledge import Knowledge
from knowledge.rehearsal import Examination
from settings.schema import Settings, Web
from storage.database import transaction
from storage.outbox import OutboxItem
from storage.store import Store
from storage.stores import Stores
from web.app import build_app
from web.site import Knowing
from web.villagers.turns import CHANNEL as WEB
from web.villagers.turns import to_turn

_TICK_SECONDS: Final = 60
_TICK_PAUSE: Final = 0.05
_GRACE_SECONDS: Final = 5

log = structlog.get_logger()


@dataclass(frozen=True)
class Rules:
    """What the process runs on behalf of the inner rooms.

    ``tick`` does, inside a transaction, some of what time alone makes due, and returns how much; 0: nothing is left.
    ``undeliverable`` asks a person to tell what a dead channel could not. ``knowledge`` is what the conversation asks,
    and ``examination`` asks it the golden questions for the knowledge desk.
    """

    conversation: Handler
    word: Word
    tick: Callable[[Store, datetime], int | None]
    undeliverable: Callable[[Store, OutboxItem, datetime], None]
    knowledge: Knowledge | None = None
    examination: Examination | None = None


class Runtime:
    """Starts all parts in one event loop and ends them in order: what comes in, what is worked on, what goes out.

    Make it inside the loop.
    """

    def __init__(
        self, settings: Settings, stores: Stores, rules: Rules, *, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._rules = rules
        self._clock = clock
        self._sending = StoreThread(stores.here)
        self._ticking = StoreThread(stores.here)
        token = settings.secrets.telegram_token
        self._telegram = (
            TelegramChannel(settings.channels.telegram, token, self._sending, clock=clock) if token else None
        )
        self._delivery = Delivery(
            self._sending,
            [self._telegram] if self._telegram else [],
            rules.word,
            clock=clock,
            undeliverable=rules.undeliverable,
        )
        translate: dict[str, Translate] = {WEB: to_turn}
        if self._telegram:
            translate[self._telegram.name] = self._telegram.translate
        self._workers = Workers(stores.here, rules.conversation, translate, clock=clock, after=self._delivery.wake)
        app = build_app(
            settings,
            stores.here,
            self._workers,
            rules.word,
            clock=clock,
            knowing=Knowing(rules.knowledge or Knowledge(settings), rules.examination),
        )
        self._server = _server(app, settings.web)

    async def run(self, page: socket.socket) -> None:
        """Serve the web page on the bound socket *page* and everything else beside it, until SIGTERM or SIGINT.

        What is under way then is finished. A part that fails ends the others and its error is raised.
        """
        stop = _stop_signal()
        self._workers.start()
        serving = asyncio.create_task(self._server.serve([page]))
        sending = asyncio.create_task(self._delivery.run())
        inlets = [asyncio.create_task(self._tick_often())]
        if self._telegram:
            inlets.append(asyncio.create_task(self._telegram.run(self._workers.wake)))
        await asyncio.wait([asyncio.create_task(stop.wait()), serving, sending], return_when=asyncio.FIRST_COMPLETED)
        log.info("runtime.stopping")
        self._server.should_exit = True
        await asyncio.wait([serving])
        for inlet in inlets:
            inlet.cancel()
        await asyncio.wait(inlets)
        await asyncio.to_thread(self._workers.stop)
        self._delivery.stop()
        await asyncio.wait([sending])
        if self._telegram:
            await self._telegram.close()
        for thread in (self._sending, self._ticking):
            thread.close()
        for part in (serving, sending):
            part.result()

    async def _tick_often(self) -> None:
        while True:
            try:
                await self._ticking.run(self._tick)
            except Exception as error:  # noqa: BLE001 - a tick that fails is tried again, the service goes on
                log.error("tick.failed", trace=trace(error))  # noqa: TRY400 - messages may quote people
            self._delivery.wake()
            await asyncio.sleep(_TICK_SECONDS)

    def _tick(self, store: Store) -> None:
        """Do all that time made due, in short transactions with a pause for other writers between them."""
        done: int | None = 1
        while done:
            with transaction(store):
                done = self._rules.tick(store, self._clock())
            time.sleep(_TICK_PAUSE)


class _Server(uvicorn.Server):
    """The web server without its own signal handling: the runtime ends all parts, in order."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield


def _server(app: ASGIApp, web: Web) -> _Server:
    # The application logs its own errors; the server's version would quote the exception's message.
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        forwarded_allow_ips=web.trusted_proxies,
        limit_concurrency=web.most_connections,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    return _Server(config)


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop
