"""What a file still lacks before an office can agree to it, so that it is sent back once, with everything said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cases.case import Case
from cases.details import Return
from cases.history import last_entry
from cases.public_notice.objections import has_open_objection
from cases.states import Event
from cases.tasks import TaskKind, open_tasks
from storage.store import Store

_TASKS = {
    TaskKind.SIGN_CONSENT: "承诺授权书没有签字",
    TaskKind.RECORD_HOUSEHOLD: "入户采集表没有填",
    TaskKind.CROSS_CHECK: "信息比对没有做",
}


def gaps(store: Store, case: Case) -> list[str]:
    """Return what is missing from the file of *case*, each in a few Chinese words; nothing of the household."""
    return [*_of_tasks(store, case), *_of_visit(store, case), *_of_papers(store, case)]


def in_full(store: Store, case: Case, returned: Return) -> Return:
    """Return *returned* with everything that the program sees missing beside what the officer named."""
    seen = (gap for gap in gaps(store, case) if gap not in returned.missing)
    return replace(returned, missing=(*returned.missing, *seen))


def _of_tasks(store: Store, case: Case) -> Iterator[str]:
    is_open = {task.kind for task in open_tasks(store, case.id)}
    yield from (said for kind, said in _TASKS.items() if kind in is_open)


def _of_visit(store: Store, case: Case) -> Iterator[str]:
    visit = last_entry(store, case.id, Event.HOME_VISIT_RECORDED)
    if visit is None:
        yield "没有入户核查记录"
    elif len(visit.details.get("visitors", [])) < 2:
        yield "入户人员不到两个人"


def _of_papers(store: Store, case: Case) -> Iterator[str]:
    meetings = (
        "SELECT photo FROM meetings JOIN meeting_items ON meeting = number WHERE case_id = ? AND kind = 'appraisal'"
        " ORDER BY number DESC LIMIT 1"
    )
    meeting = next(store.db.query(meetings, [case.id]), None)
    if meeting is None:
        yield "没有民主评议会记录和签到表"
    elif meeting["photo"] is None:
        yield "没有民主评议会签到表的照片"
    notices = list(
        store.db.query(
            "SELECT start_photo, end_photo FROM public_notices JOIN public_notice_entries ON notice = number"
            " WHERE case_id = ? ORDER BY number DESC LIMIT 1",
            [case.id],
        )
    )
    if not notices or not (notices[0]["start_photo"] and notices[0]["end_photo"]):
        yield "没有公示张贴、揭下的照片"
    if has_open_objection(store, case.id):
        yield "有异议没有答复"
