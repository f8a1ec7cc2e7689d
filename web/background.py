"""Work that takes longer than a page: done in threads of its own, its progress shown by whoever asks."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol, TypeAlias

import structlog

from bot.faults import new_reference, trace

_log = structlog.get_logger()


class Show(Protocol):
    """
    Called by the work with how much is done, of how much, and how much it ``found``.

    Raises:
        StoppedError: If somebody stopped the work; let it pass.
    """

    def __call__(self, done: int, total: int, found: int = 0, /) -> None: ...


Work: TypeAlias = Callable[[Show], None]


class StoppedError(Exception):
    """Somebody no longer wants this work."""


class Stage(StrEnum):
    """How far a piece of work is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Job:
    """A piece of work as it stands. ``reference`` is under which the log tells why it failed."""

    stage: Stage = Stage.WAITING
    done: int = 0
    total: int = 0
    found: int = 0
    reference: str = ""

    @property
    def under_way(self) -> bool:
        """Tell whether it is still to end."""
        return self.stage in (Stage.WAITING, Stage.RUNNING)

    @property
    def percent(self) -> int:
        """Return how much is done, in percent; 0 while nobody knows."""
        return 100 * self.done // self.total if self.total else 0


class Background:
    """
    Runs work by key, such as ``index`` or ``draft:3``: what stands before the colon is done one at a time.

    Work that is asked for again while it runs is done once more afterwards: it may have begun before the change that
    asks for it. It ends with the process, half done: what is begun here must bear that.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}
        self._again: set[str] = set()
        self._stopping: set[str] = set()
        self._lanes: dict[str, threading.Lock] = defaultdict(threading.Lock)

    def start(self, key: str, work: Work) -> None:
        """Begin work, or see to it that it is done once more."""
        with self._lock:
            known = self._jobs.get(key)
            if known is not None and known.under_way:
                self._again |= {key} if known.stage is Stage.RUNNING else set()
                return
            self._jobs[key] = Job()
            lane = self._lanes[key.partition(":")[0]]
        threading.Thread(target=self._run, args=(key, work, lane), daemon=True, name=f"desk-{key}").start()

    def stop(self, key: str) -> None:
        """Let work end at the next step that it reports; nothing where it is not under way."""
        with self._lock:
            known = self._jobs.get(key)
            if known is not None and known.under_way:
                self._stopping.add(key)
                self._again.discard(key)

    def job(self, key: str) -> Job | None:
        """Return how work stands, None when this process never began it."""
        with self._lock:
            return self._jobs.get(key)

    def _run(self, key: str, work: Work, lane: threading.Lock) -> None:
        def show(done: int, total: int, found: int = 0, /) -> None:
            with self._lock:
                if key in self._stopping:
                    raise StoppedError
                self._jobs[key] = Job(Stage.RUNNING, done, total, found)

        with lane:
            again = True
            while again:
                ended = self._ended(work, show)
                with self._lock:
                    again = key in self._again
                    self._again.discard(key)
                    self._stopping.discard(key)
                    self._jobs[key] = replace(ended, stage=Stage.RUNNING) if again else ended

    def _ended(self, work: Work, show: Show) -> Job:
        try:
            show(0, 0)
            work(show)
        except StoppedError:
            return Job(Stage.STOPPED)
        except Exception as error:  # noqa: BLE001 - the edge: work that fails says so on its page
            reference = new_reference()
            _log.error("desk.work_failed", reference=reference, trace=trace(error))
            return Job(Stage.FAILED, reference=reference)
        return Job(Stage.DONE)
