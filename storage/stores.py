"""One store per thread: SQLite connections do not cross threads."""

from __future__ import annotations

import threading
from pathlib import Path

from storage.database import open_store
from storage.store import Store


class Stores:
    """Opens the data folder once for each thread that asks, and keeps it open."""

    def __init__(self, data_dir: Path, key: bytes) -> None:
        self._data_dir = data_dir
        self._key = key
        self._local = threading.local()

    def here(self) -> Store:
        """Return the calling thread's store; raises as ``open_store`` does."""
        store: Store | None = getattr(self._local, "store", None)
        if store is None:
            store = self._local.store = open_store(self._data_dir, self._key)
        return store
