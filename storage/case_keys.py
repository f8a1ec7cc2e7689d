"""A key per case: erasing a household's personal fields is deleting its key."""

from __future__ import annotations

from datetime import datetime

from storage.database import check_in_transaction
from storage.errors import KeyErasedError
from storage.store import Store
from storage.times import to_text
from storage.vault import FieldCipher, new_key


def create_case_key(store: Store, case_id: str, *, now: datetime) -> FieldCipher:
    """Make and store the key of a new case, wrapped by the vault; return its cipher."""
    check_in_transaction(store)
    key = new_key()
    wrapped = store.vault.seal(key, table="case_keys", row=case_id, column="wrapped_key")
    store.db.execute(
        "INSERT INTO case_keys (case_id, wrapped_key, created_at) VALUES (?, ?, ?)",
        [case_id, wrapped, to_text(now)],
    )
    return FieldCipher(key)


def case_vault(store: Store, case_id: str) -> FieldCipher:
    """Return the cipher of a case.

    Raises:
        KeyErasedError: the key was erased, or the case never had one.
    """
    row = next(store.db.query("SELECT wrapped_key FROM case_keys WHERE case_id = ?", [case_id]), None)
    if row is None or row["wrapped_key"] is None:
        raise KeyErasedError(f"case {case_id} has no key")
    return FieldCipher(store.vault.open_bytes(row["wrapped_key"], table="case_keys", row=case_id, column="wrapped_key"))


def is_erased(store: Store, case_id: str) -> bool:
    """Tell whether the key of a case was erased: what was sealed under it can never be read again."""
    rows = store.db.query("SELECT 1 FROM case_keys WHERE case_id = ? AND wrapped_key IS NULL", [case_id])
    return next(rows, None) is not None


def erase_case_key(store: Store, case_id: str, *, now: datetime) -> None:
    """Delete the key of a case for good: its sealed fields and attachments can never be read again."""
    check_in_transaction(store)
    store.db.execute(
        "UPDATE case_keys SET wrapped_key = NULL, erased_at = ? WHERE case_id = ?", [to_text(now), case_id]
    )
