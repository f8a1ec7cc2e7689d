"""A copy of the database that lives in memory only: what is written there never happened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

from sqlite_utils import Database

from storage.store import Store


@contextmanager
def scratch_copy(store: Store) -> Iterator[Store]:
    """Yield a store that holds what *store* holds now; writing to it leaves *store* and the disk as they are."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        store.db.conn.backup(connection)
        connection.execute("PRAGMA foreign_keys=ON")
        yield replace(store, db=Database(connection))
