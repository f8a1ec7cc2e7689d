"""The record of files: which were read from which folder, under which name, and what came of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from storage.database import check_in_transaction
from storage.store import Store
from storage.times import to_text


class FileState(StrEnum):
    """What came of reading a file."""

    TAKEN = "taken"
    FAILED = "failed"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True)
class FileRecord:
    """
    One file as it was last read.

    ``source`` is its path below the ingested folder, led by the folder's name. ``identity`` is the source
    under which it first came in: its documents' ids hang on it, so a renamed file keeps them. ``rules`` is
    the version of the cleaning rules.
    """

    source: str
    folder: str
    identity: str
    hash: str
    rules: int
    state: FileState
    reason: str = ""


def folder_name(store: Store, folder: Path) -> str:
    """
    Return the name under which a folder is known, giving it one at the first time.

    It is the folder's own name. A second folder of that name gets a number, unless the first is gone: then
    it was moved, and keeps its name. Runs in the open transaction.
    """
    check_in_transaction(store)
    path = str(folder)
    known = store.db.execute("SELECT name FROM ingest_folders WHERE path = ?", [path]).fetchone()
    if known is not None:
        return str(known[0])
    base = folder.name or "根目录"
    name, number = base, 1
    while (other := _path_of(store, name)) is not None and Path(other).exists():
        number += 1
        name = f"{base}({number})"
    store.db.execute(
        "INSERT INTO ingest_folders (name, path) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET path = excluded.path",
        [name, path],
    )
    return name


def known_folders(store: Store) -> dict[str, Path]:
    """Return the ingested folders by name."""
    return {name: Path(path) for name, path in store.db.execute("SELECT name, path FROM ingest_folders").fetchall()}


def load_files(store: Store, folders: Iterable[str] | None = None) -> list[FileRecord]:
    """Return the files of the folders of these names, of all folders by default, by source."""
    wanted = None if folders is None else set(folders)
    rows = store.db.execute(f"SELECT {_COLUMNS} FROM ingest_files ORDER BY source").fetchall()  # noqa: S608 - constant
    files = [
        FileRecord(
            source=row[0], folder=row[1], identity=row[2], hash=row[3], rules=row[4],
            state=FileState(row[5]), reason=row[6],
        )
        for row in rows
    ]  # fmt: skip
    return [file for file in files if wanted is None or file.folder in wanted]


def load_raw(store: Store, source: str) -> str:
    """Return the text of a file before cleaning, "" when it was not taken in."""
    row = store.db.execute("SELECT raw FROM ingest_files WHERE source = ?", [source]).fetchone()
    return "" if row is None else str(row[0])


def save_file(store: Store, file: FileRecord, *, raw: str = "", now: datetime) -> None:
    """Record what came of reading a file, with its text before cleaning if it was taken in; needs a transaction."""
    check_in_transaction(store)
    values = [
        file.source, file.folder, file.identity, file.hash, file.rules, file.state, file.reason, raw, to_text(now),
    ]  # fmt: skip
    store.db.execute(
        f"INSERT OR REPLACE INTO ingest_files ({_COLUMNS}, raw, read_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - constant
        values,
    )


def forget_file(store: Store, source: str) -> None:
    """Drop the record of a file that is gone; its documents stay, retired. Runs in the open transaction."""
    check_in_transaction(store)
    store.db.execute("DELETE FROM ingest_files WHERE source = ?", [source])


_COLUMNS = "source, folder, identity, hash, rules, outcome, reason"


def _path_of(store: Store, name: str) -> str | None:
    row = store.db.execute("SELECT path FROM ingest_folders WHERE name = ?", [name]).fetchone()
    return None if row is None else str(row[0])
