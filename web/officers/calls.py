"""Who waits for a person: alarms that ring until one confirms, calls with what must be done before they are closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from bot.memory.call_tasks import CallTask
from bot.memory.calls import CallNotFoundError, CallTasksOpenError, calls_for, close_call, do_call_task
from bot.wording.desk import CALL_TASKS, REASONS, lane_text
from bot.wording.refusals import refusal
from cases.actions.answer_alarm import end_false_alarm
from cases.case import load_case
from cases.duty.alarms import Alarm, alarms_for, confirm
from cases.errors import CasesError
from cases.officers import load_officer
from web.officers.door import Desk, refusal_text

ADDRESS: Final = "/desk/calls"


@dataclass(frozen=True)
class Ringing:
    """An alarm as an officer sees it. ``receipt`` is empty where it is about a call; ``holder``: who turned to it."""

    alarm: Alarm
    about: str
    receipt: str
    holder: str
    is_mine: bool


def show(desk: Desk) -> Response:
    """GET /desk/calls."""
    return _page(desk)


def news(desk: Desk) -> Response:
    """GET /desk/alarms/news: a bar that says that somebody is in danger and nobody turned to it; else nothing."""
    waiting = [one for one in ringing(desk) if not one.holder] if desk.may_act else []
    text = desk.site.templates.text("desk/ringing.html", {"waiting": waiting})
    return Response(text, media_type="text/html; charset=utf-8")


def take(desk: Desk) -> Response:
    """POST /desk/alarms/{number}/take: I turn to it; the person in danger is told at once."""
    number = desk.request.path_params["number"]
    try:
        with desk.writing():
            confirm(desk.store, number, officer=desk.officer, now=desk.now)
            return desk.done(ADDRESS, f"急 {number} 记在您名下了，对方已经知道有人在办。请马上联系。")
    except CasesError as error:
        return _page(desk, problem=refusal_text(error), status=409)


def end_as_false(desk: Desk) -> Response:
    """POST /desk/alarms/{number}/false: 误报."""
    number = desk.request.path_params["number"]
    try:
        with desk.writing():
            end_false_alarm(desk.store, number, actor=desk.officer, now=desk.now)
            return desk.done(ADDRESS, f"急 {number} 记成误报，不追究谁。困难的事照常往下办。")
    except CasesError as error:
        return _page(desk, problem=refusal_text(error), status=409)


def do_task(desk: Desk) -> Response:
    """POST /desk/calls/{number}/task: one thing of a call was done, with what there is to write down about it."""
    number, kind = desk.request.path_params["number"], desk.form.text("task")
    if kind not in {one.value for one in CallTask}:
        return _page(desk, problem="没看明白做了哪一样，请再点一次。", status=422)
    try:
        with desk.writing():
            note = desk.form.text("note")
            do_call_task(desk.store, number, CallTask(kind), officer=desk.officer, now=desk.now, note=note)
            return desk.done(f"{ADDRESS}#call-{number}", f"{number} 号记下了：{CALL_TASKS[CallTask(kind)]}。")
    except CallNotFoundError as error:
        return _page(desk, problem=refusal({"code": error.code, "fields": {}}).text, status=404)


def close(desk: Desk) -> Response:
    """POST /desk/calls/{number}: a call was answered."""
    number = desk.request.path_params["number"]
    try:
        with desk.writing():
            close_call(desk.store, number, officer=desk.officer, now=desk.now)
            return desk.done(ADDRESS, f"{number} 号记为已处理。")
    except CallTasksOpenError as error:
        fields = {"tasks": [task.value for task in error.tasks]}
        return _page(desk, problem=refusal({"code": error.code, "fields": fields}).text, status=409)
    except CallNotFoundError as error:
        return _page(desk, problem=refusal({"code": error.code, "fields": {}}).text, status=404)


def ringing(desk: Desk) -> list[Ringing]:
    """Return the alarms that are this officer's to answer, those nobody confirmed first."""
    found = [_ringing(desk, alarm) for alarm in alarms_for(desk.store, desk.officer)]
    return sorted(found, key=lambda one: bool(one.holder))


def _ringing(desk: Desk, alarm: Alarm) -> Ringing:
    case = load_case(desk.store, alarm.subject.case_id) if alarm.subject.case_id else None
    holder = load_officer(desk.store, alarm.confirmed_by).name if alarm.confirmed_by else ""
    about, receipt = lane_text(alarm.lane), case.receipt if case else ""
    return Ringing(alarm, about, receipt, holder, alarm.confirmed_by == desk.officer.id)


def _page(desk: Desk, *, problem: str = "", status: int = 200) -> Response:
    context = {
        "ringing": ringing(desk),
        "calls": calls_for(desk.store, desk.officer),
        "reasons": REASONS,
        "task_labels": CALL_TASKS,
        "is_village": desk.officer.is_of_village,
        "problem": problem,
    }
    return desk.page("calls.html", context, status=status)
