"""The queue with its filters, lists that an officer saved, what is untold, and a table to take along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response

from cases.actors import SCOPE_DIGITS, Role
from cases.queue import Due, QueueFilter, QueueItem, count_queue, list_queue
from cases.states import State
from cases.tallies import Tally, changed_since, tallies
from cases.telling import untold_cases
from cases.workflow import load_workflow
from storage.times import to_text
from web.forms import whole_number
from web.officers import views
from web.officers.door import Desk
from web.officers.labels import due_of, officer_names
from web.officers.spreadsheet import spreadsheet

PAGE: Final = 50
_EXPORTED: Final = 5000
_FLAGS: Final = ("waiting", "mine", "unclaimed", "urgent", "done", "aside")
_COUNTY_DIGITS: Final = SCOPE_DIGITS[Role.COUNTY]


@dataclass(frozen=True)
class Asked:
    """What the address of a list asks for. ``query`` is that address without the page number."""

    wanted: QueueFilter
    page: int
    query: str
    chosen: Mapping[str, str]


def show(desk: Desk) -> Response:
    """GET /desk/queue."""
    asked = _asked(desk)
    total = count_queue(desk.store, officer=desk.officer, today=desk.today, wanted=asked.wanted)
    pages = max(1, -(-total // PAGE))
    number = min(asked.page, pages)
    items = list_queue(
        desk.store,
        officer=desk.officer,
        today=desk.today,
        wanted=asked.wanted,
        limit=PAGE,
        skip=(number - 1) * PAGE,
    )
    context = {
        "items": items,
        "names": officer_names(desk.store, (item.case.assignee for item in items)),
        "asked": asked,
        "total": total,
        "number": number,
        "pages": pages,
        "states": _states(desk),
        "areas": areas_of(desk),
        "views": views.views_of(desk.store, desk.officer),
        "since": to_text(desk.now),
    }
    return desk.page("queue.html", context)


def changes(desk: Desk) -> Response:
    """GET /desk/changes?since=: a line that says how many cases changed; nothing while none did."""
    since = desk.request.query_params.get("since", "")
    changed = changed_since(desk.store, officer=desk.officer, instant=since)
    context = {"changed": changed, "since": since}
    return Response(
        desk.site.templates.text("desk/changes.html", context), status_code=200, media_type="text/html; charset=utf-8"
    )


def untold(desk: Desk) -> Response:
    """GET /desk/untold: what a person must still tell at the door or by call."""
    found = untold_cases(desk.store, officer=desk.officer)
    return desk.page("untold.html", {"found": found})


def save_view(desk: Desk) -> Response:
    """POST /desk/views: keep the present filters under a name."""
    name, query = desk.form.text("name"), urlencode(_own(dict(parse_qsl(desk.form.text("query")))))
    with desk.writing():
        if not 0 < len(name) <= views.LONGEST_NAME:
            said = f"没有存：请给这个列表起个名字，{views.LONGEST_NAME} 个字以内。"
            return desk.done(f"/desk/queue?{query}", said)
        try:
            views.keep_view(desk.store, desk.officer, name, query, now=desk.now)
        except views.TooManyViewsError:
            return desk.done(f"/desk/queue?{query}", f"没有存：已经有 {views.MOST_VIEWS} 个了，请先去掉不用的。")
        return desk.done(f"/desk/queue?{query}", f"存好了：{name}。")


def drop_view(desk: Desk) -> Response:
    """POST /desk/views/{id}/drop."""
    with desk.writing():
        views.drop_view(desk.store, desk.officer, desk.request.path_params["id"])
        return desk.done("/desk/queue", "这个列表去掉了，件都还在。")


def export(desk: Desk) -> Response:
    """GET /desk/queue.csv: the list as a table for a spreadsheet, without names; no cell can be a formula."""
    asked = _asked(desk)
    items = list_queue(desk.store, officer=desk.officer, today=desk.today, wanted=asked.wanted, limit=_EXPORTED)
    names = officer_names(desk.store, (item.case.assignee for item in items))
    heading = ("编号", "环节", "地方", "期限", "紧急", "领办", "补录")
    return spreadsheet(f"queue-{desk.today.isoformat()}", [heading, *(_row(desk, item, names) for item in items)])


def areas(desk: Desk) -> Response:
    """GET /desk/areas and /desk/areas/{code}: how many cases lie where, one level at a time."""
    code = desk.request.path_params.get("code", "") or _root(desk)
    if code and not any(code.startswith(grant.scope) for grant in desk.officer.grants):
        raise HTTPException(404)
    rows = tallies(desk.store, officer=desk.officer, area_code=code, today=desk.today)
    return desk.page("areas.html", {"code": code, "rows": rows, "above": _above(desk, code)})


def areas_of(desk: Desk) -> list[Tally]:
    """Return the areas that the officer may choose between: those below his own."""
    return tallies(desk.store, officer=desk.officer, area_code=_root(desk), today=desk.today)


def _asked(desk: Desk) -> Asked:
    chosen = _own(dict(desk.request.query_params))
    wanted = QueueFilter(
        mine="mine" in chosen,
        unclaimed="unclaimed" in chosen,
        waiting="waiting" in chosen,
        urgent="urgent" in chosen,
        due=Due(chosen["due"]) if "due" in chosen else None,
        state=State(chosen["state"]) if "state" in chosen else None,
        active="done" not in chosen,
        aside="aside" in chosen,
        area=chosen.get("area", ""),
    )
    page = whole_number(desk.request.query_params.get("page", ""), digits=6) or 1
    return Asked(wanted, page, urlencode(chosen), chosen)


def _own(given: Mapping[str, str]) -> dict[str, str]:
    """Return what of an address is a filter of ours; anything else is left out."""
    chosen = {flag: "1" for flag in _FLAGS if given.get(flag)}
    if given.get("due") in {due.value for due in Due}:
        chosen["due"] = given["due"]
    if given.get("state") in {state.value for state in State}:
        chosen["state"] = given["state"]
    area = given.get("area", "")
    if area.isascii() and area.isdecimal():
        chosen["area"] = area
    return chosen


def _states(desk: Desk) -> list[tuple[str, str]]:
    workflow = load_workflow(desk.site.settings.cases.workflow)
    return [(state.value, rule.label) for state, rule in workflow.states.items()]


def _root(desk: Desk) -> str:
    scopes = {grant.scope for grant in desk.officer.grants}
    return scopes.pop() if len(scopes) == 1 else ""


def _above(desk: Desk, code: str) -> list[tuple[str, str]]:
    """Return the areas above *code* within the officer's own, the widest first, as code and name."""
    root = len(_root(desk))
    codes = [code[:digits] for digits in (_COUNTY_DIGITS, 9, 12) if root <= digits < len(code)]
    return [(one, desk.site.places.last(one)) for one in codes]


def _row(desk: Desk, item: QueueItem, names: Mapping[str, str]) -> tuple[str, ...]:
    case, due = item.case, due_of(item.case, desk.today)
    holder = names[case.assignee] if case.assignee else ""
    return (
        case.receipt,
        item.state_label,
        desk.site.places.short(case.area_code),
        f"{case.due_on or ''} {due.distance}",
        "紧急" if case.urgent else "",
        holder,
        "补录" if case.entered_late else "",
    )
