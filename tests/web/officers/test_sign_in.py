"""Who gets into the console, for how long, and who does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from starlette.applications import Starlette

from cases.actions.appoint_officer import issue_link
from cases.actions.record_leave import record_leave
from cases.actions.remove_officer import remove_officer
from cases.actors import Operator
from cases.presence import Leave
from storage import audit
from storage.database import transaction
from tests.cases.conftest import Desk
from tests.web.conftest import Clock
from tests.web.officers.clerk import Clerk
from tests.web.officers.conftest import PASSWORD
from web.officers import lockout
from web.officers.passwords import set_password, set_second_factor
from web.officers.sessions import COOKIE

WRONG = "对不上"


@pytest.fixture
def visitor(app: Starlette) -> Clerk:
    """Return somebody who is not signed in."""
    return Clerk(app)


@pytest.fixture
def known(desk: Desk, clock: Clock) -> Desk:
    """Return the desk with a password for the village's officer."""
    with transaction(desk.store):
        set_password(desk.store, desk.village, PASSWORD, now=clock.now)
    return desk


def enter(clerk: Clerk, name: str, password: str, **more: str) -> str:
    """Fill the sign-in page."""
    if "name" not in clerk.page.text:
        clerk.open("/desk/sign-in")
    return clerk.post("/desk/sign-in", {"name": name, "password": password, "code": "", **more})


def link_for(desk: Desk, clock: Clock) -> str:
    """Return the address of a one-time link for the village's officer."""
    with transaction(desk.store):
        return f"/desk/start/{issue_link(desk.store, desk.village, actor=Operator(), now=clock.now)}"


def test_a_one_time_link_sets_the_first_password_once(visitor: Clerk, desk: Desk, clock: Clock) -> None:
    link = link_for(desk, clock)
    assert "设密码" in visitor.open(link)
    assert "马志远，今天" in visitor.post(link, {"password": PASSWORD, "again": PASSWORD})
    assert "链接用不了" in visitor.open(link)
    assert visitor.status == 404
    again = Clerk(visitor.browser.app)  # type: ignore[arg-type] # the application of the first browser
    assert "马志远，今天" in enter(again, str(desk.village.number), PASSWORD)
    assert [row.event for row in audit.rows(desk.store, f"officer:{desk.village.id}")][-3:] == [
        "officer.bound", "officer.signed_in", "officer.signed_in",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("短", "短", "10 个字以上"),
        ("1234567890", "1234567890", "太好猜"),
        ("我就是马志远我就是我", "我就是马志远我就是我", "太好猜"),
        (PASSWORD, PASSWORD + "x", "两次填的密码不一样"),
    ],
)
def test_a_weak_password_is_refused_and_the_link_still_works(
    visitor: Clerk, desk: Desk, clock: Clock, password: str, again: str, said: str
) -> None:
    link = link_for(desk, clock)
    visitor.open(link)
    assert said in visitor.post(link, {"password": password, "again": again})
    assert "马志远，今天" in visitor.post(link, {"password": PASSWORD, "again": PASSWORD})


def test_an_unknown_name_and_a_wrong_password_read_the_same(visitor: Clerk, known: Desk) -> None:
    nobody = enter(visitor, "没有这个人", PASSWORD)
    wrong = enter(visitor, "马志远", "不是这个密码呀呀呀")
    assert WRONG in nobody
    assert visitor.status == 401
    assert nobody == wrong


def test_after_five_wrong_tries_even_the_right_password_waits_longer_each_time(
    visitor: Clerk, known: Desk, clock: Clock
) -> None:
    with transaction(known.store):
        for _ in range(lockout.FREE_TRIES):
            lockout.note_try(known.store, "马志远", now=clock.now)
    assert "请过 1 分钟再试" in enter(visitor, "马志远", PASSWORD)
    assert visitor.status == 429
    clock.now += timedelta(seconds=61)
    assert WRONG in enter(visitor, "马志远", "又错了又错了又错了")
    assert "请过 2 分钟再试" in enter(visitor, "马志远", PASSWORD)
    clock.now += timedelta(seconds=121)
    assert "马志远，今天" in enter(visitor, "马志远", PASSWORD)


def test_a_removed_officer_is_out_at_once_and_stays_out(
    visitor: Clerk, known: Desk, clock: Clock, village: Clerk
) -> None:
    assert "马志远，今天" in village.open("/desk")
    with transaction(known.store):
        remove_officer(known.store, known.village, actor=Operator(), now=clock.now)
    assert "工作人员登录" in village.open("/desk")
    assert WRONG in enter(visitor, "马志远", PASSWORD)


def test_an_officer_on_leave_comes_in_and_is_told_who_stands_in(village: Clerk, desk: Desk) -> None:
    today = date(2026, 3, 30)
    with transaction(desk.store):
        leave = Leave(today, today + timedelta(days=5), desk.colleague)
        record_leave(desk.store, desk.village, leave, actor=Operator(), now=desk.now)
    assert "您登记了休假" in village.open("/desk")
    assert "代办：王得福" in village.text


@pytest.mark.parametrize(("pause", "looks"), [(timedelta(minutes=61), 1), (timedelta(minutes=50), 15)])
def test_a_session_ends_when_idle_and_after_its_longest_time(
    village: Clerk, clock: Clock, pause: timedelta, looks: int
) -> None:
    shown = []
    for _ in range(looks):
        clock.now += pause
        shown.append("马志远，今天" in village.open("/desk"))
    assert shown[-1] is False
    assert all(shown[: looks - 1][:14])


def test_signing_out_everywhere_ends_every_browser(clerk: Callable[[str], Clerk]) -> None:
    here, there = clerk("village"), clerk("village")
    there.open("/desk")
    here.open("/desk/account")
    here.post("/desk/sign-out", {"everywhere": "1"})
    assert "工作人员登录" in here.open("/desk")
    assert "工作人员登录" in there.open("/desk")


def test_with_a_second_factor_the_password_is_not_enough_and_a_code_opens_once(
    visitor: Clerk, known: Desk, clock: Clock
) -> None:
    secret = b"twenty bytes of test"
    with transaction(known.store):
        set_second_factor(known.store, known.village, secret, now=clock.now)

    def code() -> str:
        return TOTP(secret, 6, SHA1(), 30).generate(int(clock.now.timestamp())).decode()

    assert "六位数字对不上" in enter(visitor, "马志远", PASSWORD)
    used = code()
    assert "马志远，今天" in enter(visitor, "马志远", PASSWORD, code=used)
    other = Clerk(visitor.browser.app)  # type: ignore[arg-type] # the application of the first browser
    assert "六位数字对不上" in enter(other, "马志远", PASSWORD, code=used)
    clock.now += timedelta(seconds=60)
    assert "马志远，今天" in enter(other, "马志远", PASSWORD, code=code())


def test_an_officer_turns_the_second_factor_on_with_what_the_page_shows(
    known: Desk, village: Clerk, clock: Clock
) -> None:
    village.open("/desk/account")
    sealed = re.search(r'name="secret" value="([0-9a-f]+)"', village.page.text)
    assert sealed is not None
    vault = known.store.vault
    secret = vault.open_bytes(bytes.fromhex(sealed[1]), table="desk_secret", row=known.village.id, column="secret")
    code = TOTP(secret, 6, SHA1(), 30).generate(int(clock.now.timestamp())).decode()
    assert "对不上" in village.post("/desk/account/second", {"secret": sealed[1], "code": "000000"})
    assert "第二道验证开好了" in village.post("/desk/account/second", {"secret": sealed[1], "code": code})
    assert "密码不对" in village.post("/desk/account/second/end", {"old": "不是这个密码"})
    assert "第二道验证关了" in village.post("/desk/account/second/end", {"old": PASSWORD})


def test_a_new_password_needs_the_old_one_and_ends_other_sessions(known: Desk, clerk: Callable[[str], Clerk]) -> None:
    here, there = clerk("village"), clerk("village")
    new = "一行白鹭上青天 2027"
    here.open("/desk/account")
    assert "原来的密码不对" in here.post("/desk/account/password", {"old": "错的密码", "new": new, "again": new})
    assert "密码改好了" in here.post("/desk/account/password", {"old": PASSWORD, "new": new, "again": new})
    assert "工作人员登录" in there.open("/desk")


def test_the_cookie_is_for_the_console_only_and_secure_behind_tls(visitor: Clerk, known: Desk) -> None:
    for scheme, secure in (("http", False), ("https", True)):
        visitor.page = visitor.browser.get(f"{scheme}://testserver/desk/sign-in")
        fields = {**visitor.ticket(), "name": "马志远", "password": PASSWORD}
        answer = visitor.browser.post(f"{scheme}://testserver/desk/sign-in", data=fields, follow_redirects=False)
        cookie = answer.headers["set-cookie"].lower()
        assert cookie.startswith(COOKIE)
        assert all(part in cookie for part in ("httponly", "samesite=lax", "path=/desk"))
        assert ("secure" in cookie) is secure


def test_sign_in_leads_back_to_the_page_asked_for_and_nowhere_else(visitor: Clerk, known: Desk) -> None:
    visitor.open("/desk/queue")
    assert 'name="next" value="/desk/queue"' in visitor.page.text
    fields = {**visitor.ticket(), "name": "马志远", "password": PASSWORD, "next": "//evil.example/desk"}
    answer = visitor.browser.post("/desk/sign-in", data=fields, follow_redirects=False)
    assert answer.headers["location"] == "/desk"
