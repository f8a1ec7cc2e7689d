"""SQLite opened right: WAL, foreign keys, full durability, migrated, written inside one kind of transaction."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import replace
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from storage.data_key import unlock
from storage.errors import DatabaseTooNewError, NotADatabaseError
from storage.migrations import MIGRATIONS, NAMES
from storage.store import Store
from storage.transactions import check_in_transaction, transaction
from storage.vault import Vault

__all__ = ["FILE_NAME", "check_in_transaction", "open_store", "transaction"]

FILE_NAME: Final = "bangfu.db"
_WAIT_SECONDS: Final = 15


def open_store(data_dir: Path, key: bytes) -> Store:
    """Open (and at the first start make) the database of *data_dir* for the calling thread.

    *key* is the master key; what it opens is the key that seals the folder.

    Raises:
        DatabaseTooNewError: a newer version wrote the database.
        WrongKeyError: the folder was sealed with another key.
        NotADatabaseError: the file is something else.
    """
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = data_dir / FILE_NAME
    # Autocommit at the driver: the only transactions are the ones that `transaction` opens.
    connection = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
    try:
        _write_ahead(connection)
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
        store = Store(db=Database(connection), vault=Vault(key), data_dir=data_dir)
        _migrate(store)
        store = replace(store, vault=Vault(unlock(store, key)))
    except sqlite3.DatabaseError as error:
        connection.close()
        if isinstance(error, sqlite3.OperationalError):
            raise
        raise NotADatabaseError(f"{path}: {error}") from error
    except BaseException:
        connection.close()
        raise
    return store


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log. SQLite does not wait here while another connection makes the same switch."""
    end = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)
        else:
            return


def _migrate(store: Store) -> None:
    unknown = {applied.name for applied in MIGRATIONS.applied(store.db)} - NAMES
    if unknown:
        raise DatabaseTooNewError(f"unknown migrations: {', '.join(sorted(unknown))}")
    if not MIGRATIONS.pending(store.db):
        return
    with transaction(store):
        MIGRATIONS.apply(store.db)
