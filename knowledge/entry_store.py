"""Entries in the store: the bundled ones are brought up to date, an officer's edit is never overwritten."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from knowledge.entries import Entry
from places.gazetteer import Gazetteer
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import from_text, to_text

_ADAPTER = TypeAdapter(Entry)


class EntryPlaceError(ValueError):
    """An entry names a place that the gazetteer does not know."""


def sync_starter(store: Store, entries: Sequence[Entry], gazetteer: Gazetteer, *, now: datetime) -> int:
    """
    Make the stored bundled entries equal to ``entries``, in the open transaction; return how many changed.

    Entries that an officer edited or wrote stay as they are. Bundled entries that are gone are retired.

    Raises:
        EntryPlaceError: If an entry's area is not in the gazetteer.
    """
    check_in_transaction(store)
    known = {
        row[0]: row[1:]
        for row in store.db.execute("SELECT id, area, body, retired_at, edited_by, origin FROM entries").fetchall()
    }
    changed = 0
    for entry in entries:
        area, body = _area_code(entry, gazetteer), _ADAPTER.dump_json(entry).decode()
        old = known.pop(entry.id, None)
        if old is not None and (old[3] is not None or old[4] != "starter" or old[:3] == (area, body, None)):
            continue
        store.db.execute(
            "INSERT INTO entries (id, area, body, origin, saved_at) VALUES (?, ?, ?, 'starter', ?)"
            " ON CONFLICT (id) DO UPDATE SET area = excluded.area, body = excluded.body,"
            " saved_at = excluded.saved_at, retired_at = NULL",
            [entry.id, area, body, to_text(now)],
        )
        changed += 1
    for id_, (_, _, retired_at, edited_by, origin) in known.items():
        if origin == "starter" and edited_by is None and retired_at is None:
            store.db.execute("UPDATE entries SET retired_at = ? WHERE id = ?", [to_text(now), id_])
            changed += 1
    return changed


@dataclass(frozen=True)
class Kept:
    """How an entry came to be as it is: bundled or an officer's own, who edited it (an id) and when it was written."""

    bundled: bool
    edited_by: str
    saved_at: datetime


def save_entry(store: Store, entry: Entry, gazetteer: Gazetteer, *, by: str, now: datetime) -> None:
    """
    Write an officer's own entry, or his edit of a bundled one, in the open transaction; no upgrade overwrites it.

    Raises:
        EntryPlaceError: If its area is not in the gazetteer.
    """
    check_in_transaction(store)
    store.db.execute(
        "INSERT INTO entries (id, area, body, origin, edited_by, saved_at) VALUES (?, ?, ?, 'officer', ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET area = excluded.area, body = excluded.body, edited_by = excluded.edited_by,"
        " saved_at = excluded.saved_at, retired_at = NULL",
        [entry.id, _area_code(entry, gazetteer), _ADAPTER.dump_json(entry).decode(), by, to_text(now)],
    )


def give_back_entry(store: Store, entry: Entry, gazetteer: Gazetteer, *, now: datetime) -> None:
    """Make an edited bundled entry what it was as it came, in the open transaction; upgrades change it again."""
    check_in_transaction(store)
    store.db.execute(
        "UPDATE entries SET area = ?, body = ?, edited_by = NULL, saved_at = ?, retired_at = NULL"
        " WHERE id = ? AND origin = 'starter'",
        [_area_code(entry, gazetteer), _ADAPTER.dump_json(entry).decode(), to_text(now), entry.id],
    )


def load_kept(store: Store) -> dict[str, Kept]:
    """Return how each entry in use came to be as it is, by its id."""
    rows = store.db.execute("SELECT id, origin, edited_by, saved_at FROM entries WHERE retired_at IS NULL").fetchall()
    return {id_: Kept(origin == "starter", by or "", from_text(at)) for id_, origin, by, at in rows}


def load_entries(store: Store) -> list[Entry]:
    """Return the entries in use, by id."""
    return [entry for entry, _ in load_entries_with_areas(store)]


def load_entries_with_areas(store: Store) -> list[tuple[Entry, str]]:
    """Return the entries in use with the code of their area, by id."""
    rows = store.db.execute("SELECT body, area FROM entries WHERE retired_at IS NULL ORDER BY id")
    return [(_ADAPTER.validate_json(body), area) for body, area in rows.fetchall()]


def find_entries(store: Store, ids: Iterable[str]) -> dict[str, Entry]:
    """Return the entries in use among ``ids``."""
    rows = store.db.execute(
        "SELECT id, body FROM entries WHERE retired_at IS NULL AND id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(ids))],
    )
    return {row[0]: _ADAPTER.validate_json(row[1]) for row in rows.fetchall()}


def _area_code(entry: Entry, gazetteer: Gazetteer) -> str:
    area = gazetteer.by_path(entry.area)
    if area is None:
        raise EntryPlaceError(f"条目 {entry.id} 的 area“{entry.area}”在地名表里找不到，请改成完整的地名路径")
    return area.code
