"""SQLite opened right: WAL, foreign keys, full durability, migrated, written inside one kind of transaction."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from storage.errors import (
    DatabaseTooNewError,
    NotADatabaseError,
    SealBrokenError,
    TransactionError,
    WrongKeyError,
)
from storage.migrations import MIGRATIONS, NAMES
from storage.store import Store
from storage.vault import Vault

FILE_NAME: Final = "bangfu.db"
_WAIT_SECONDS: Final = 15
_KEY_CHECK: Final = "bangfu"


def open_store(data_dir: Path, key: bytes) -> Store:
    """Open (and at the first start make) the database of *data_dir* for the calling thread.

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
        _check_key(store)
    except sqlite3.DatabaseError as error:
        connection.close()
        if isinstance(error, sqlite3.OperationalError):
            raise
        raise NotADatabaseError(f"{path}: {error}") from error
    except BaseException:
        connection.close()
        raise
    return store


@contextmanager
def transaction(store: Store) -> Iterator[None]:
    """Hold the write lock for the block; commit at its end, roll back on any exception.

    ``BEGIN IMMEDIATE`` waits for other writers up front. A plain ``BEGIN`` fails at once with "database is
    locked" when another writer commits between our read and our write.

    Raises:
        TransactionError: a transaction is open already.
    """
    connection = store.db.conn
    if connection.in_transaction:
        raise TransactionError("a transaction is open already")
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        # A no-op when the error itself already ended the transaction.
        connection.rollback()
        raise
    connection.execute("COMMIT")


def check_in_transaction(store: Store) -> None:
    """Raise ``TransactionError`` unless the caller's edge opened a transaction."""
    if not store.db.conn.in_transaction:
        raise TransactionError("this action needs an open transaction")


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


def _check_key(store: Store) -> None:
    row = next(store.db.query("SELECT value FROM key_check"), None)
    if row is None:
        sealed = store.vault.seal(_KEY_CHECK, table="key_check", row="1", column="value")
        store.db.execute("INSERT OR IGNORE INTO key_check (id, value) VALUES (1, ?)", [sealed])
        return
    try:
        store.vault.open_text(row["value"], table="key_check", row="1", column="value")
    except SealBrokenError as error:
        raise WrongKeyError("the data folder was sealed with another key") from error
