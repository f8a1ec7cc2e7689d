"""Officers as administrators see them: appoint, give a one-time link, enter leave, relieve."""

from __future__ import annotations

from datetime import date

from starlette.exceptions import HTTPException
from starlette.responses import Response

from cases.actions.appoint_officer import LINK_HOURS, appoint_officer, issue_link
from cases.actions.change_duties import change_duties
from cases.actions.record_leave import record_leave
from cases.actions.remove_officer import remove_officer
from cases.actors import SCOPE_DIGITS, Grant, Officer, Operator, Role
from cases.authority import manages
from cases.errors import CasesError
from cases.officers import all_officers, find_officer
from cases.presence import Leave, leaves_from, load_of
from cases.referrals import Department
from web.officers.door import Desk, refusal_text
from web.officers.passwords import has_password, has_second_factor

_CODE_LENGTHS = {2, 4, 6, 9, 12}
_MOST_DUTIES = 6
_STAFF = "/desk/setup/staff"


def show(desk: Desk) -> Response:
    """GET /desk/setup/staff."""
    return _page(desk)


def appoint(desk: Desk) -> Response:
    """POST /desk/setup/staff: enter an officer, and show his one-time link, this once."""
    name, role, area = desk.form.text("name"), desk.form.text("role"), _area(desk, desk.form.text("area"))
    if not name or role not in {one.value for one in SCOPE_DIGITS} or not area:
        return _page(
            desk, problem="姓名、角色、管的地方都要填；地方从省写起，如 甘肃省/白银市/会宁县/会师镇，或写区划代码。"
        )
    grant = Grant(Role(role), area)
    if not manages(desk.officer, [grant]):
        return _page(desk, problem="这个地方或这个角色不归您管，登记不了。")
    try:
        with desk.writing():
            officer = appoint_officer(
                desk.store,
                name,
                [grant],
                actor=desk.officer,
                now=desk.now,
                department=desk.form.text("department"),
            )
            code = issue_link(desk.store, officer, actor=_operator(desk), now=desk.now)
            desk.done(_STAFF, f"登记好了：{officer.number} 号。")
    except CasesError as error:
        return _page(desk, problem=refusal_text(error))
    return _page(desk, link=(officer, code))


def give_link(desk: Desk) -> Response:
    """POST /desk/setup/staff/{number}/link: a new one-time link; the earlier one stops working."""
    officer = _managed(desk)
    with desk.writing():
        code = issue_link(desk.store, officer, actor=_operator(desk), now=desk.now)
        desk.done(_STAFF, "链接给过了。要再看，请重新给一个。")
    return _page(desk, link=(officer, code))


def enter_leave(desk: Desk) -> Response:
    """POST /desk/setup/staff/{number}/leave."""
    officer = _managed(desk)
    try:
        first, last = (date.fromisoformat(desk.form.text(name)) for name in ("first", "last"))
    except ValueError:
        return _page(desk, problem="请选第一天和最后一天。")
    deputy = next((one for one in all_officers(desk.store) if str(one.number) == desk.form.text("deputy")), None)
    try:
        with desk.writing():
            record_leave(desk.store, officer, Leave(first, last, deputy), actor=_operator(desk), now=desk.now)
            return desk.done(_STAFF, f"{officer.number} 号的休假记下了。")
    except CasesError as error:
        return _page(desk, problem=refusal_text(error))


def change(desk: Desk) -> Response:
    """POST /desk/setup/staff/{number}/duties: other roles or places; what he may no longer work goes back."""
    officer = _managed(desk)
    duties = [(desk.form.text(f"role-{row}"), desk.form.text(f"area-{row}")) for row in range(_MOST_DUTIES)]
    duties = [(role, _area(desk, area)) for role, area in duties if role or area]
    if not duties or any(role not in {one.value for one in SCOPE_DIGITS} or not area for role, area in duties):
        return _page(desk, problem="每一行的角色和地方都要填；地方从省写起，用 / 隔开，或写区划代码。空行不算。")
    grants = [Grant(Role(role), area) for role, area in duties]
    try:
        with desk.writing():
            department = desk.form.text("department")
            count = change_duties(desk.store, officer, grants, actor=desk.officer, now=desk.now, department=department)
            return desk.done(_STAFF, f"{officer.number} 号的角色和地方换好了，退回待领 {count} 件。")
    except CasesError as error:
        return _page(desk, problem=refusal_text(error))


def relieve(desk: Desk) -> Response:
    """POST /desk/setup/staff/{number}/remove: his rights end, what he held goes back to the queue."""
    officer = _managed(desk)
    if officer.id == desk.officer.id:
        return _page(desk, problem="不能停用自己。请另一位管理员来办。")
    with desk.writing():
        count = remove_officer(desk.store, officer, actor=_operator(desk), now=desk.now)
        return desk.done(_STAFF, f"{officer.number} 号停用了，退回待领 {count} 件。他办过的记录都留着。")


def _page(desk: Desk, *, problem: str = "", link: tuple[Officer, str] | None = None) -> Response:
    officers = [one for one in all_officers(desk.store) if _seen(desk, one)]
    rows = [
        {
            "officer": one,
            "held": load_of(desk.store, one.id),
            "password": has_password(desk.store, one.id),
            "second": has_second_factor(desk.store, one.id),
            "leaves": leaves_from(desk.store, one.id, desk.today),
            "managed": manages(desk.officer, one.grants),
        }
        for one in officers
    ]
    context = {
        "rows": rows,
        "roles": list(SCOPE_DIGITS),
        "most_duties": _MOST_DUTIES,
        "departments": [one.value for one in Department],
        "admin": any(grant.role is Role.ADMIN for grant in desk.officer.grants),
        "form": desk.form if problem else None,
        "link": link and (link[0], f"{_origin(desk)}/desk/start/{link[1]}", link[1]),
        "hours": LINK_HOURS,
        "problem": problem,
    }
    return desk.page("staff.html", context, status=422 if problem else 200)


def _origin(desk: Desk) -> str:
    return desk.site.settings.web.public_address.rstrip("/") or str(desk.request.base_url).rstrip("/")


def _seen(desk: Desk, other: Officer) -> bool:
    """Tell whether the officer may know of *other*: they serve in the same area, or one within the other's."""
    return any(
        one.scope.startswith(own.scope) or own.scope.startswith(one.scope)
        for one in other.grants
        for own in desk.officer.grants
    )


def _managed(desk: Desk) -> Officer:
    officer = find_officer(desk.store, str(desk.request.path_params["number"]))
    if not manages(desk.officer, officer.grants):
        raise HTTPException(404)
    return officer


def _area(desk: Desk, text: str) -> str:
    if text.isascii() and text.isdecimal() and len(text) in _CODE_LENGTHS:
        return text
    area = desk.site.places.gazetteer.by_path(text) if text else None
    return area.code if area else ""


def _operator(desk: Desk) -> Operator:
    """Return the administrator as the audit trail names him."""
    return Operator(f"officer:{desk.officer.id}")
