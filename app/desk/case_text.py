"""A case in plain text for a terminal: one line in the queue, or a whole page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bot.wording import phrases
from bot.wording.cases import concern_text, event_label, field_label, task_label
from cases.access import CaseFile
from cases.case import Case
from cases.completeness import gaps
from cases.concerns import concerns
from cases.deadlines import OpenDeadline
from cases.history import HistoryEntry
from cases.officers import load_officer
from cases.queue import QueueItem
from cases.rules import Workflow
from cases.states import Event
from cases.tasks import TaskKind
from cases.workflow import workflow_of
from places.gazetteer import Gazetteer, UnknownAreaError
from storage.store import Store
from storage.times import SHANGHAI, local_date

# The command that does a task.
_COMMANDS = {
    TaskKind.CONFIRM_DECLINE: "decline --confirm 或 --refuse",
    TaskKind.TELL_REPORTER: "told",
    TaskKind.SIGN_CONSENT: "consent",
    TaskKind.RECORD_HOUSEHOLD: "form",
    TaskKind.CROSS_CHECK: "cross-check",
    TaskKind.ANNOUNCE: "announce",
    TaskKind.ENTER_NATIONALLY: "enter",
    TaskKind.MAKE_PLAN: "plan",
    TaskKind.HAND_CARD: "call-on --card-given",
    TaskKind.ANNOUNCE_RESOLUTION: "announce",
    TaskKind.MARK_RESOLUTION: "enter",
    TaskKind.ASK_HOUSEHOLD: "asked",
    TaskKind.CHECK_FLOOD: "admit",
    TaskKind.CALL_BACK: "call-back",
    TaskKind.REVIEW: "look-again",
}


def queue_line(store: Store, item: QueueItem, gazetteer: Gazetteer, today: date) -> str:
    """Return one case in one line."""
    case = item.case
    parts = [
        ("【紧急】" if case.urgent else "") + phrases.receipt(case.receipt) + ("【补录】" if case.entered_late else ""),
        item.state_label + ("（建议不纳入，待确认）" if item.proposal_open else ""),
        "/".join(place(gazetteer, case.area_code).split("/")[-2:]),
        due_text(case, today),
        holder(store, case),
    ]
    return "  ".join(parts)


def entered(case: Case) -> str:
    """Return when a household applied, and that its report was entered later."""
    applied = f"申报：{phrases.day(case.applied_on.isoformat())}"
    if not case.entered_late:
        return applied
    return f"{applied}（补录：{phrases.day(local_date(case.created_at).isoformat())}才录入，天数从申报那天算）"


def place(gazetteer: Gazetteer, code: str) -> str:
    """Return the path of an area, or its code where the gazetteer does not know it."""
    try:
        return gazetteer.path(code)
    except UnknownAreaError:
        return code


def holder(store: Store, case: Case) -> str:
    """Return who holds a case."""
    if case.assignee:
        return load_officer(store, case.assignee).name
    return f"未领办（分给{load_officer(store, case.offered_to).name}）" if case.offered_to else "未领办"


def due_text(case: Case, today: date) -> str:
    """Return the earliest limit of a case and how far it is."""
    if case.due_on is None:
        return "无期限"
    left = (case.due_on - today).days
    distance = f"还有 {left} 天" if left > 0 else "今天到期" if left == 0 else f"已超期 {-left} 天"
    return f"{phrases.day(case.due_on.isoformat())}{'（暂定）' if case.due_provisional else ''} {distance}"


def case_page(
    store: Store, file: CaseFile, item: QueueItem, gazetteer: Gazetteer, duplicates: list[Case], *, today: date
) -> str:
    """Return a case on a page; what is masked in *file* stays out."""
    case = file.case
    workflow = workflow_of(store, case.workflow, case.workflow_version)
    parts = [
        f"编号 {phrases.receipt(case.receipt)}（第 {case.version} 版）{'【紧急】' if case.urgent else ''}",
        entered(case),
        f"环节：{item.state_label}",
        f"地方：{place(gazetteer, case.area_code)}",
        f"领办：{holder(store, case)}",
        f"流程：{workflow.title}",
        *_people(file),
        *(_deadline(deadline, workflow) for deadline in file.deadlines),
        *(f"还缺：{gap}" for gap in (gaps(store, case) if Event.RETURNED in item.possible else [])),
        *(f"注意：{concern_text(concern)}" for concern in concerns(store, case, today=today)),
        *(f"待办：{task_label(task.kind)}（queue {_COMMANDS[task.kind]}）" for task in file.tasks),
        f"可能重复：{'、'.join(phrases.receipt(other.receipt) for other in duplicates)}" if duplicates else "",
        f"您能办：{'、'.join(event_label(event) for event in item.possible) or '（没有）'}",
        "经过：",
        *(_entry(store, entry) for entry in file.history),
    ]
    return phrases.lines(*parts)


def _people(file: CaseFile) -> Iterator[str]:
    yield f"户主：{file.householder.name}  电话：{file.householder.phone}"
    if file.reporter:
        yield f"申报人：{file.reporter.name}"
    form = file.form
    if form is None:
        yield "（姓名、电话、情况已隐去；加 --reveal 可看，会留下记录）"
        return
    yield f"与困难家庭的关系：{form.relation}"
    yield f"住处：{form.place_text} {form.group}".rstrip()
    yield f"原因：{'、'.join(form.causes) or '未说'}"
    if form.danger:
        yield f"危险：{'、'.join(form.danger)}"
    yield f"情况：{form.story}"
    if form.attachments:
        yield f"照片：{len(form.attachments)} 张"


def _deadline(deadline: OpenDeadline, workflow: Workflow) -> str:
    rule = workflow.deadlines[deadline.key]
    provisional = "（暂定）" if deadline.due.provisional else ""
    overdue = "（已超期）" if deadline.is_overdue else ""
    days = f"{rule.value} {rule.unit}"
    return f"期限：{rule.label}（{days}） {phrases.day(deadline.due.date.isoformat())}{provisional}{overdue}"


def _entry(store: Store, entry: HistoryEntry) -> str:
    written = entry.recorded_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    who = entry.by or "申报人或系统"
    late = f"（{phrases.day(entry.happened_on.isoformat())}的事，补录）" if entry.is_late else ""
    return f"  {written}  {who}  {event_label(entry.event)}{late}  {_details(store, entry.details)}".rstrip()


def _details(store: Store, details: Mapping[str, Any]) -> str:
    return "；".join(f"{field_label(name)}：{_value(store, name, value)}" for name, value in details.items())


def _value(store: Store, name: str, value: Any) -> str:
    if name == "officer":
        return load_officer(store, value).name
    if name == "sheet":
        return "已填（看：queue sheet）"
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
