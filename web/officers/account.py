"""An officer's own things: password, second factor, where he is signed in, his leave."""

from __future__ import annotations

from datetime import date

import segno
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from cases.actions.record_leave import record_leave
from cases.actors import Operator
from cases.errors import CasesError
from cases.officers import load_officer
from cases.presence import Leave, leaves_from
from storage.database import transaction
from storage.errors import SealBrokenError
from web.officers.bulk import colleagues
from web.officers.door import Desk, refusal_text
from web.officers.passwords import (
    fault_of,
    fits_secret,
    has_second_factor,
    is_password,
    new_secret,
    secret_address,
    set_password,
    set_second_factor,
)
from web.officers.sessions import COOKIE, end_all, end_session, sessions_of


def show(desk: Desk) -> Response:
    """GET /desk/account."""
    return _page(desk)


def change_password(desk: Desk) -> Response:
    """POST /desk/account/password: a new one, for who knows the old one; other sessions end."""
    new = desk.form.fields.get("new", "")
    problem = "" if is_password(desk.store, desk.officer.id, desk.form.fields.get("old", "")) else "原来的密码不对。"
    problem = problem or fault_of(new, desk.officer)
    if not problem and new != desk.form.fields.get("again", ""):
        problem = "两次填的新密码不一样，请再填一次。"
    if problem:
        return _page(desk, problem=problem)
    with desk.writing():
        set_password(desk.store, desk.officer, new, now=desk.now)
        _end_others(desk)
        return desk.done("/desk/account", "密码改好了，别处的登录都退出了。")


def start_second_factor(desk: Desk) -> Response:
    """POST /desk/account/second: keep the secret that the page showed, once a code proves that it was read."""
    try:
        secret = _open(desk, desk.form.text("secret"))
    except (ValueError, SealBrokenError):
        return _page(desk, problem="这一页放得久了，请重新扫一次。")
    if not fits_secret(secret, desk.form.text("code"), now=desk.now):
        return _page(desk, problem="六位数字对不上。请扫新的方块码，再填手机上的数字。")
    with desk.writing():
        set_second_factor(desk.store, desk.officer, secret, now=desk.now)
        return desk.done("/desk/account", "第二道验证开好了。下次登录，除了密码还要填手机上的六位数字。")


def end_second_factor(desk: Desk) -> Response:
    """POST /desk/account/second/end: for who types the password again."""
    if not is_password(desk.store, desk.officer.id, desk.form.fields.get("old", "")):
        return _page(desk, problem="密码不对，第二道验证还开着。")
    with desk.writing():
        set_second_factor(desk.store, desk.officer, None, now=desk.now)
        return desk.done("/desk/account", "第二道验证关了。")


def take_leave(desk: Desk) -> Response:
    """POST /desk/account/leave: away from a day to a day, with a deputy if one is chosen."""
    try:
        first, last = (date.fromisoformat(desk.form.text(name)) for name in ("first", "last"))
    except ValueError:
        return _page(desk, problem="请选第一天和最后一天。")
    chosen = desk.form.text("deputy")
    deputy = next((one for one in colleagues(desk) if one.id == chosen), None)
    try:
        with desk.writing():
            leave = Leave(first, last, deputy)
            record_leave(desk.store, desk.officer, leave, actor=Operator(f"officer:{desk.officer.id}"), now=desk.now)
            return desk.done("/desk/account", "休假记下了。这段时间到期的件会转给代办的人。")
    except CasesError as error:
        return _page(desk, problem=refusal_text(error))


def sign_out(desk: Desk) -> Response:
    """POST /desk/sign-out: end this session, or with ``everywhere`` all of them."""
    with transaction(desk.store):
        if desk.form.text("everywhere"):
            end_all(desk.store, desk.officer.id, now=desk.now)
        else:
            end_session(desk.store, desk.session.key, now=desk.now)
    response = RedirectResponse("/desk/sign-in", status_code=303)
    response.delete_cookie(COOKIE, path="/desk", httponly=True, samesite="lax")
    return response


def _page(desk: Desk, *, problem: str = "") -> Response:
    secret = new_secret()
    context = {
        "own": load_officer(desk.store, desk.officer.id),
        "session": desk.session,
        "sessions": sessions_of(desk.store, desk.officer.id, desk.site.desk_limits, now=desk.now),
        "second": has_second_factor(desk.store, desk.officer.id),
        "secret": _seal(desk, secret),
        "square": Markup(_square(desk, secret)),  # noqa: S704 - made by segno of our own address
        "colleagues": colleagues(desk),
        "leaves": leaves_from(desk.store, desk.officer.id, desk.today),
        "problem": problem,
    }
    return desk.page("account.html", context, status=422 if problem else 200)


def _square(desk: Desk, secret: bytes) -> str:
    code = segno.make(secret_address(secret, desk.officer), error="m")
    return str(code.svg_inline(scale=4, border=2, title="用手机上的验证器扫这个方块码"))


def _seal(desk: Desk, secret: bytes) -> str:
    return desk.store.vault.seal(secret, table="desk_secret", row=desk.officer.id, column="secret").hex()


def _open(desk: Desk, text: str) -> bytes:
    return desk.store.vault.open_bytes(bytes.fromhex(text), table="desk_secret", row=desk.officer.id, column="secret")


def _end_others(desk: Desk) -> None:
    for session in sessions_of(desk.store, desk.officer.id, desk.site.desk_limits, now=desk.now):
        if session.key != desk.session.key:
            end_session(desk.store, session.key, now=desk.now)
