"""Index generations: immutable folders, one of which is live; the live number flips in one transaction."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from knowledge.units import RowKind
from storage.database import check_in_transaction, transaction
from storage.store import Store
from storage.times import to_text

KEPT = 2
"""How many generations stay on disk: the live one, and the one that a reader may still be opening."""


@dataclass(frozen=True)
class Generation:
    """
    A built index.

    ``starter`` identifies the bundled entries it was built from, ``fingerprint`` all of its rows and the model.
    """

    number: int
    model_id: str
    starter: str
    fingerprint: str
    size: int


@dataclass(frozen=True)
class IndexedRow:
    """A row of a generation: which unit it finds, what its text is, and the hash that vectors are kept by."""

    unit: str
    kind: RowKind
    key: str


@dataclass(frozen=True)
class Draft:
    """A generation that is written to ``folder`` and not yet published."""

    folder: Path
    rows: Sequence[IndexedRow]
    model_id: str
    starter: str
    fingerprint: str


def index_folder(data_dir: Path) -> Path:
    """Return the folder that holds all generations."""
    return data_dir / "index"


def generation_folder(data_dir: Path, number: int) -> Path:
    """Return the folder of one generation."""
    return index_folder(data_dir) / str(number)


def live_generation(store: Store) -> Generation | None:
    """Return the live generation, or None when nothing was built yet."""
    row = store.db.execute(
        "SELECT number, model_id, starter, fingerprint, size FROM generations WHERE live = 1"
    ).fetchone()
    return None if row is None else Generation(*row)


def load_indexed_rows(store: Store, number: int) -> list[IndexedRow]:
    """Return the rows of a generation in order; empty when it is gone."""
    found = store.db.execute(
        "SELECT unit, kind, key FROM generation_passages WHERE generation = ? ORDER BY row", [number]
    )
    return [IndexedRow(unit, RowKind(kind), key) for unit, kind, key in found.fetchall()]


@contextmanager
def building_lock(data_dir: Path) -> Iterator[None]:
    """Let one process or thread build at a time, so that the last to read the corpus is the last to publish."""
    folder = index_folder(data_dir)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def publish(store: Store, draft: Draft, *, now: datetime) -> Generation:
    """
    Make a built folder the live generation, and drop all but the newest two.

    Readers see the old generation until the commit and the new one after it.
    """
    with transaction(store):
        store.db.execute("UPDATE generations SET live = 0 WHERE live = 1")
        cursor = store.db.execute(
            "INSERT INTO generations (model_id, starter, fingerprint, size, built_at, live) VALUES (?, ?, ?, ?, ?, 1)",
            [draft.model_id, draft.starter, draft.fingerprint, len(draft.rows), to_text(now)],
        )
        number = cursor.lastrowid
        assert number is not None
        store.db.conn.executemany(
            "INSERT INTO generation_passages (generation, row, unit, kind, key) VALUES (?, ?, ?, ?, ?)",
            ((number, place, row.unit, row.kind, row.key) for place, row in enumerate(draft.rows)),
        )
        dropped = _drop_old(store)
        folder = generation_folder(store.data_dir, number)
        # Left behind by a process that died between renaming and committing.
        shutil.rmtree(folder, ignore_errors=True)
        draft.folder.rename(folder)
    for old in dropped:
        shutil.rmtree(generation_folder(store.data_dir, old), ignore_errors=True)
    return Generation(number, draft.model_id, draft.starter, draft.fingerprint, len(draft.rows))


def adopt_starter(store: Store, generation: Generation, starter: str) -> None:
    """Note that the live generation also fits this edition of the bundled entries."""
    check_in_transaction(store)
    store.db.execute("UPDATE generations SET starter = ? WHERE number = ?", [starter, generation.number])


def _drop_old(store: Store) -> list[int]:
    rows = store.db.execute("SELECT number FROM generations ORDER BY number DESC LIMIT -1 OFFSET ?", [KEPT]).fetchall()
    for (number,) in rows:
        store.db.execute("DELETE FROM generations WHERE number = ?", [number])
    return [number for (number,) in rows]
