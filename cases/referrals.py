"""Referrals (转办单) of a case to a department: what is asked, by when, and what came of it.

A referral runs beside enrolment and never closes the question of monitoring.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from cases.actors import Officer
from cases.case import Case, load_case
from cases.errors import PaperNotFoundError
from cases.referred import works_for
from storage.case_keys import case_vault
from storage.ids import new_id
from storage.store import Store


class Department(StrEnum):
    """Whom a case is referred to. Its values are what people read and type."""

    CIVIL_AFFAIRS = "民政"
    MEDICAL_INSURANCE = "医保"
    EDUCATION = "教育"
    DISABLED_FEDERATION = "残联"
    HOUSING = "住建"
    HUMAN_RESOURCES = "人社"
    EMERGENCY_MANAGEMENT = "应急"


@dataclass(frozen=True)
class NewReferral:
    """What is asked of a department, which papers go with it, by when it must be signed for and answered."""

    department: Department
    asked: str
    papers: tuple[str, ...]
    sign_by: date
    due_on: date


@dataclass(frozen=True)
class Referral:
    """A referral as it is kept, without its words. ``officer`` is who sent it, or who took it in.

    ``inbound``: the department asks us, and we owe the answer. It ends either returned (退回) or answered: then
    ``closed_on`` is the day of the answer.
    """

    id: str
    number: int
    case: Case
    department: Department
    officer: str
    sent_on: date
    sign_by: date
    due_on: date
    signed_on: date | None
    returned_on: date | None
    closed_on: date | None
    inbound: bool = False

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still owes something."""
        return self.returned_on is None and self.closed_on is None


@dataclass(frozen=True)
class ReferralText:
    """The words of a referral. ``outcome`` is the result, or why it was returned; empty while it is open."""

    asked: str
    papers: tuple[str, ...]
    outcome: str


def keep_referral(
    store: Store, case: Case, new: NewReferral, *, officer: Officer, today: date, inbound: bool = False
) -> int:
    """Store a referral and return its number; one that came in is signed for at once."""
    row_id = new_id()
    body = json.dumps({"asked": new.asked, "papers": new.papers}, ensure_ascii=False)
    number: int = store.db.execute(
        "INSERT INTO referrals (id, case_id, department, officer, sent_on, sign_by, due_on, inbound, signed_on, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number",
        [
            row_id,
            case.id,
            new.department.value,
            officer.id,
            today.isoformat(),
            new.sign_by.isoformat(),
            new.due_on.isoformat(),
            inbound,
            today.isoformat() if inbound else None,
            case_vault(store, case.id).seal(body, table="referrals", row=row_id, column="body"),
        ],
    ).fetchone()[0]
    return number


def keep_signature(store: Store, referral: Referral, on: date) -> None:
    """Write down that the department signed for it."""
    store.db.execute("UPDATE referrals SET signed_on = ? WHERE id = ?", [on.isoformat(), referral.id])


def keep_outcome(store: Store, referral: Referral, text: str, *, on: date, returned: bool) -> None:
    """Write down the result, or why the department returned it."""
    sealed = case_vault(store, referral.case.id).seal(text, table="referrals", row=referral.id, column="outcome")
    days = (on.isoformat(), None) if returned else (None, on.isoformat())
    store.db.execute(
        "UPDATE referrals SET returned_on = ?, closed_on = ?, outcome = ? WHERE id = ?", [*days, sealed, referral.id]
    )


def access_referral(store: Store, number: int, *, officer: Officer) -> Referral:
    """Return a referral of a case that the officer may know of.

    Raises:
        PaperNotFoundError: no such referral, or its case lies outside his area: the two look alike.
    """
    row = next(store.db.query("SELECT * FROM referrals WHERE number = ?", [number]), None)
    if row is None:
        raise PaperNotFoundError
    referral = _referral(store, row)
    if not _may_see(store, referral, officer):
        raise PaperNotFoundError
    return referral


def list_referrals(store: Store, *, officer: Officer, closed: bool = False) -> list[Referral]:
    """Return the referrals of the officer's areas by date due; those that ended only if *closed*."""
    rows = store.db.query(
        "SELECT * FROM referrals WHERE (closed_on IS NULL AND returned_on IS NULL) OR ? ORDER BY due_on, number",
        [closed],
    )
    referrals = (_referral(store, row) for row in rows)
    return [referral for referral in referrals if _may_see(store, referral, officer)]


def referrals_of(store: Store, case: Case) -> list[Referral]:
    """Return every referral of a case, open or ended, in the order of their numbers."""
    rows = store.db.query("SELECT * FROM referrals WHERE case_id = ? ORDER BY number", [case.id])
    return [_referral(store, row) for row in rows]


def asking_departments(store: Store, case: Case) -> tuple[str, ...]:
    """Return the departments that asked us about a case and have no answer yet."""
    rows = store.db.query(
        "SELECT DISTINCT department FROM referrals WHERE case_id = ? AND inbound = 1 AND closed_on IS NULL"
        " AND returned_on IS NULL ORDER BY number",
        [case.id],
    )
    return tuple(row["department"] for row in rows)


def unheard_referrals(store: Store, today: date, *, limit: int) -> list[Referral]:
    """Return open referrals that nobody signed for in time or that are late, of which nobody was reminded today."""
    day = today.isoformat()
    rows = store.db.query(
        "SELECT * FROM referrals WHERE closed_on IS NULL AND returned_on IS NULL"
        " AND ((signed_on IS NULL AND sign_by < ?) OR due_on < ?)"
        " AND (reminded_on IS NULL OR reminded_on < ?) ORDER BY due_on, number LIMIT ?",
        [day, day, day, limit],
    )
    return [_referral(store, row) for row in rows]


def keep_reminder(store: Store, referral: Referral, today: date) -> None:
    """Write down that people were reminded of a referral today."""
    store.db.execute("UPDATE referrals SET reminded_on = ? WHERE id = ?", [today.isoformat(), referral.id])


def read_referral(store: Store, referral: Referral) -> ReferralText:
    """Return the words of a referral, decrypted; whoever shows them writes down that they were seen."""
    row = next(store.db.query("SELECT body, outcome FROM referrals WHERE id = ?", [referral.id]))
    cipher = case_vault(store, referral.case.id)
    body = json.loads(cipher.open_text(row["body"], table="referrals", row=referral.id, column="body"))
    outcome = row["outcome"] and cipher.open_text(row["outcome"], table="referrals", row=referral.id, column="outcome")
    return ReferralText(body["asked"], tuple(body["papers"]), outcome or "")


def to_details(new: NewReferral) -> dict[str, Any]:
    """Return a referral as JSON values, for its commitment in the audit trail."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(new).items()}


def _may_see(store: Store, referral: Referral, officer: Officer) -> bool:
    """Tell whether the case lies in the officer's area, or the referral is his department's."""
    if officer.roles_at(referral.case.area_code):
        return True
    his = referral.department == officer.department
    return his and works_for(store, officer, referral.case.id, referral.case.area_code)


def _referral(store: Store, row: dict[str, Any]) -> Referral:
    days = ("sent_on", "sign_by", "due_on", "signed_on", "returned_on", "closed_on")
    return Referral(
        id=row["id"],
        number=row["number"],
        case=load_case(store, row["case_id"]),
        department=Department(row["department"]),
        officer=row["officer"],
        inbound=bool(row["inbound"]),
        **{name: row[name] and date.fromisoformat(row[name]) for name in days},
    )
