"""Households that part or come together: cases that were made of one another, and which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cases.case import Case, load_case
from storage.store import Store
from storage.times import to_text


class LinkKind(StrEnum):
    """How two cases belong together: the second was split off the first, or the first was joined to the second."""

    SPLIT = "split"
    JOINED = "joined"


@dataclass(frozen=True)
class CaseLink:
    """Two cases that belong together."""

    kind: LinkKind
    from_case: Case
    to_case: Case


def keep_link(store: Store, kind: LinkKind, from_case: Case, to_case: Case, *, now: datetime) -> None:
    """Keep that two cases belong together."""
    store.db.execute(
        "INSERT OR IGNORE INTO case_links (from_case, to_case, kind, at) VALUES (?, ?, ?, ?)",
        [from_case.id, to_case.id, kind.value, to_text(now)],
    )


def links_of(store: Store, case_id: str) -> list[CaseLink]:
    """Return the cases that a case was split off, joined to, or parted with, oldest first."""
    rows = store.db.query("SELECT * FROM case_links WHERE from_case = ? OR to_case = ? ORDER BY at", [case_id, case_id])
    return [
        CaseLink(LinkKind(row["kind"]), load_case(store, row["from_case"]), load_case(store, row["to_case"]))
        for row in rows
    ]
