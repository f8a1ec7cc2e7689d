"""Doing something again whenever files below some folders change."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Final

from watchfiles import Change, watch

from ingest.litter import is_litter

_LOOK_MS: Final = 500  # the watch hands back control this often, so that the first round need not wait for a change


def keep_up(again: Callable[[], object], paths: Sequence[Path]) -> None:
    """
    Call ``again`` once the watch over ``paths`` stands, then after each change below them, until Ctrl-C.

    Changes that come close together count as one; those that come while ``again`` runs are done next. Ctrl-C lets a
    running ``again`` finish; a second one breaks it off with ``KeyboardInterrupt``.
    """
    begun = False
    with _stopped_by_ctrl_c() as stop:
        for changes in watch(
            *paths, watch_filter=_is_content, stop_event=stop, rust_timeout=_LOOK_MS, yield_on_timeout=True
        ):
            if changes or not begun:
                begun = True
                again()


@contextmanager
def _stopped_by_ctrl_c() -> Iterator[Event]:
    """Yield an event that the first Ctrl-C sets; the next ones are ``KeyboardInterrupt`` as always."""
    stop = Event()

    def once(number: int, _frame: object) -> None:
        stop.set()
        signal.signal(number, signal.default_int_handler)

    former = signal.signal(signal.SIGINT, once)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, former)


def _is_content(_change: Change, path: str) -> bool:
    return not is_litter(Path(path).name)
