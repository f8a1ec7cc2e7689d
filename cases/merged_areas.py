"""Villages that became part of others: where what is addressed to them goes now."""

from __future__ import annotations

from datetime import datetime

from storage.store import Store
from storage.times import to_text


def keep_merger(store: Store, old: str, new: str, *, now: datetime) -> None:
    """Keep that *old* is part of *new* from now on, and with it what was part of *old* before."""
    store.db.execute("UPDATE merged_areas SET new = ? WHERE new = ?", [new, old])
    store.db.execute("DELETE FROM merged_areas WHERE old = ?", [new])
    store.db.execute("INSERT OR REPLACE INTO merged_areas (old, new, at) VALUES (?, ?, ?)", [old, new, to_text(now)])


def present_area(store: Store, area_code: str) -> str:
    """Return the village that an area belongs to now: itself, unless it was merged into another."""
    row = next(store.db.query("SELECT new FROM merged_areas WHERE old = ?", [area_code]), None)
    return row["new"] if row else area_code
