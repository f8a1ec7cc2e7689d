"""The serving process with a tiny conversation in it: real web server, real Bot API server, real signals."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from app.runtime import Rules, Runtime
from bot.turn import Message, Turn
from settings.schema import Settings
from storage import outbox
from storage.database import transaction
from storage.outbox import OutboxItem
from storage.store import Store
from storage.stores import Stores
from tests.botapi import BotApi, Person

WAIT = 60
pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi() as api:
        yield api


@pytest.fixture
def villager(api: BotApi) -> Person:
    return api.person("王大妈")


@pytest.fixture
def with_telegram(settings: Settings, api: BotApi) -> Settings:
    telegram = settings.channels.telegram.model_copy(
        update={"base_url": api.base_url, "base_file_url": api.base_file_url, "poll_seconds": 2}
    )
    secrets = settings.secrets.model_copy(update={"telegram_token": SecretStr(api.token)})
    channels = settings.channels.model_copy(update={"telegram": telegram})
    return settings.model_copy(update={"channels": channels, "secrets": secrets})


class Echo:
    """Repeats what it hears; waits at the gate on request."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.reached = threading.Event()

    def handle(self, store: Store, turn: Turn, *, now: datetime, done: Callable[[Store], None]) -> None:
        if turn.text == "等":
            self.reached.set()
            assert self.gate.wait(WAIT)
        with transaction(store):
            outbox.put(
                store,
                channel=turn.channel,
                chat=turn.chat,
                kind="echo",
                params={"text": turn.text},
                notice=True,
                case_id="case-1",
                now=now,
            )
            done(store)


def word(kind: str, params: Mapping[str, Any], *, personal_data: bool) -> Message:
    return Message(f"您说：{params['text']}")


def nothing(store: Store, now: datetime) -> None:
    return


def ignore(store: Store, item: OutboxItem, now: datetime) -> None:
    return


def rules(
    echo: Echo,
    tick: Callable[[Store, datetime], None] = nothing,
    undeliverable: Callable[[Store, OutboxItem, datetime], None] = ignore,
) -> Rules:
    return Rules(conversation=echo, word=word, tick=tick, undeliverable=undeliverable)


@asynccontextmanager
async def running(settings: Settings, key: bytes, parts: Rules) -> AsyncIterator[tuple[str, asyncio.Task[None]]]:
    """Serve until the block ends; gives the page's address and the serving task."""
    runtime = Runtime(settings, Stores(settings.data_path, key), parts)
    page = socket.create_server(("127.0.0.1", 0))
    task = asyncio.create_task(runtime.run(page))
    yield f"http://127.0.0.1:{page.getsockname()[1]}", task
    if not task.done():
        os.kill(os.getpid(), signal.SIGTERM)
        await task


async def test_page_and_telegram_are_served_side_by_side(with_telegram: Settings, key: bytes, villager: Person) -> None:
    async with running(with_telegram, key, rules(Echo())) as (address, _), httpx.AsyncClient() as browser:
        villager.says("你好")
        await asyncio.to_thread(villager.hears, "您说：你好")
        assert (await browser.get(f"{address}/healthz")).json() == {"status": "ok"}


async def test_without_a_token_the_page_is_served_alone(settings: Settings, key: bytes, api: BotApi) -> None:
    async with running(settings, key, rules(Echo())) as (address, _), httpx.AsyncClient() as browser:
        assert (await browser.get(f"{address}/healthz")).status_code == 200
    assert api.calls("getMe") == []


async def test_a_signal_lets_the_running_turn_finish_and_its_answer_leave(
    with_telegram: Settings, key: bytes, villager: Person
) -> None:
    echo = Echo()
    async with running(with_telegram, key, rules(echo)) as (_, task):
        villager.says("等")
        await asyncio.to_thread(echo.reached.wait, WAIT)
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(0.2)
        assert not task.done()
        echo.gate.set()
        await task
    assert villager.count("您说：等") == 1


async def test_a_tick_that_fails_is_logged_and_the_service_goes_on(
    with_telegram: Settings, key: bytes, villager: Person
) -> None:
    def tick(store: Store, now: datetime) -> None:
        raise ValueError("张三")

    with capture_logs() as logs:
        async with running(with_telegram, key, rules(Echo(), tick=tick)):
            villager.says("你好")
            await asyncio.to_thread(villager.hears, "您说：你好")
    assert [entry["event"] for entry in logs].count("tick.failed") == 1
    assert "张三" not in str(logs)


async def test_a_part_that_breaks_ends_the_others_and_says_so(
    with_telegram: Settings, key: bytes, villager: Person
) -> None:
    def undeliverable(store: Store, item: OutboxItem, now: datetime) -> None:
        raise RuntimeError("no such table")

    async with running(with_telegram, key, rules(Echo(), undeliverable=undeliverable)) as (_, task):
        villager.says("你好")
        villager.blocks()
        with pytest.raises(ExceptionGroup) as failure:
            await task
    assert failure.group_contains(RuntimeError, match="no such table")


async def test_a_refused_token_leaves_the_page_standing(with_telegram: Settings, key: bytes, tmp_path: Path) -> None:
    secrets = with_telegram.secrets.model_copy(update={"telegram_token": SecretStr("1:wrong")})
    settings = with_telegram.model_copy(update={"secrets": secrets})
    with capture_logs() as logs:
        async with running(settings, key, rules(Echo())) as (address, _), httpx.AsyncClient() as browser:
            async with asyncio.timeout(WAIT):
                while "telegram.token_refused" not in [entry["event"] for entry in logs]:  # noqa: ASYNC110 - a log
                    await asyncio.sleep(0.02)
            assert (await browser.get(f"{address}/healthz")).status_code == 200
