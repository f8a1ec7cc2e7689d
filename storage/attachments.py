"""Photos and voice notes: encrypted files, each under its own key, so that a case can take one over or erase it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from storage.case_keys import case_vault
from storage.database import check_in_transaction
from storage.errors import AttachmentMissingError
from storage.ids import new_id
from storage.store import Store
from storage.times import to_text
from storage.vault import FieldCipher, new_key


@dataclass(frozen=True)
class Attachment:
    """What is known of a stored file without opening it. ``size`` is in bytes before encryption."""

    id: str
    media_type: str
    size: int
    case_id: str | None


def save(store: Store, data: bytes, *, media_type: str, now: datetime) -> str:
    """Encrypt *data* into the data folder and return its id.

    The file is on disk before its row: a crash in between leaves a file that nobody can read, never a row
    without a file.
    """
    attachment_id = new_id()
    key = new_key()
    sealed = FieldCipher(key).seal(data, table="attachments", row=attachment_id, column="content")
    _write(_path(store, attachment_id), sealed)
    wrapped = store.vault.seal(key, table="attachments", row=attachment_id, column="wrapped_key")
    store.db.execute(
        "INSERT INTO attachments (id, media_type, size, wrapped_key, created_at) VALUES (?, ?, ?, ?, ?)",
        [attachment_id, media_type, len(data), wrapped, to_text(now)],
    )
    return attachment_id


def describe(store: Store, attachment_id: str) -> Attachment:
    """Return what is known of a file.

    Raises:
        AttachmentMissingError: no such id.
    """
    row = _row(store, attachment_id)
    return Attachment(id=row["id"], media_type=row["media_type"], size=row["size"], case_id=row["case_id"])


def load(store: Store, attachment_id: str) -> bytes:
    """Return the decrypted bytes of a file.

    Raises:
        AttachmentMissingError: no such id, or the file is gone.
        KeyErasedError: the case that holds it was erased.
    """
    row = _row(store, attachment_id)
    try:
        sealed = _path(store, attachment_id).read_bytes()
    except FileNotFoundError as error:
        raise AttachmentMissingError(f"file of attachment {attachment_id} is gone") from error
    return FieldCipher(_key(store, row)).open_bytes(sealed, table="attachments", row=attachment_id, column="content")


def adopt(store: Store, attachment_id: str, *, case_id: str) -> None:
    """Put a file under the key of a case, so that erasing the case erases the file."""
    check_in_transaction(store)
    row = _row(store, attachment_id)
    wrapped = case_vault(store, case_id).seal(
        _key(store, row), table="attachments", row=attachment_id, column="wrapped_key"
    )
    store.db.execute(
        "UPDATE attachments SET wrapped_key = ?, case_id = ? WHERE id = ?", [wrapped, case_id, attachment_id]
    )


def of_case(store: Store, case_id: str) -> tuple[str, ...]:
    """Return the ids of the files that a case holds."""
    return tuple(row["id"] for row in store.db.query("SELECT id FROM attachments WHERE case_id = ?", [case_id]))


def remove_files(store: Store, attachment_ids: tuple[str, ...]) -> None:
    """Remove files from the disk; their rows stay where papers point at them. Removing twice does nothing."""
    for attachment_id in attachment_ids:
        _path(store, attachment_id).unlink(missing_ok=True)


def _key(store: Store, row: dict[str, Any]) -> bytes:
    holder = store.vault if row["case_id"] is None else case_vault(store, row["case_id"])
    return holder.open_bytes(row["wrapped_key"], table="attachments", row=row["id"], column="wrapped_key")


def _row(store: Store, attachment_id: str) -> dict[str, Any]:
    row = next(store.db.query("SELECT * FROM attachments WHERE id = ?", [attachment_id]), None)
    if row is None:
        raise AttachmentMissingError(f"no attachment {attachment_id}")
    return row


def _path(store: Store, attachment_id: str) -> Path:
    return store.data_dir / "attachments" / f"{attachment_id}.bin"


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_suffix(".part")
    with partial.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
