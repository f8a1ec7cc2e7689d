"""What lets records of many households be compared without opening them: keyed hashes of incomes and of visitors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cases.case import Case
from cases.details import HomeVisit
from cases.household.income import ITEMS
from storage.store import Store


def note_incomes(store: Store, case: Case, sheet: Mapping[str, Any]) -> None:
    """Keep the hash of the income items of the present version; where all are nought there is nothing to compare."""
    items = [float(sheet[key]) for key in ITEMS]
    if any(items):
        key = store.vault.fingerprint("household.income", json.dumps(items))
        store.db.execute(
            "INSERT INTO case_incomes (case_id, version, items_key) VALUES (?, ?, ?)", [case.id, case.version, key]
        )


def note_visitors(store: Store, case: Case, visit: HomeVisit) -> None:
    """Keep the hash of who visited together on that day."""
    pair = sorted({name.strip() for name in visit.visitors if name.strip()})
    if len(pair) > 1:
        key = store.vault.fingerprint("household.visitors", "\n".join(pair))
        store.db.execute(
            "INSERT INTO case_visits (case_id, version, visited_on, pair_key) VALUES (?, ?, ?, ?)",
            [case.id, case.version, visit.visited_on.isoformat(), key],
        )


def has_same_incomes_before(store: Store, case_id: str) -> bool:
    """Tell whether the latest sheet of a case repeats the income items of an earlier one to the yuan."""
    rows = store.db.query("SELECT items_key FROM case_incomes WHERE case_id = ? ORDER BY version DESC", [case_id])
    latest, *earlier = [row["items_key"] for row in rows] or [None]
    return latest is not None and latest in earlier


def has_same_incomes_elsewhere(store: Store, case_id: str) -> bool:
    """Tell whether another household's sheet has exactly the same income items."""
    found = store.db.query(
        "SELECT 1 FROM case_incomes AS mine JOIN case_incomes AS theirs"
        " ON theirs.items_key = mine.items_key AND theirs.case_id <> mine.case_id WHERE mine.case_id = ? LIMIT 1",
        [case_id],
    )
    return next(found, None) is not None


def most_visits_in_a_day(store: Store, case_id: str) -> int:
    """Return how many households the visitors of this case went to together on the day when they came here."""
    row = next(
        store.db.query(
            "SELECT max(n) AS most FROM (SELECT count(DISTINCT theirs.case_id) AS n FROM case_visits AS mine"
            " JOIN case_visits AS theirs ON theirs.pair_key = mine.pair_key AND theirs.visited_on = mine.visited_on"
            " WHERE mine.case_id = ? GROUP BY mine.version)",
            [case_id],
        )
    )
    return int(row["most"] or 0)
