"""Signing in: number or name with password, the first password by a one-time link, a second factor if it is on."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from anyio import to_thread
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cases.actions.bind_officer import officer_of_link, use_link
from cases.actors import Officer
from cases.errors import LinkInvalidError, OfficerAmbiguousError, OfficerNotFoundError
from cases.officers import find_officer
from storage import audit
from storage.database import transaction
from storage.store import Store
from web.forms import Form, read_form
from web.guard import check_origin
from web.officers import lockout
from web.officers.held import Held, has_open_ticket, open_held, open_ticket, show_sign_in
from web.officers.notices import open_chat
from web.officers.passwords import fault_of, has_second_factor, is_password, set_password, set_second_factor, use_code
from web.officers.sessions import COOKIE, device_name, end_all, open_session
from web.site import Site, site_of

_HOME: Final = "/desk"
_MOST_FIELDS: Final = 20
_WRONG: Final = "编号（或姓名）和密码对不上。请再试一次；忘了密码，请管理员重新给一个链接。"
_WRONG_CODE: Final = "六位数字对不上，或者用过了。请等手机上换一组再填。"
_HURRIED: Final = "试得太多了。请过 {minutes} 分钟再试；忘了密码，请管理员重新给一个链接。"
_STALE: Final = "这一页放得久了。请再按一次“登录”。"
_LINK: Final = "这个链接用不了：可能用过了、过期了，或抄错了。请管理员重新给一个。"


async def show(request: Request) -> Response:
    """GET /desk/sign-in."""
    return show_sign_in(request, next_path=_local(request.query_params.get("next", "")))


async def enter(request: Request) -> Response:
    """POST /desk/sign-in: open a session; what was typed before the last one ended is offered again."""
    site = site_of(request)
    check_origin(request)
    form = await read_form(request, most=_MOST_FIELDS)
    if not has_open_ticket(request, form):
        return _again(request, form, _STALE)
    address = request.client.host if request.client else ""
    if site.desk_pace.reserve(address, now=site.clock().timestamp(), longest=0) is None:
        return _again(request, form, _HURRIED.format(minutes=1), status=429)
    return await to_thread.run_sync(_enter, request, site, form, limiter=site.hashing)


def _enter(request: Request, site: Site, form: Form) -> Response:
    store, now, name = site.open_store(), site.clock(), form.text("name")
    with transaction(store):
        pause = lockout.pause_left(store, name, now=now)
        if pause <= timedelta():
            lockout.note_try(store, name, now=now)
    if pause > timedelta():
        minutes = int(pause.total_seconds() // 60) + 1
        return _again(request, form, _HURRIED.format(minutes=minutes), status=429)
    officer = _named(store, name)
    if not is_password(store, officer.id if officer else None, form.fields.get("password", "")) or officer is None:
        return _again(request, form, _WRONG, status=401)
    with transaction(store):
        if not use_code(store, officer.id, form.text("code"), now=now):
            audit.append(
                store,
                actor=f"officer:{officer.id}",
                event="officer.code_wrong",
                subject=f"officer:{officer.id}",
                now=now,
            )
            token = ""
        else:
            lockout.forgive(store, name)
            token = _open(store, officer, request, site)
    if not token:
        return _again(request, form, _WRONG_CODE, status=401)
    held = open_held(store, officer.id, form.text("held"))
    response = _offer(request, site, officer, held) if held else _lead(_local(form.text("next")) or _HOME)
    return _with_cookie(response, token, request, site)


async def show_start(request: Request) -> Response:
    """GET /desk/start/{code}: the page on which an officer sets his first password, or a new one."""
    return await run_in_threadpool(_show_start, request, "", 200)


async def start(request: Request) -> Response:
    """POST /desk/start/{code}: keep the password, use the link up, and sign in. A second factor starts anew."""
    site = site_of(request)
    check_origin(request)
    form = await read_form(request, most=_MOST_FIELDS)
    if not has_open_ticket(request, form):
        return await run_in_threadpool(_show_start, request, _STALE, 409)
    return await to_thread.run_sync(_start, request, site, form, limiter=site.hashing)


def _start(request: Request, site: Site, form: Form) -> Response:
    store, now, code = site.open_store(), site.clock(), request.path_params["code"]
    officer, password = officer_of_link(store, code, now=now), form.fields.get("password", "")
    if officer is None:
        return _show_start(request, _LINK, 404)
    fault = fault_of(password, officer)
    if not fault and password != form.fields.get("again", ""):
        fault = "两次填的密码不一样，请再填一次。"
    if fault:
        return _show_start(request, fault, 422)
    try:
        with transaction(store):
            use_link(store, code, now=now)
            end_all(store, officer.id, now=now)
            set_password(store, officer, password, now=now)
            if has_second_factor(store, officer.id):
                set_second_factor(store, officer, None, now=now)
            open_chat(store, officer, now=now)
            token = _open(store, officer, request, site)
    except LinkInvalidError:
        return _show_start(request, _LINK, 404)
    return _with_cookie(_lead(_HOME), token, request, site)


def _show_start(request: Request, problem: str, status: int) -> Response:
    site = site_of(request)
    officer = officer_of_link(site.open_store(), request.path_params["code"], now=site.clock())
    if officer is None:
        problem, status = _LINK, 404
    context = {"officer": officer, "problem": problem, "ticket": open_ticket(request)}
    return site.templates.page(request, "desk/start.html", context, status=status)


def _named(store: Store, name: str) -> Officer | None:
    try:
        return find_officer(store, name)
    except (OfficerNotFoundError, OfficerAmbiguousError):
        return None


def _open(store: Store, officer: Officer, request: Request, site: Site) -> str:
    now = site.clock()
    actor = f"officer:{officer.id}"
    audit.append(store, actor=actor, event="officer.signed_in", subject=actor, now=now)
    return open_session(store, officer, device=device_name(request.headers.get("user-agent", "")), now=now)


def _offer(request: Request, site: Site, officer: Officer, held: Held) -> Response:
    """Return the page that gives back what was typed: one more tap sends it."""
    context = {
        "officer": officer,
        "held": held,
        "shown": [value for name, value in held.fields if value and name not in {"version", "back", "event"}],
        "ticket": site.tickets.mint(officer.id),
        "problem": "",
    }
    return site.templates.page(request, "desk/held.html", context)


def _again(request: Request, form: Form, problem: str, *, status: int = 409) -> Response:
    return show_sign_in(
        request,
        name=form.text("name"),
        problem=problem,
        held=form.text("held"),
        next_path=_local(form.text("next")),
        status=status,
    )


def _lead(address: str) -> Response:
    return RedirectResponse(address, status_code=303)


def _with_cookie(response: Response, token: str, request: Request, site: Site) -> Response:
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(site.desk_limits.longest.total_seconds()),
        path=_HOME,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


def _local(address: str) -> str:
    """Return *address* if it is a path of the console, else nothing."""
    return address if address == _HOME or address.startswith((f"{_HOME}/", f"{_HOME}?")) else ""
