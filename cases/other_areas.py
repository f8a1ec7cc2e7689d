"""Areas that see a case beside its own: where a household lives that is registered elsewhere."""

from __future__ import annotations

from storage.store import Store


def keep_other_area(store: Store, case_id: str, area_code: str) -> None:
    """Let the officers of an area see a case that lies in another one."""
    store.db.execute(
        "INSERT INTO case_areas (case_id, area_code) VALUES (?, ?) ON CONFLICT DO NOTHING", [case_id, area_code]
    )


def other_areas(store: Store, case_id: str) -> list[str]:
    """Return the areas that see a case beside its own."""
    rows = store.db.query("SELECT area_code FROM case_areas WHERE case_id = ? ORDER BY area_code", [case_id])
    return [row["area_code"] for row in rows]
