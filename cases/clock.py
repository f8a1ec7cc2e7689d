"""The clock tick: warns before a limit, marks what passed, passes on what nobody works, and tells those above.

A tick does a bounded number of things, so that it never holds the write lock for long: call it until it returns 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from structlog import get_logger

from cases.access import actor_name
from cases.actions.hand_over import pass_on
from cases.actors import Clock
from cases.calendar import calendar_of
from cases.case import Case, load_case
from cases.deadlines import settle_provisional
from cases.history import has_worked
from cases.notices import NoticeKind
from cases.offers import renew_offers
from cases.presence import is_away, next_unattended
from cases.rules import Workflow
from cases.telling import holders_of, superiors_of, tell_officers
from cases.workflow import workflow_of
from storage import audit
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import local_date, to_text

BATCH: Final = 20

# What nobody holds comes before what somebody holds, and what is late before what is only near.
_CALLING: Final = """
    SELECT d.*, c.assignee FROM case_deadlines AS d JOIN cases AS c ON c.id = d.case_id
    WHERE d.closed_on IS NULL AND d.overdue_at IS NULL AND d.kind = 'limit' AND d.warn_on <= :today
    AND (d.due_on < :today OR (d.due_on = :today AND d.today_at IS NULL)
         OR (d.due_on > :today AND d.soon_at IS NULL))
    ORDER BY d.due_on >= :today, c.assignee IS NOT NULL, c.urgent DESC, d.due_on, d.id
    LIMIT :limit
"""
_MARKS: Final = {
    NoticeKind.OFFICER_DUE_SOON: "soon_at",
    NoticeKind.OFFICER_DUE_TODAY: "today_at",
    NoticeKind.OFFICER_OVERDUE: "overdue_at",
}


def tick(store: Store, now: datetime, *, limit: int = BATCH) -> int:
    """Do the most pressing things that time made due, at most *limit*, and return how many; 0: nothing is left.

    Warnings go out once on the last working day before a limit's date and once on that day, a late limit once when
    its day has ended. Cases of officers on leave are passed on first. Needs an open transaction.
    """
    check_in_transaction(store)
    today = local_date(now)
    settled = _settle(store, limit)
    if settled:
        return settled
    renewed = renew_offers(store, today, limit=limit)
    if renewed:
        return renewed
    unattended = next_unattended(store, today, limit=limit)
    for receipt in unattended:
        pass_on(store, receipt, actor=Clock(), now=now)
    rows = list(store.db.query(_CALLING, {"today": today.isoformat(), "limit": limit - len(unattended)}))
    for row in rows:
        _call(store, row, today, now)
    return len(unattended) + len(rows)


def _settle(store: Store, limit: int) -> int:
    """Count limits again that were provisional only for want of a calendar that is there now."""
    years = sorted(calendar_of(store).years)
    rows = store.db.query(
        "SELECT DISTINCT case_id FROM case_deadlines WHERE closed_on IS NULL AND provisional = 1 AND overdue_at IS NULL"
        " AND CAST(substr(due_on, 1, 4) AS INTEGER) <= ? LIMIT ?",
        [max(years), limit],
    )
    cases = [load_case(store, row["case_id"]) for row in rows]
    return sum(
        settle_provisional(store, case.id, workflow_of(store, case.workflow, case.workflow_version)) for case in cases
    )


def _call(store: Store, row: Mapping[str, Any], today: date, now: datetime) -> None:
    due_on = date.fromisoformat(row["due_on"])
    kind = (
        NoticeKind.OFFICER_OVERDUE
        if due_on < today
        else NoticeKind.OFFICER_DUE_TODAY
        if due_on == today
        else NoticeKind.OFFICER_DUE_SOON
    )
    store.db.execute(f"UPDATE case_deadlines SET {_MARKS[kind]} = ? WHERE id = ?", [to_text(now), row["id"]])  # noqa: S608 - a column of _MARKS
    store.db.execute("UPDATE cases SET active = 1 WHERE id = ?", [row["case_id"]])
    case = load_case(store, row["case_id"])
    workflow = workflow_of(store, case.workflow, case.workflow_version)
    if kind is NoticeKind.OFFICER_OVERDUE:
        _escalate(store, case, workflow, row["key"], due_on, now)
    elif not _is_later_reading(store, case, workflow, row["key"], due_on):
        _warn(store, case, workflow, kind, {"deadline": row["key"], "last_day": due_on.isoformat()}, now)


def _warn(store: Store, case: Case, workflow: Workflow, kind: NoticeKind, extra: dict[str, Any], now: datetime) -> None:
    """Tell who works the case; where nobody holds it, those above as well: such a case goes up a step earlier."""
    listeners = holders_of(store, case, workflow)
    if case.assignee is None:
        listeners = list(dict.fromkeys([*listeners, *superiors_of(store, case, workflow)]))
    tell_officers(store, case, kind, listeners, extra=extra, now=now)


def _escalate(store: Store, case: Case, workflow: Workflow, key: str, due_on: date, now: datetime) -> None:
    audit.append(
        store,
        actor=actor_name(store, Clock()),
        event="case.overdue",
        subject=f"case:{case.id}",
        now=now,
        facts={"deadline": key, "due_on": due_on.isoformat(), "state": case.state},
    )
    if _is_unworked(store, case, local_date(now)):
        case = pass_on(store, case.receipt, actor=Clock(), now=now)
    extra = {"deadline": key, "overdue_since": due_on.isoformat()}
    superiors = superiors_of(store, case, workflow)
    told = tell_officers(store, case, NoticeKind.OFFICER_OVERDUE, superiors, extra=extra, now=now)
    if not told:
        get_logger().warning("case.escalation_unheard", case=case.receipt, deadline=key)


def _is_unworked(store: Store, case: Case, today: date) -> bool:
    """Tell whether nobody holds a case, or nobody who is there, or one who did nothing about it since he got it."""
    if case.assignee is None or is_away(store, case.assignee, today):
        return True
    return not has_worked(store, case.id, case.assignee)


def _is_later_reading(store: Store, case: Case, workflow: Workflow, key: str, due_on: date) -> bool:
    """Tell whether another reading of the same limit runs out earlier: then that one warns."""
    rule = workflow.deadlines[key]
    family = rule.beside or key
    others = [other for other, it in workflow.deadlines.items() if other != key and family in {other, it.beside}]
    earlier = store.db.query(
        "SELECT key FROM case_deadlines WHERE case_id = ? AND closed_on IS NULL AND due_on < ?",
        [case.id, due_on.isoformat()],
    )
    return any(row["key"] in others for row in earlier)
