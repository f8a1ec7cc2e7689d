"""Who is at his desk: leave and deputies, who stepped back from a case, and who has the least to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from cases.actors import Officer
from cases.case import Case
from cases.officers import load_officer, officers_over
from cases.rules import Workflow
from storage.store import Store
from storage.times import to_text


@dataclass(frozen=True)
class Leave:
    """The days on which an officer is not at his desk, the last one included, and who stands in for him."""

    from_on: date
    until_on: date
    deputy: Officer | None = None


def is_away(store: Store, officer: str, day: date) -> bool:
    """Tell whether an officer is on leave on *day*."""
    found = store.db.query(
        "SELECT 1 FROM officer_leaves WHERE officer = ? AND from_on <= ? AND until_on >= ?",
        [officer, day.isoformat(), day.isoformat()],
    )
    return next(found, None) is not None


def deputies_of(store: Store, officer: str, day: date) -> list[str]:
    """Return who stands in for an officer on *day*; nobody unless he is on leave."""
    rows = store.db.query(
        "SELECT DISTINCT deputy FROM officer_leaves"
        " WHERE officer = ? AND from_on <= ? AND until_on >= ? AND deputy IS NOT NULL",
        [officer, day.isoformat(), day.isoformat()],
    )
    return [row["deputy"] for row in rows]


def leaves_from(store: Store, officer: str, day: date) -> list[Leave]:
    """Return the leaves of an officer that end on *day* or later, the earliest first."""
    rows = store.db.query(
        "SELECT * FROM officer_leaves WHERE officer = ? AND until_on >= ? ORDER BY from_on, id",
        [officer, day.isoformat()],
    )
    return [
        Leave(
            date.fromisoformat(row["from_on"]),
            date.fromisoformat(row["until_on"]),
            load_officer(store, row["deputy"]) if row["deputy"] else None,
        )
        for row in rows
    ]


def with_deputies(store: Store, officers: Iterable[str], day: date) -> list[str]:
    """Return *officers* and whoever stands in for those on leave, each once."""
    return list(dict.fromkeys(one for officer in officers for one in (officer, *deputies_of(store, officer, day))))


def recuse(store: Store, case_id: str, officer: str, *, now: datetime) -> None:
    """Keep that an officer stepped back from a case, for good."""
    store.db.execute(
        "INSERT OR IGNORE INTO case_recusals (case_id, officer, at) VALUES (?, ?, ?)", [case_id, officer, to_text(now)]
    )


def is_recused(store: Store, case_id: str, officer: str) -> bool:
    """Tell whether an officer stepped back from a case."""
    found = store.db.query("SELECT 1 FROM case_recusals WHERE case_id = ? AND officer = ?", [case_id, officer])
    return next(found, None) is not None


def may_hold(store: Store, case: Case, workflow: Workflow, officer: Officer) -> bool:
    """Tell whether an officer's roles let him work a case where it stands, and he did not step back from it."""
    works = officer.roles_at(case.area_code).intersection(workflow.states[case.state].holders)
    return bool(works) and not is_recused(store, case.id, officer.id)


def next_unattended(store: Store, day: date, *, limit: int) -> list[str]:
    """Return receipts of cases whose holder is on leave and whose limit falls before he is back."""
    rows = store.db.query(
        "SELECT DISTINCT cases.receipt, cases.due_on FROM officer_leaves JOIN cases ON assignee = officer"
        " WHERE active = 1 AND from_on <= ? AND until_on >= ? AND due_on <= until_on ORDER BY cases.due_on LIMIT ?",
        [day.isoformat(), day.isoformat(), limit],
    )
    return [row["receipt"] for row in rows]


def least_loaded(store: Store, case: Case, workflow: Workflow, day: date, *, but_not: str | None = None) -> str | None:
    """Return who should take a case on: present, in the place, with the fewest cases; None when nobody is.

    Who holds it already is not among them, nor is *but_not*.
    """
    able = [
        officer
        for officer in officers_over(store, workflow.states[case.state].holders, case.area_code)
        if officer not in {case.assignee, but_not}
        and not is_away(store, officer, day)
        and may_hold(store, case, workflow, load_officer(store, officer))
    ]
    return min(able, key=lambda officer: load_of(store, officer, beside=case.id), default=None)


def load_of(store: Store, officer: str, *, beside: str = "") -> int:
    """Return how many active cases an officer holds or is offered *beside* one that is left out."""
    row = next(
        store.db.query(
            "SELECT (SELECT count(*) FROM cases WHERE assignee = :officer AND active = 1 AND id <> :beside)"
            " + (SELECT count(*) FROM cases WHERE offered_to = :officer AND active = 1 AND id <> :beside) AS held",
            {"officer": officer, "beside": beside},
        )
    )
    return int(row["held"])
