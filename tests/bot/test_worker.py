from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.channels.channel import RetryLaterError
from bot.turn import Turn
from bot.worker import FAILED_KIND, MAX_CRASHES, Translate, Workers
from storage import inbox, outbox
from storage.database import transaction
from storage.inbox import InboxItem
from storage.store import Store
from storage.stores import Stores
from tests.bot.clocks import FastClock

WAIT = 60


def as_text(_store: Store, item: InboxItem) -> Turn:
    return Turn(channel=item.channel, chat=item.chat, id=item.update, at=item.received_at, text=item.payload)


class Echo:
    """A conversation that repeats, remembers the order, and crashes on request."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self.crashes_left = 0
        self.gate = threading.Event()
        self.gate.set()
        self.waiting = threading.Semaphore(0)

    def handle(self, store: Store, turn: Turn, *, now: datetime, done: Callable[[Store], None]) -> None:
        text = turn.text or ""
        if text == "等":
            self.waiting.release()
            assert self.gate.wait(WAIT)
        with transaction(store):
            outbox.put(
                store, channel=turn.channel, chat=turn.chat, kind="echo", params={"text": text}, notice=False, now=now
            )
            if text.startswith("崩") and self.crashes_left > 0:
                self.crashes_left -= 1
                raise ValueError("张三 13912345678 的话")
            done(store)
        self.said.append((turn.chat, text))


@pytest.fixture
def stores(tmp_path: Path, key: bytes) -> Stores:
    return Stores(tmp_path / "data", key)


def arrive(stores: Stores, chat: str, text: str, update: str = "", channel: str = "test") -> str:
    row = inbox.receive(
        stores.here(), channel=channel, chat=chat, update=update or f"{chat}-{text}", payload=text, now=FastClock()()
    )
    assert row is not None
    return row


@contextmanager
def working(stores: Stores, echo: Echo, translate: Translate = as_text, threads: int = 2) -> Iterator[Workers]:
    workers = Workers(stores.here, echo, {"test": translate}, threads, clock=FastClock())
    workers.start()
    try:
        yield workers
    finally:
        workers.stop()


def kinds(stores: Stores, chat: str) -> list[str]:
    return [item.kind for item in outbox.for_chat(stores.here(), channel="test", chat=chat)]


def test_what_an_earlier_process_left_is_handled_at_the_start(stores: Stores) -> None:
    echo, row = Echo(), arrive(stores, "甲", "你好")
    with working(stores, echo) as workers:
        assert workers.wait_for(row, WAIT)
    assert echo.said == [("甲", "你好")]
    assert inbox.load(stores.here(), row).done


def test_a_chat_keeps_its_order_whatever_the_number_of_threads(stores: Stores) -> None:
    echo = Echo()
    rows = [arrive(stores, chat, f"{number}") for number in range(8) for chat in ("甲", "乙", "丙")]
    with working(stores, echo, threads=4) as workers:
        assert all(workers.wait_for(row, WAIT) for row in rows)
    for chat in ("甲", "乙", "丙"):
        assert [text for who, text in echo.said if who == chat] == [f"{number}" for number in range(8)]


def test_a_slow_chat_does_not_hold_up_another(stores: Stores) -> None:
    echo = Echo()
    echo.gate.clear()
    slow, behind = arrive(stores, "甲", "等"), arrive(stores, "甲", "后面")
    with working(stores, echo) as workers:
        assert echo.waiting.acquire(timeout=WAIT)
        quick = arrive(stores, "乙", "你好")
        workers.wake()
        assert workers.wait_for(quick, WAIT)
        assert not workers.wait_for(behind, 0.2)
        echo.gate.set()
        assert workers.wait_for(slow, WAIT)
        assert workers.wait_for(behind, WAIT)
    assert echo.said == [("乙", "你好"), ("甲", "等"), ("甲", "后面")]


def test_a_turn_that_crashes_once_is_handled_once(stores: Stores) -> None:
    echo, row = Echo(), arrive(stores, "甲", "崩一下")
    echo.crashes_left = 1
    with working(stores, echo) as workers:
        assert workers.wait_for(row, WAIT)
    assert inbox.load(stores.here(), row).done
    assert kinds(stores, "甲") == ["echo"]


def test_a_turn_that_always_crashes_is_answered_with_a_reference_and_the_next_one_goes_on(stores: Stores) -> None:
    echo, row, after = Echo(), arrive(stores, "甲", "崩"), arrive(stores, "甲", "你好")
    echo.crashes_left = MAX_CRASHES
    with capture_logs() as logs, working(stores, echo) as workers:
        assert workers.wait_for(after, WAIT)
    assert not inbox.load(stores.here(), row).done
    assert kinds(stores, "甲") == [FAILED_KIND, "echo"]
    failed = outbox.for_chat(stores.here(), channel="test", chat="甲")[0]
    (entry,) = [entry for entry in logs if entry["event"] == "turn.failed"]
    assert entry["reference"] == failed.params["reference"]
    assert any("test_worker.py" in line for line in entry["trace"])


def test_the_log_never_quotes_what_a_crash_says(stores: Stores) -> None:
    echo, row = Echo(), arrive(stores, "甲", "崩")
    echo.crashes_left = MAX_CRASHES
    with capture_logs() as logs, working(stores, echo) as workers:
        assert workers.wait_for(row, WAIT)
    assert logs
    assert "张三" not in str(logs)
    assert "13912345678" not in str(logs)


def test_a_channel_that_asks_to_wait_is_obeyed_as_often_as_it_asks(stores: Stores) -> None:
    asked = iter(range(2 * MAX_CRASHES))

    def translate(store: Store, item: InboxItem) -> Turn:
        if next(asked, None) is not None:
            raise RetryLaterError(1)
        return as_text(store, item)

    echo, row = Echo(), arrive(stores, "甲", "照片")
    with working(stores, echo, translate) as workers:
        assert workers.wait_for(row, WAIT)
    assert echo.said == [("甲", "照片")]
    assert kinds(stores, "甲") == ["echo"]


def test_an_update_of_a_channel_without_a_translator_is_given_up_with_a_word(stores: Stores) -> None:
    row = arrive(stores, "甲", "你好", channel="unknown")
    with working(stores, Echo()) as workers:
        assert workers.wait_for(row, WAIT)
    said = outbox.for_chat(stores.here(), channel="unknown", chat="甲")
    assert [item.kind for item in said] == [FAILED_KIND]


def test_whoever_must_send_is_told_after_every_turn(stores: Stores) -> None:
    told = threading.Semaphore(0)
    workers = Workers(stores.here, Echo(), {"test": as_text}, clock=FastClock(), after=told.release)
    arrive(stores, "甲", "一")
    workers.start()
    assert told.acquire(timeout=WAIT)
    workers.stop()


def test_waiting_for_a_turn_ends_when_the_time_is_over(stores: Stores) -> None:
    row = arrive(stores, "甲", "一")
    workers = Workers(stores.here, Echo(), {"test": as_text}, clock=FastClock())
    assert not workers.wait_for(row, 0.05)


def test_stopping_finishes_the_running_turn_and_leaves_the_rest(stores: Stores) -> None:
    echo = Echo()
    echo.gate.clear()
    running, rest = arrive(stores, "甲", "等"), arrive(stores, "甲", "后面")
    with working(stores, echo, threads=1) as workers:
        assert echo.waiting.acquire(timeout=WAIT)
        threading.Timer(0.1, echo.gate.set).start()
        workers.stop()
        assert inbox.load(stores.here(), running).done
        assert not inbox.load(stores.here(), rest).done
