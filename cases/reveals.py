"""Who looked at whom, when and why: the looks at households that the audit trail holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from cases.actors import Officer, Role
from cases.duties import in_scopes
from cases.officers import load_officer
from cases.paper import ERASED
from storage.case_keys import case_vault, is_erased
from storage.store import Store
from storage.times import from_text

# Who answers for looks at households; a village does not read who looked at it.
_READERS: Final = frozenset({Role.TOWNSHIP, Role.COUNTY, Role.INSPECTOR, Role.ADMIN})
_OFFICER: Final = "officer:"


@dataclass(frozen=True)
class Reveal:
    """One look. ``seq`` is its row in the audit trail; ``reason`` is empty where none was asked for."""

    seq: int
    at: datetime
    by: str
    receipt: str
    reason: str


def reveals(store: Store, *, officer: Officer, before: int | None = None, limit: int = 100) -> list[Reveal]:
    """Return the looks at cases in the areas that *officer* answers for, newest first, before row *before*.

    Of a household that was erased since, the reason went with it.
    """
    scopes = [grant.scope for grant in officer.grants if grant.role in _READERS]
    condition, params = in_scopes(scopes)
    rows = store.db.query(
        "SELECT audit.seq, at, actor, receipt, cases.id AS case_id, reason FROM audit"  # noqa: S608 - our own condition
        " JOIN cases ON audit.subject = 'case:' || cases.id LEFT JOIN reveal_reasons ON reveal_reasons.seq = audit.seq"
        f" WHERE event = 'case.revealed' AND (:before IS NULL OR audit.seq < :before) AND {condition}"
        " ORDER BY audit.seq DESC LIMIT :limit",
        params | {"before": before, "limit": limit},
    )
    return [_reveal(store, row) for row in list(rows)]


def keep_reason(store: Store, seq: int, case_id: str, reason: str) -> None:
    """Store why somebody looked, under the key of the case."""
    sealed = case_vault(store, case_id).seal(reason, table="reveal_reasons", row=str(seq), column="reason")
    store.db.execute("INSERT INTO reveal_reasons (seq, case_id, reason) VALUES (?, ?, ?)", [seq, case_id, sealed])


def _reveal(store: Store, row: Mapping[str, Any]) -> Reveal:
    actor = str(row["actor"])
    by = load_officer(store, actor.removeprefix(_OFFICER)).name if actor.startswith(_OFFICER) else ""
    return Reveal(row["seq"], from_text(row["at"]), by, row["receipt"], _reason(store, row))


def _reason(store: Store, row: Mapping[str, Any]) -> str:
    if row["reason"] is None:
        return ""
    if is_erased(store, row["case_id"]):
        return ERASED
    cipher = case_vault(store, row["case_id"])
    return cipher.open_text(row["reason"], table="reveal_reasons", row=str(row["seq"]), column="reason")
