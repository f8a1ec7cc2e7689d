"""Who of a household must not be named on a board: everybody but the householder, and children above all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cases.history import last_entry
from cases.household.sheet import age, birthday
from cases.public_notice.leaks import folded
from cases.states import Event
from storage.store import Store

ADULT_YEARS: Final = 18


@dataclass(frozen=True)
class KeptOut:
    """Folded names. A child is in ``minors`` even if it is the householder."""

    minors: frozenset[str]
    others: frozenset[str]


def people_to_keep_out(store: Store, case_id: str, householder: str, today: date) -> KeptOut:
    """Return whom the latest sheet of the home visit names beside *householder*; nobody while there is no sheet."""
    members = _members(store, case_id)
    minors = frozenset(folded(row["name"]) for row in members if _is_minor(row, today))
    names = {folded(row["name"]) for row in members}
    # 王强 within 王强强: when the sheet knows the householder by his name, a part of it is nobody else's.
    within = {name for name in names if name in householder} if householder in names else {householder}
    return KeptOut(minors - (within - {householder}), frozenset(names - minors - within))


def _members(store: Store, case_id: str) -> list[dict[str, Any]]:
    record = last_entry(store, case_id, Event.HOUSEHOLD_RECORDED)
    return list(record.details["sheet"]["members"]) if record else []


def _is_minor(member: Mapping[str, Any], today: date) -> bool:
    """Tell whether a member is under eighteen; one of whom no birthday is known is not."""
    born = birthday(member)
    return born is not None and age(born, today) < ADULT_YEARS
