"""The pages over a real store and real workers, with a conversation of three sentences."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser
from starlette.applications import Starlette

from bot import wording
from bot.turn import Button, Message, Turn
from bot.worker import Handler, Workers
from settings.schema import Settings
from storage import outbox
from storage.database import transaction
from storage.store import Store
from storage.stores import Stores
from tests.e2e.browser import chromium
from tests.web.serving import serving
from tests.web.villager import Villager
from web.app import build_app
from web.villagers.turns import to_turn


@dataclass
class Parrot:
    """Answers every turn by saying what it got; holds its tongue while ``silent`` is set."""

    heard: list[Turn] = field(default_factory=list)
    silent: threading.Event = field(default_factory=threading.Event)
    speak: threading.Event = field(default_factory=threading.Event)

    def handle(self, store: Store, turn: Turn, *, now: datetime, done: Callable[[Store], None]) -> None:
        """Store one answer and the inbox mark."""
        if self.silent.is_set():
            self.speak.wait(20)
        self.heard.append(turn)
        said = turn.text or turn.button or f"照片{len(turn.attachments)}张"
        with transaction(store):
            outbox.put(
                store,
                channel=turn.channel,
                chat=turn.chat,
                kind="echo",
                params={"said": said},
                notice=False,
                now=now,
            )
            done(store)


def word(kind: str, params: Mapping[str, Any], *, personal_data: bool) -> Message:
    """Word the parrot's sentence, with a button and a link; any other kind as everywhere."""
    if kind != "echo":
        return wording.word(kind, params, personal_data=personal_data)
    buttons = ((Button("有用", data="useful:yes"), Button("看原文", url="/source/p1")),)
    return Message(f"您说：{params['said']}", buttons)


@dataclass
class Clock:
    """A clock that moves a millisecond with every look at it, and as far as a test sets it."""

    now: datetime

    def __call__(self) -> datetime:
        """Return the present instant."""
        self.now += timedelta(milliseconds=1)
        return self.now


@pytest.fixture
def clock(now: datetime) -> Clock:
    """Return the clock of the application."""
    return Clock(now)


@pytest.fixture
def stores(settings: Settings, key: bytes) -> Stores:
    """Return the doors to an empty data folder."""
    return Stores(settings.data_path, key)


@pytest.fixture
def parrot() -> Iterator[Parrot]:
    """Return the conversation of most tests."""
    parrot = Parrot()
    yield parrot
    parrot.speak.set()


@pytest.fixture
def conversation(parrot: Parrot) -> Handler:
    """Return what handles turns; a module may put the real one here."""
    return parrot


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Return settings under which no test waits long for a silent conversation."""
    return settings.model_copy(update={"web": settings.web.model_copy(update={"wait_seconds": 3.0})})


@pytest.fixture
def app(settings: Settings, stores: Stores, conversation: Handler, clock: Clock) -> Iterator[Starlette]:
    """Return the running application."""
    workers = Workers(stores.here, conversation, {"web": to_turn}, clock=clock)
    app = build_app(settings, stores.here, workers, word, clock=clock)
    workers.start()
    yield app
    workers.stop()


@pytest.fixture
def visit(app: Starlette) -> Callable[[], Villager]:
    """Return a maker of villagers, each with a browser of their own."""
    return lambda: Villager(app)


@pytest.fixture
def villager(visit: Callable[[], Villager]) -> Villager:
    """Return one villager who has opened the first page."""
    someone = visit()
    someone.open("/")
    return someone


@pytest.fixture
def address(app: Starlette) -> Iterator[str]:
    """Return the address at which the application can be reached by a browser."""
    with serving(app) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Chromium. It lives no longer than its module: it occupies the thread's event loop."""
    with chromium() as browser:
        yield browser
