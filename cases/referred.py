"""Which departments a case was referred to: that opens it to their people, and to nobody else outside its area."""

from __future__ import annotations

from cases.actors import Officer, Role
from cases.officers import load_officer, officers_over
from storage.store import Store


def is_referred_to(store: Store, case_id: str, department: str) -> bool:
    """Tell whether a case was ever referred to *department*, or came from it."""
    found = store.db.query(
        "SELECT 1 FROM referrals WHERE case_id = ? AND department = ? LIMIT 1", [case_id, department]
    )
    return bool(department) and next(found, None) is not None


def works_for(store: Store, officer: Officer, case_id: str, area_code: str) -> bool:
    """Tell whether *officer* serves a department, there, to which the case was referred."""
    return officer.serves(Role.DEPARTMENT, area_code) and is_referred_to(store, case_id, officer.department)


def people_of(store: Store, department: str, area_code: str) -> list[str]:
    """Return the ids of the officers who serve *department* over an area."""
    found = officers_over(store, [Role.DEPARTMENT], area_code)
    return [one for one in found if load_officer(store, one).department == department]
