"""Change the master key of a data folder. Killed at any point, the folder still opens, and a second run goes on.

First the new key is admitted beside the old one, then the key file is replaced, then the old key is dismissed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage import audit, data_key
from storage.database import open_store, transaction
from storage.keys import key_file, load_or_create_next_key, next_key_file, take_next_key
from storage.store import Store


@dataclass(frozen=True)
class Rekeyed:
    """What was done. ``same_seal``: the folder is sealed by its first master key, which must stay secret for ever."""

    same_seal: bool


def admit_new_key(data_dir: Path, master: bytes, new: bytes, *, now: datetime) -> Rekeyed:
    """Let *new* open the folder beside *master*.

    Raises:
        WrongKeyError: *master* does not open it.
    """
    store = open_store(data_dir, master)
    with transaction(store):
        data = data_key.unlock(store, master)
        data_key.admit(store, new, data=data)
        audit.append(store, actor="operator", event="key.admitted", subject="folder", now=now)
    store.db.close()
    return Rekeyed(same_seal=data in {master, new})


def finish_change(data_dir: Path, master: bytes, *, now: datetime) -> bool:
    """Let only *master* open the folder from now on; tell whether any other key did until now.

    Raises:
        WrongKeyError: *master* does not open it.
    """
    store = open_store(data_dir, master)
    with transaction(store):
        dismissed = data_key.dismiss_others(store, master)
        if dismissed:
            facts = {"dismissed": dismissed}
            audit.append(store, actor="operator", event="key.changed", subject="folder", now=now, facts=facts)
    _forget_log(store)
    store.db.close()
    return bool(dismissed)


def change_key_file(data_dir: Path, master: bytes, *, now: datetime) -> Rekeyed:
    """Give the folder a new master key in its key file; *master* is the one that lies there.

    What an earlier run left half done is finished, and no further key is made.

    Raises:
        WrongKeyError: *master* does not open the folder.
    """
    if not next_key_file(data_dir).exists() and finish_change(data_dir, master, now=now):
        return Rekeyed(same_seal=False)
    new = load_or_create_next_key(data_dir)
    done = admit_new_key(data_dir, master, new, now=now)
    take_next_key(data_dir)
    finish_change(data_dir, new, now=now)
    return done


def has_key_file(data_dir: Path) -> bool:
    """Tell whether the master key lies in the data folder."""
    return key_file(data_dir).exists()


def _forget_log(store: Store) -> None:
    """Write the log back into the database, so that the dismissed row is nowhere on the disk."""
    store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
