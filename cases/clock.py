"""The clock tick: finds limits that passed, marks them, and tells those above, once each."""

from __future__ import annotations

from datetime import date, datetime

from structlog import get_logger

from cases.access import actor_name
from cases.actors import Clock
from cases.case import load_case
from cases.notices import NoticeKind
from cases.telling import superiors_of, tell_officers
from cases.workflow import workflow_of
from storage import audit
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import local_date, to_text


def tick(store: Store, now: datetime) -> int:
    """Mark every open limit whose date has passed and tell the superiors the case's number; return how many.

    Running it again does nothing new. Needs an open transaction.
    """
    check_in_transaction(store)
    today = local_date(now)
    passed = list(
        store.db.query(
            "SELECT * FROM case_deadlines WHERE closed_on IS NULL AND overdue_at IS NULL AND kind = 'limit'"
            " AND due_on < ? ORDER BY due_on, id",
            [today.isoformat()],
        )
    )
    for row in passed:
        store.db.execute("UPDATE case_deadlines SET overdue_at = ? WHERE id = ?", [to_text(now), row["id"]])
        _escalate(store, row["case_id"], row["key"], date.fromisoformat(row["due_on"]), now)
    return len(passed)


def _escalate(store: Store, case_id: str, key: str, due_on: date, now: datetime) -> None:
    case = load_case(store, case_id)
    workflow = workflow_of(store, case.workflow, case.workflow_version)
    audit.append(
        store,
        actor=actor_name(store, Clock()),
        event="case.overdue",
        subject=f"case:{case.id}",
        now=now,
        facts={"deadline": key, "due_on": due_on.isoformat(), "state": case.state},
    )
    extra = {"deadline": key, "overdue_since": due_on.isoformat()}
    superiors = superiors_of(store, case, workflow)
    told = tell_officers(store, case, NoticeKind.OFFICER_OVERDUE, superiors, extra=extra, now=now)
    if not told:
        get_logger().warning("case.escalation_unheard", case=case.receipt, deadline=key)
