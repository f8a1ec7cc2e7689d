from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.channels.channel import ChatGoneError, Progress, RetryLaterError
from bot.delivery import MAX_ATTEMPTS, Delivery
from bot.store_thread import StoreThread
from bot.turn import Message
from bot.worker import FAILED_KIND
from storage import outbox
from storage.database import transaction
from storage.outbox import OutboxItem
from storage.store import Store
from storage.stores import Stores
from tests.bot.clocks import FastClock

WAIT = 60
pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def stores(tmp_path: Path, key: bytes) -> Stores:
    return Stores(tmp_path / "data", key)


class Screen:
    """A channel that shows what it is given, or fails in the ordered way first."""

    name = "screen"
    personal_data = False

    def __init__(self) -> None:
        self.shown: list[tuple[str, str]] = []
        self.failures: list[Exception] = []
        self.slow: set[str] = set()
        self.begun: list[int] = []
        self.gate = asyncio.Event()
        self.changed = asyncio.Event()

    async def send(self, chat: str, message: Message, progress: Progress | None = None) -> None:
        begun = progress or Progress()
        self.begun.append(begun.parts)
        if self.failures:
            await begun.keep(begun.parts + 1)
            raise self.failures.pop(0)
        if chat in self.slow:
            await self.gate.wait()
        self.shown.append((chat, message.text))
        self.changed.set()

    async def shows(self, count: int) -> list[tuple[str, str]]:
        async with asyncio.timeout(WAIT):
            while len(self.shown) < count:
                self.changed.clear()
                await self.changed.wait()
        return self.shown


def word(kind: str, params: Mapping[str, Any], *, personal_data: bool) -> Message:
    if kind == "broken":
        raise KeyError("张三 13912345678")
    return Message(f"{kind}:{params.get('text', '')}{'+' if personal_data else ''}")


def put(stores: Stores, chat: str, text: str, *, kind: str = "say", notice: bool = False, case: str = "") -> str:
    store = stores.here()
    with transaction(store):
        return outbox.put(
            store,
            channel="screen",
            chat=chat,
            kind=kind,
            params={"text": text},
            notice=notice,
            case_id=case or None,
            now=FastClock()(),
        )


def row(stores: Stores, row_id: str) -> dict[str, Any]:
    return next(stores.here().db.query("SELECT * FROM outbox WHERE id = ?", [row_id]))


@asynccontextmanager
async def delivering(stores: Stores, screen: Screen, asked: list[OutboxItem]) -> AsyncIterator[Delivery]:
    thread = StoreThread(stores.here)

    def ask_a_person(store: Store, item: OutboxItem, now: datetime) -> None:
        asked.append(item)

    delivery = Delivery(thread, [screen], word, clock=FastClock(), undeliverable=ask_a_person)
    task = asyncio.create_task(delivery.run())
    ticks = asyncio.create_task(wake_often(delivery))
    yield delivery
    ticks.cancel()
    delivery.stop()
    await task
    thread.close()


async def wake_often(delivery: Delivery) -> None:
    """Spare the tests the sender's own pause between two looks."""
    while True:
        await asyncio.sleep(0.02)
        delivery.wake()


async def eventually(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(WAIT):
        while not holds():  # noqa: ASYNC110 - a database has no event to wait for
            await asyncio.sleep(0.01)


async def test_a_chat_hears_everything_once_and_in_order(stores: Stores) -> None:
    rows = [put(stores, chat, str(number)) for number in range(6) for chat in ("甲", "乙")]
    screen = Screen()
    async with delivering(stores, screen, []):
        await screen.shows(12)
        await eventually(lambda: all(row(stores, one)["sent_at"] for one in rows))
        await asyncio.sleep(0.1)
    for chat in ("甲", "乙"):
        assert [text for who, text in screen.shown if who == chat] == [f"say:{number}" for number in range(6)]


async def test_what_is_put_later_goes_when_the_sender_is_woken(stores: Stores) -> None:
    screen = Screen()
    async with delivering(stores, screen, []) as delivery:
        put(stores, "甲", "后来")
        delivery.wake()
        assert await screen.shows(1) == [("甲", "say:后来")]


async def test_another_attempt_goes_on_behind_the_parts_that_went_out(stores: Stores) -> None:
    put(stores, "甲", "长")
    screen = Screen()
    screen.failures = [RetryLaterError(1), RetryLaterError(1)]
    async with delivering(stores, screen, []):
        await screen.shows(1)
    assert screen.begun == [0, 1, 2]


async def test_answers_go_before_notices(stores: Stores) -> None:
    for number in range(20):
        put(stores, f"公告{number}", "notice", notice=True)
    put(stores, "甲", "answer")
    screen = Screen()
    async with delivering(stores, screen, []):
        assert (await screen.shows(21))[0] == ("甲", "say:answer")


async def test_a_slow_chat_holds_up_only_itself(stores: Stores) -> None:
    screen = Screen()
    screen.slow.add("甲")
    for chat, text in (("甲", "1"), ("甲", "2"), ("乙", "1"), ("丙", "1")):
        put(stores, chat, text)
    async with delivering(stores, screen, []):
        assert sorted(await screen.shows(2)) == [("丙", "say:1"), ("乙", "say:1")]
        screen.gate.set()
        assert (await screen.shows(4))[2:] == [("甲", "say:1"), ("甲", "say:2")]


async def test_a_request_to_wait_is_obeyed_as_often_as_it_is_made(stores: Stores) -> None:
    first, second = put(stores, "甲", "1"), put(stores, "甲", "2")
    screen = Screen()
    screen.failures = [RetryLaterError(1) for _ in range(MAX_ATTEMPTS + 2)]
    async with delivering(stores, screen, []):
        assert await screen.shows(2) == [("甲", "say:1"), ("甲", "say:2")]
    assert row(stores, first)["attempts"] == MAX_ATTEMPTS + 2
    assert row(stores, second)["attempts"] == 0


async def test_a_notice_to_a_chat_that_is_gone_becomes_a_task_for_a_person(stores: Stores) -> None:
    gone = put(stores, "甲", "办好了", notice=True, case="case-1")
    screen, asked = Screen(), list[OutboxItem]()
    screen.failures = [ChatGoneError("blocked")]
    async with delivering(stores, screen, asked):
        await eventually(lambda: bool(row(stores, gone)["given_up_at"]))
    assert [item.case_id for item in asked] == ["case-1"]
    assert row(stores, gone)["sent_at"] is None
    assert screen.shown == []


async def test_an_answer_to_a_chat_that_is_gone_asks_nobody(stores: Stores) -> None:
    gone = put(stores, "甲", "答", case="case-1")
    screen, asked = Screen(), list[OutboxItem]()
    screen.failures = [ChatGoneError("blocked")]
    async with delivering(stores, screen, asked):
        await eventually(lambda: bool(row(stores, gone)["given_up_at"]))
    assert asked == []


async def test_an_answer_that_cannot_be_worded_is_given_up_and_the_person_gets_a_reference(stores: Stores) -> None:
    broken, after = put(stores, "甲", "x", kind="broken"), put(stores, "甲", "后面")
    screen = Screen()
    with capture_logs() as logs:
        async with delivering(stores, screen, []):
            await screen.shows(2)
            await eventually(lambda: bool(row(stores, after)["sent_at"]))
    assert row(stores, broken)["given_up_at"]
    assert {text.partition(":")[0] for _, text in screen.shown} == {"say", FAILED_KIND}
    (apology,) = [item for item in heard(stores, "甲") if item.kind == FAILED_KIND]
    (entry,) = [entry for entry in logs if entry["event"] == "message.given_up"]
    assert entry["reference"] == apology.params["reference"]
    assert "张三" not in str(logs)


async def test_a_case_notice_that_cannot_be_worded_becomes_a_task_and_no_apology(stores: Stores) -> None:
    put(stores, "甲", "x", kind="broken", notice=True, case="case-1")
    screen, asked = Screen(), list[OutboxItem]()
    async with delivering(stores, screen, asked):
        await eventually(lambda: len(asked) == 1)
    assert screen.shown == []


async def test_stopping_lets_what_is_being_sent_arrive_and_be_marked(stores: Stores) -> None:
    only = put(stores, "甲", "1")
    screen = Screen()
    screen.slow.add("甲")
    async with delivering(stores, screen, []) as delivery:
        await asyncio.sleep(0.2)
        delivery.stop()
        screen.gate.set()
    assert screen.shown == [("甲", "say:1")]
    assert row(stores, only)["sent_at"]


def heard(stores: Stores, chat: str) -> list[OutboxItem]:
    return outbox.for_chat(stores.here(), channel="screen", chat=chat)
