import sqlite3
import threading
from datetime import datetime
from pathlib import Path

import pytest

from settings.schema import Settings
from storage import audit
from storage.database import FILE_NAME, check_in_transaction, open_store, transaction
from storage.errors import DatabaseTooNewError, NotADatabaseError, TransactionError, WrongKeyError
from storage.store import Store
from storage.stores import Stores
from storage.vault import new_key
from storage.verification import verify_file


def test_a_new_folder_opens_migrated_durable_and_with_foreign_keys(store: Store) -> None:
    def pragma(name: str) -> object:
        return store.db.execute(f"PRAGMA {name}").fetchone()[0]

    assert {"inbox", "outbox", "attachments", "case_keys", "audit"} <= set(store.db.table_names())
    assert (pragma("journal_mode"), pragma("synchronous"), pragma("foreign_keys")) == ("wal", 2, 1)


def test_opening_again_keeps_what_was_stored(store: Store, key: bytes, now: datetime) -> None:
    with transaction(store):
        audit.append(store, actor="a", event="e", subject="s", now=now)
    assert len(audit.rows(open_store(store.data_dir, key), "s")) == 1


def test_another_key_is_refused(store: Store) -> None:
    with pytest.raises(WrongKeyError, match="another key"):
        open_store(store.data_dir, new_key())


def test_a_database_of_a_newer_version_is_refused(store: Store, key: bytes) -> None:
    store.db.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('bangfu', 'm999_future', '')"
    )
    with pytest.raises(DatabaseTooNewError, match="m999_future"):
        open_store(store.data_dir, key)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path, key: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"not a database " * 100)
    with pytest.raises(NotADatabaseError, match="not a database"):
        open_store(tmp_path, key)


def test_a_transaction_commits_at_its_end_and_rolls_back_on_an_exception(store: Store, now: datetime) -> None:
    with transaction(store):
        audit.append(store, actor="a", event="kept", subject="s", now=now)
    with pytest.raises(ZeroDivisionError), transaction(store):
        audit.append(store, actor="a", event="lost", subject="s", now=now)
        _ = 1 / 0
    assert [row.event for row in audit.rows(store, "s")] == ["kept"]
    assert not store.db.conn.in_transaction


def test_a_transaction_does_not_nest_and_actions_insist_on_one(store: Store) -> None:
    with transaction(store):
        check_in_transaction(store)
        with pytest.raises(TransactionError, match="open already"), transaction(store):
            pass
    with pytest.raises(TransactionError, match="needs an open transaction"):
        check_in_transaction(store)


def test_writers_wait_for_each_other_instead_of_failing(settings: Settings, key: bytes, now: datetime) -> None:
    stores = Stores(settings.data_path, key)
    stores.here()
    failures: list[sqlite3.Error] = []

    def write() -> None:
        store = stores.here()
        for _ in range(25):
            try:
                with transaction(store):
                    audit.append(store, actor="a", event="e", subject="s", now=now)
            except sqlite3.Error as error:
                failures.append(error)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(audit.rows(stores.here(), "s")) == 100
    assert verify_file(stores.here().data_dir / FILE_NAME, (), ()).findings == ()


def test_each_thread_gets_a_store_of_its_own(settings: Settings, key: bytes) -> None:
    stores = Stores(settings.data_path, key)
    here = stores.here()
    there: list[Store] = []
    thread = threading.Thread(target=lambda: there.append(stores.here()))
    thread.start()
    thread.join()
    assert stores.here() is here
    assert there[0].db.conn is not here.db.conn


def test_a_new_folder_may_be_opened_by_many_threads_at_once(settings: Settings, key: bytes) -> None:
    stores = Stores(settings.data_path, key)
    together = threading.Barrier(8)
    failures: list[Exception] = []

    def start() -> None:
        together.wait()
        try:
            stores.here()
        except sqlite3.Error as error:
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
