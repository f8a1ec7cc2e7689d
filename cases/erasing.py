"""Which households may be erased: withdrawn long enough, or kept for as long as the county wants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from cases.actions.own_case import UNDO_DAYS
from cases.actors import Officer, Role
from cases.case import Case, case_of
from cases.states import State
from storage.case_keys import is_erased
from storage.store import Store
from storage.times import from_text

_MAY_ERASE: Final = frozenset({Role.TOWNSHIP, Role.COUNTY})
_ENDED: Final = frozenset({State.DECLINED, State.RISK_RESOLVED})
_DAYS_OF_A_YEAR: Final = 365


class ErasureReason(StrEnum):
    """Why the data of a household are erased."""

    WITHDRAWN = "withdrawn"
    KEPT_LONG_ENOUGH = "kept_long_enough"


@dataclass(frozen=True)
class Erasure:
    """An erasure that was asked for, by whom and when, and when it was done, if it was."""

    reason: ErasureReason
    asked_by: str
    asked_at: datetime
    erased_at: datetime | None


@dataclass(frozen=True)
class Erasable:
    """A case whose data may go now. ``asked``: one officer asked for it already."""

    case: Case
    reason: ErasureReason
    asked: bool


def reason_to_erase(case: Case, *, now: datetime, keep_years: int) -> ErasureReason | None:
    """Return why the data of a case may be erased now, None while they may not: something is owed, or too early."""
    if case.active:
        return None
    if case.state is State.WITHDRAWN and now > case.changed_at + timedelta(days=UNDO_DAYS):
        return ErasureReason.WITHDRAWN
    kept = now > case.changed_at + timedelta(days=keep_years * _DAYS_OF_A_YEAR)
    return ErasureReason.KEPT_LONG_ENOUGH if case.state in _ENDED and kept else None


def may_erase(officer: Officer, case: Case) -> bool:
    """Tell whether an officer may ask for an erasure, or confirm one: the township's and the county's."""
    return bool(officer.roles_at(case.area_code).intersection(_MAY_ERASE))


def erasable(store: Store, *, officer: Officer, now: datetime, keep_years: int) -> list[Erasable]:
    """Return the cases in the officer's areas whose data may be erased now, oldest first."""
    rows = store.db.query("SELECT * FROM cases WHERE active = 0 ORDER BY changed_at")
    cases = [case for case in map(case_of, rows) if may_erase(officer, case) and not is_erased(store, case.id)]
    found = [(case, reason_to_erase(case, now=now, keep_years=keep_years)) for case in cases]
    return [Erasable(case, reason, find_erasure(store, case.id) is not None) for case, reason in found if reason]


def find_erasure(store: Store, case_id: str) -> Erasure | None:
    """Return the erasure that was asked for a case, None when nobody did."""
    row = next(store.db.query("SELECT * FROM erasures WHERE case_id = ?", [case_id]), None)
    if row is None:
        return None
    erased_at = from_text(row["erased_at"]) if row["erased_at"] else None
    return Erasure(ErasureReason(row["reason"]), row["asked_by"], from_text(row["asked_at"]), erased_at)
