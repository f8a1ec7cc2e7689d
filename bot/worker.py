"""Worker threads: take stored updates, in order per chat, and let the conversation handle each one once."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

import structlog

from bot.channels.channel import RetryLaterError
from bot.faults import new_reference, trace
from bot.turn import Turn
from storage import inbox, outbox
from storage.database import transaction
from storage.inbox import InboxItem
from storage.store import Store

FAILED_KIND: Final = "error.failed"
MAX_CRASHES: Final = 3
_IDLE_SECONDS: Final = 0.5
_JOIN_SECONDS: Final = 30

log = structlog.get_logger()

Translate = Callable[[Store, InboxItem], Turn]


class Handler(Protocol):
    """What handles a turn; the conversation is one."""

    def handle(self, store: Store, turn: Turn, *, now: datetime, done: Callable[[Store], None]) -> None:
        """Do all that *turn* causes in one write transaction and call *done* inside it."""
        ...


def utc_now() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


class Workers:
    """Threads that empty the inbox.

    ``open_store`` returns the calling thread's own store. ``translate`` holds one translator per channel; it may
    raise ``RetryLaterError`` (a file cannot be fetched just now), and the update waits. A turn that crashes is
    tried three times; then it is given up and the person is told with a reference number that the log has too.
    ``after`` is called, on the worker's thread, whenever there may be something new in the outbox.
    """

    def __init__(
        self,
        open_store: Callable[[], Store],
        conversation: Handler,
        translate: Mapping[str, Translate],
        threads: int = 2,
        *,
        clock: Callable[[], datetime] = utc_now,
        after: Callable[[], None] = lambda: None,
    ) -> None:
        self._open_store = open_store
        self._conversation = conversation
        self._translate = translate
        self._clock = clock
        self._after = after
        self._changed = threading.Condition()
        self._busy: set[tuple[str, str]] = set()
        self._crashes: Counter[str] = Counter()
        self._stopping = False
        self._threads = [
            threading.Thread(target=self._run, name=f"worker-{number}", daemon=True) for number in range(1, threads + 1)
        ]

    def start(self) -> None:
        """Start the threads; what an earlier process left in the inbox is taken first."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let running turns finish, then end the threads. What is still in the inbox stays there."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(_JOIN_SECONDS)

    def wake(self) -> None:
        """Say that the inbox has something new; may be called from any thread."""
        with self._changed:
            self._changed.notify_all()

    def wait_for(self, inbox_id: str, timeout: float) -> bool:
        """Wait up to *timeout* seconds until this update is handled or given up; tell whether it is."""
        store = self._open_store()
        with self._changed:
            return self._changed.wait_for(lambda: inbox.is_settled(store, inbox_id), timeout)

    def _run(self) -> None:
        store = self._open_store()
        while not self._stopping:
            try:
                item = self._take(store)
                if item is not None:
                    self._work(store, item)
            except Exception as error:  # noqa: BLE001 - a thread that dies would leave people unanswered
                log.error("worker.failed", trace=trace(error))  # noqa: TRY400 - messages may quote people
                time.sleep(_IDLE_SECONDS)

    def _take(self, store: Store) -> InboxItem | None:
        with self._changed:
            waiting = inbox.pending(store, now=self._clock(), limit=len(self._threads))
            item = next((item for item in waiting if (item.channel, item.chat) not in self._busy), None)
            if item is None:
                self._changed.wait(_IDLE_SECONDS)
            else:
                self._busy.add((item.channel, item.chat))
            return item

    def _work(self, store: Store, item: InboxItem) -> None:
        started = time.monotonic()
        try:
            turn = self._translate[item.channel](store, item)
            self._conversation.handle(store, turn, now=self._clock(), done=lambda s: self._mark_done(s, item))
            log.info("turn.handled", inbox=item.id, took_ms=round((time.monotonic() - started) * 1000))
        except RetryLaterError as wait:
            log.warning("turn.waits", inbox=item.id, channel=item.channel, seconds=wait.seconds)
            inbox.retry(store, item.id, at=self._clock() + timedelta(seconds=wait.seconds))
        except Exception as error:  # noqa: BLE001 - the edge: whatever went wrong, the person gets an answer
            self._crashed(store, item, error)
        finally:
            with self._changed:
                self._busy.discard((item.channel, item.chat))
                self._changed.notify_all()
            self._after()

    def _mark_done(self, store: Store, item: InboxItem) -> None:
        inbox.mark_done(store, item.id, now=self._clock())

    def _crashed(self, store: Store, item: InboxItem, error: Exception) -> None:
        self._crashes[item.id] += 1
        crashes, now = self._crashes[item.id], self._clock()
        if crashes < MAX_CRASHES:
            log.warning("turn.crashed", inbox=item.id, channel=item.channel, crashes=crashes, trace=trace(error))
            inbox.retry(store, item.id, at=now + timedelta(seconds=crashes))
            return
        del self._crashes[item.id]
        reference = new_reference()
        log.error("turn.failed", inbox=item.id, channel=item.channel, reference=reference, trace=trace(error))
        with transaction(store):
            inbox.mark_failed(store, item.id, reason=f"{type(error).__name__} {reference}", now=now)
            outbox.put(
                store,
                channel=item.channel,
                chat=item.chat,
                kind=FAILED_KIND,
                params={"reference": reference},
                notice=False,
                now=now,
            )
