"""A door to the store for async code: the work runs on one thread that owns a store, the event loop goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Concatenate, ParamSpec, TypeVar

from storage.store import Store

P = ParamSpec("P")
T = TypeVar("T")


class StoreThread:
    """One thread; what is handed to it runs in the order it was handed."""

    def __init__(self, open_store: Callable[[], Store]) -> None:
        self._open_store = open_store
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="store")

    async def run(self, work: Callable[Concatenate[Store, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call ``work(store, …)`` on the thread and return its result; raise what it raises."""

        def call() -> T:
            return work(self._open_store(), *args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._executor, call)

    def close(self) -> None:
        """Finish what was handed in, then end the thread."""
        self._executor.shutdown()
