"""Reminds the village of notices that hang longer than they must."""

from __future__ import annotations

from datetime import datetime

from cases.access import actor_name
from cases.actors import Clock, Role
from cases.notices import NoticeKind
from cases.officers import officers_over
from cases.public_notice.notice import cases_on, due_to_come_down
from cases.telling import tell_officers
from storage import audit
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import local_date


def remind_of_notices(store: Store, now: datetime) -> int:
    """Tell the village, once a day, of every notice whose last day has passed; return how many. Needs a transaction."""
    check_in_transaction(store)
    today = local_date(now)
    due = due_to_come_down(store, today)
    for notice in due:
        store.db.execute(
            "UPDATE public_notices SET reminded_on = ? WHERE number = ?", [today.isoformat(), notice.number]
        )
        audit.append(
            store,
            actor=actor_name(store, Clock()),
            event="public_notice.overdue",
            subject=f"public_notice:{notice.number}",
            now=now,
            facts={"ends_on": notice.ends_on.isoformat()},
        )
        village = officers_over(store, [Role.VILLAGE], notice.area_code)
        case = cases_on(store, notice)[0]
        tell_officers(store, case, NoticeKind.OFFICER_TAKE_DOWN, village, extra={"notice": notice.number}, now=now)
    return len(due)
