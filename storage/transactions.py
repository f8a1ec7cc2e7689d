"""The only kind of write transaction: the write lock is taken at once, and actions insist on one that is open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from storage.errors import TransactionError
from storage.store import Store


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
