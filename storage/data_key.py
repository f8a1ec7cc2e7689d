"""The key that seals a data folder, wrapped by the master key: a new master key rewrites one small row.

While a master key is being changed, the old and the new one both open the folder. A folder made before there was
such a key is sealed by its first master key itself.
"""

from __future__ import annotations

from typing import Final

from storage.errors import SealBrokenError, WrongKeyError
from storage.store import Store
from storage.transactions import check_in_transaction, transaction
from storage.vault import Vault, key_name, new_key

_CHECK: Final = "bangfu"


def unlock(store: Store, master: bytes) -> bytes:
    """Return the key that seals the folder, making one at the first start.

    Raises:
        WrongKeyError: *master* opens no key of this folder.
    """
    found = _open(store, master)
    if found is not None:
        return found
    with transaction(store):
        first = next(store.db.query("SELECT count(*) AS keys FROM data_keys"))["keys"] == 0
        data = _first_key(store, master) if first else _open(store, master)
        if data is None:
            raise WrongKeyError("the data folder was sealed with another key")
        if first:
            admit(store, master, data=data)
    return data


def admit(store: Store, master: bytes, *, data: bytes) -> None:
    """Let *master* open the folder whose key is *data*; once more does nothing. Needs an open transaction."""
    check_in_transaction(store)
    name = key_name(master)
    wrapped = Vault(master).seal(data, table="data_keys", row=name, column="wrapped")
    store.db.execute("INSERT OR IGNORE INTO data_keys (id, wrapped) VALUES (?, ?)", [name, wrapped])


def dismiss_others(store: Store, master: bytes) -> int:
    """Let only *master* open the folder from now on; return how many other keys did. Needs an open transaction."""
    check_in_transaction(store)
    return store.db.execute("DELETE FROM data_keys WHERE id <> ?", [key_name(master)]).rowcount


def is_changing(store: Store) -> bool:
    """Tell whether several master keys open the folder: a change of keys was begun and not finished."""
    return int(next(store.db.query("SELECT count(*) AS keys FROM data_keys"))["keys"]) > 1


def _open(store: Store, master: bytes) -> bytes | None:
    name = key_name(master)
    row = next(store.db.query("SELECT wrapped FROM data_keys WHERE id = ?", [name]), None)
    if row is None:
        return None
    return Vault(master).open_bytes(row["wrapped"], table="data_keys", row=name, column="wrapped")


def _first_key(store: Store, master: bytes) -> bytes:
    """Return a fresh key for an empty folder; for one made before, its master key, if this is it."""
    row = next(store.db.query("SELECT value FROM key_check"), None)
    if row is None:
        data = new_key()
        sealed = Vault(data).seal(_CHECK, table="key_check", row="1", column="value")
        store.db.execute("INSERT INTO key_check (id, value) VALUES (1, ?)", [sealed])
        return data
    try:
        Vault(master).open_text(row["value"], table="key_check", row="1", column="value")
    except SealBrokenError as error:
        raise WrongKeyError("the data folder was sealed with another key") from error
    return master
