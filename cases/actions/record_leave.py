"""An officer's leave is entered, and who stands in for him."""

from __future__ import annotations

from datetime import date, datetime

from cases.actors import Officer
from cases.authority import Appointer, appointer_name, check_appointer
from cases.errors import CannotHoldError, WrongDateError
from cases.presence import Leave
from storage import audit
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import local_date


def record_leave(store: Store, officer: Officer, leave: Leave, *, actor: Appointer, now: datetime) -> None:
    """Enter a leave; while it lasts the deputy is told as well, and limits that fall within it pass to him.

    Needs an open transaction.

    Raises:
        WrongDateError: the leave ends before it begins, or is over.
        CannotHoldError: nobody stands in for himself, or for whom he cannot work.
    """
    check_in_transaction(store)
    check_appointer(actor, officer.grants)
    earliest = max(leave.from_on, local_date(now))
    if leave.until_on < earliest:
        raise WrongDateError(field="until_on", given=leave.until_on, earliest=earliest, latest=date.max)
    deputy = leave.deputy.id if leave.deputy else None
    if deputy == officer.id:
        raise CannotHoldError(why="away")
    if leave.deputy is not None and not leave.deputy.may_stand_in_for(officer):
        raise CannotHoldError(why="role")
    store.db.execute(
        "INSERT INTO officer_leaves (officer, from_on, until_on, deputy) VALUES (?, ?, ?, ?)",
        [officer.id, leave.from_on.isoformat(), leave.until_on.isoformat(), deputy],
    )
    audit.append(
        store,
        actor=appointer_name(actor),
        event="officer.on_leave",
        subject=f"officer:{officer.id}",
        now=now,
        facts={"from": leave.from_on.isoformat(), "until": leave.until_on.isoformat(), "deputy": deputy},
    )
