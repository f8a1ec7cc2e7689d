"""How many cases lie where: an area and the areas within it, in the order of their codes, never ranked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cases.actors import Officer
from cases.duties import in_area, in_areas
from storage.store import Store

# The length of a code one level down: county 6, township 9, village 12.
DEEPER: Final = {0: 6, 2: 6, 4: 6, 6: 9, 9: 12}


@dataclass(frozen=True)
class Tally:
    """The cases under way in one area. ``overdue``: past their earliest limit. ``waiting_claim``: held by nobody."""

    area_code: str
    active: int
    urgent: int
    overdue: int
    due_today: int
    unclaimed: int


def tallies(store: Store, *, officer: Officer, area_code: str, today: date) -> list[Tally]:
    """Return the tallies of the areas right below *area_code* in which the officer has cases under way.

    A case that is not placed as deep yet stands under the code that it has.
    """
    seen, own = in_areas(officer)
    here, within = in_area(area_code)
    digits = DEEPER.get(len(area_code), 12)
    rows = store.db.query(
        f"SELECT substr(area_code, 1, :digits) AS code, count(*) AS active, sum(urgent) AS urgent,"  # noqa: S608 - names of our own
        " coalesce(sum(due_on < :today), 0) AS overdue, coalesce(sum(due_on = :today), 0) AS due_today,"
        f" sum(assignee IS NULL) AS unclaimed FROM cases WHERE active = 1 AND {seen} AND {here}"
        " GROUP BY code ORDER BY code",
        own | within | {"digits": digits, "today": today.isoformat()},
    )
    return [
        Tally(row["code"], row["active"], row["urgent"], row["overdue"], row["due_today"], row["unclaimed"])
        for row in rows
    ]


@dataclass(frozen=True)
class DayCounts:
    """What lies before an officer in his areas today: cases under way by limit, urgency and holder."""

    overdue: int
    due_today: int
    due_tomorrow: int
    urgent: int
    unclaimed: int
    mine: int


def day_counts(store: Store, *, officer: Officer, today: date) -> DayCounts:
    """Return the numbers of the officer's day, in one reading."""
    seen, own = in_areas(officer)
    row = next(
        store.db.query(
            "SELECT coalesce(sum(due_on < :today), 0) AS overdue, coalesce(sum(due_on = :today), 0) AS due_today,"  # noqa: S608 - names of our own
            " coalesce(sum(due_on = :tomorrow), 0) AS due_tomorrow, coalesce(sum(urgent), 0) AS urgent,"
            " coalesce(sum(assignee IS NULL), 0) AS unclaimed, coalesce(sum(assignee = :officer), 0) AS mine"
            f" FROM cases WHERE active = 1 AND {seen}",
            own
            | {
                "today": today.isoformat(),
                "tomorrow": (today + timedelta(days=1)).isoformat(),
                "officer": officer.id,
            },
        )
    )
    return DayCounts(**row)


def changed_since(store: Store, *, officer: Officer, instant: str) -> int:
    """Return how many cases in the officer's areas changed after *instant* (as ``storage.times`` writes it)."""
    seen, own = in_areas(officer)
    query = f"SELECT count(*) AS changed FROM cases WHERE changed_at > :instant AND {seen}"  # noqa: S608 - names of our own
    return int(next(store.db.query(query, own | {"instant": instant}))["changed"])
