"""Who waits for a person: alarms that ring until one confirms, calls with what must be done before they are closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from starlette.responses import Response

from bot.memory.call_tasks import CallTask
from bot.memory.calls import CallNotFoundError, CallTasksOpenError, calls_for, close_call, do_call_task
from bot.wording.desk import CALL_TASKS, REASONS
from bot.wording.refusals import refusal
from cases.actions.answer_alarm import end_false_alarm
from cases.duty.alarms import confirm
from cases.errors import CasesError
from web.officers.door import Desk, refusal_text
from web.officers.ringing import ringing

ADDRESS: Final = "/desk/calls"


def show(desk: Desk) -> Response:
    """GET /desk/calls."""
    return _page(desk)


def news(desk: Desk) -> Response:
    """GET /desk/alarms/news: a bar that says that somebody is in danger and nobody turned to it; else nothing."""
    text = desk.site.templates.text("desk/ringing.html", {"unheard": desk.unheard})
    return Response(text, media_type="text/html; charset=utf-8")


def take(desk: Desk) -> Response:
    """POST /desk/alarms/{number}/take: I turn to it; the person in danger is told at once."""
    number = desk.request.path_params["number"]
    return _do(
        desk,
        lambda: confirm(desk.store, number, officer=desk.officer, now=desk.now),
        f"急 {number} 记在您名下了，对方已经知道有人在办。请马上联系。",
    )


def end_as_false(desk: Desk) -> Response:
    """POST /desk/alarms/{number}/false: 误报."""
    number = desk.request.path_params["number"]
    return _do(
        desk,
        lambda: end_false_alarm(desk.store, number, actor=desk.officer, now=desk.now),
        f"急 {number} 记成误报，不追究谁。困难的事照常往下办。",
    )


def do_task(desk: Desk) -> Response:
    """POST /desk/calls/{number}/task: one thing of a call was done, with what there is to write down about it."""
    number, kind, note = desk.request.path_params["number"], desk.form.text("task"), desk.form.text("note")
    if kind not in {one.value for one in CallTask}:
        return _page(desk, problem="没看明白做了哪一样，请再点一次。", status=422)
    return _do(
        desk,
        lambda: do_call_task(desk.store, number, CallTask(kind), officer=desk.officer, now=desk.now, note=note),
        f"{number} 号记下了：{CALL_TASKS[CallTask(kind)]}。",
        anchor=f"#call-{number}",
    )


def close(desk: Desk) -> Response:
    """POST /desk/calls/{number}: a call was answered."""
    number = desk.request.path_params["number"]
    return _do(
        desk,
        lambda: close_call(desk.store, number, officer=desk.officer, now=desk.now),
        f"{number} 号记为已处理。",
    )


def _do(desk: Desk, act: Callable[[], object], said: str, *, anchor: str = "") -> Response:
    """Take what a form asks for and say so; a refusal shows the page as it is now."""
    try:
        with desk.writing():
            act()
            return desk.done(f"{ADDRESS}{anchor}", said)
    except CasesError as error:
        return _page(desk, problem=refusal_text(error), status=409)
    except CallTasksOpenError as error:
        return _page(desk, problem=_sentence(error, tasks=[task.value for task in error.tasks]), status=409)
    except CallNotFoundError as error:
        return _page(desk, problem=_sentence(error), status=404)


def _sentence(error: CallTasksOpenError | CallNotFoundError, **fields: object) -> str:
    return refusal({"code": error.code, "fields": fields}).text


def _page(desk: Desk, *, problem: str = "", status: int = 200) -> Response:
    context = {
        "ringing": ringing(desk.store, desk.officer),
        "calls": calls_for(desk.store, desk.officer),
        "reasons": REASONS,
        "task_labels": CALL_TASKS,
        "is_village": desk.officer.is_of_village,
        "problem": problem,
    }
    return desk.page("calls.html", context, status=status)
