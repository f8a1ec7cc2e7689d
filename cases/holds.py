"""What holds a new report up before anything goes on: a household that nobody asked, a flood from one phone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from cases.actors import Role
from cases.case import Case
from cases.chats import chat_key
from cases.notices import NoticeKind
from cases.officers import officer_of_chat, officers_over
from cases.people import phone_key
from cases.report import Approach, Report
from cases.rules import Workflow
from cases.tasks import TaskKind, is_open, open_task
from cases.telling import tell_officers
from storage.store import Store
from storage.times import to_text

_KNOWS: Final = frozenset({None, Approach.AGREED})


def hold_up(store: Store, case: Case, report: Report, workflow: Workflow, *, now: datetime) -> None:
    """Open the tasks that come before any other step of a new case; danger and plain disaster wait for nothing.

    One of a flood is put aside: the queue does not show it, and nobody but the township hears of it.
    """
    if report.danger or report.fast_track:
        return
    if TaskKind.ASK_HOUSEHOLD in workflow.tasks and report.on_behalf and report.approach not in _KNOWS:
        open_task(store, case.id, TaskKind.ASK_HOUSEHOLD, about="", now=now)
    if TaskKind.CHECK_FLOOD not in workflow.tasks:
        return
    before = _just_before(store, case, report, workflow, now)
    if before + 1 >= workflow.flood_reports:
        open_task(store, case.id, TaskKind.CHECK_FLOOD, about=str(before + 1), now=now)


def tell_of_flood(store: Store, case: Case, workflow: Workflow, *, now: datetime) -> None:
    """Tell the township of a flood, at its first report that was put aside."""
    rows = store.db.query(
        "SELECT about FROM case_tasks WHERE case_id = ? AND kind = ?", [case.id, TaskKind.CHECK_FLOOD.value]
    )
    if any(row["about"] == str(workflow.flood_reports) for row in rows):
        township = officers_over(store, [Role.TOWNSHIP], case.area_code)
        tell_officers(store, case, NoticeKind.OFFICER_FLOOD, township, extra={}, now=now)


def is_put_aside(store: Store, case: Case) -> bool:
    """Tell whether a case waits for an officer to look whether it is part of a flood."""
    return is_open(store, case.id, TaskKind.CHECK_FLOOD)


def _just_before(store: Store, case: Case, report: Report, workflow: Workflow, now: datetime) -> int:
    """Return how many reports came from the same chat or telephone within the workflow's minutes before this one.

    Of an officer's chat none counts: he goes from door to door.
    """
    if report.tell is not None and officer_of_chat(store, report.tell) is not None:
        return 0
    since = to_text(now - timedelta(minutes=workflow.flood_minutes))
    row = next(
        store.db.query(
            "SELECT count(*) AS reports FROM cases WHERE id <> :case AND created_at > :since AND id IN ("
            " SELECT case_id FROM case_chats WHERE chat_key = :chat"
            " UNION SELECT case_id FROM case_people WHERE phone_key = :phone)",
            {
                "case": case.id,
                "since": since,
                "chat": chat_key(store, report.tell) if report.tell else None,
                "phone": phone_key(store, report.phone),
            },
        )
    )
    return int(row["reports"])
