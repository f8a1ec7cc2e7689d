"""What keeps strangers, scripts and accidents out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from settings.schema import Settings
from storage.stores import Stores
from storage.vault import Vault, new_key
from tests.web.conftest import Clock, Parrot
from tests.web.villager import Villager
from web.sessions import COOKIE
from web.tickets import Ticket, Tickets

PAGES = ("/", "/about", "/no/such/page", "/healthz", "/static/page.css", "/file/0123")
SCRIPT = '"><script>alert(1)</script>'
MEGABYTE = 1024 * 1024


@pytest.mark.parametrize("address", PAGES)
def test_every_response_carries_the_security_headers(villager: Villager, address: str) -> None:
    headers = villager.open(address).headers

    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/", "/about", "/no/such/page"])
def test_pages_name_no_other_host_and_hold_no_inline_code(villager: Villager, address: str) -> None:
    html = villager.open(address).text

    assert re.findall(r'(?:src|href|action)="(?![/#]|tel:)[^"]*"', html) == []
    assert not re.search(r"<style|<script(?![^>]* src=)|\son\w+=|\sstyle=", html)
    assert villager.page is not None
    assert villager.page.headers["cache-control"] == "no-store"


def test_static_files_may_be_kept_since_their_address_carries_their_content(villager: Villager) -> None:
    address = re.findall(r'href="(/static/page\.css\?v=\w+)"', villager.html)[0]

    assert "immutable" in villager.open(address).headers["cache-control"]


def test_a_post_without_our_ticket_is_not_taken_but_its_words_are_kept(villager: Villager, parrot: Parrot) -> None:
    page = villager.post({"text": "写了好久的话"})

    assert page.status_code == 409
    assert ">写了好久的话</textarea>" in page.text
    assert parrot.heard == []
    assert villager.say("写了好久的话").status_code == 200
    assert len(parrot.heard) == 1


def test_a_browser_that_keeps_no_cookies_is_told_what_to_do(visit: Callable[[], Villager], parrot: Parrot) -> None:
    page = visit().post({"text": "写了好久的话"})

    assert page.status_code == 409
    assert "允许 Cookie" in page.text
    assert ">写了好久的话</textarea>" in page.text
    assert parrot.heard == []


def test_a_ticket_of_another_chat_does_not_fit(
    villager: Villager, visit: Callable[[], Villager], parrot: Parrot
) -> None:
    other = visit()
    other.open("/")

    assert villager.post({**other.ticket, "text": "x"}).status_code == 409
    assert parrot.heard == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("address", ["/say", "/size", "/forget"])
def test_a_post_from_a_foreign_page_is_refused(
    villager: Villager, parrot: Parrot, headers: dict[str, str], address: str
) -> None:
    page = villager.client.post(address, data={**villager.ticket, "text": "x"}, headers=headers)

    assert page.status_code == 403
    assert "没有发出去" in page.text
    assert parrot.heard == []


def test_our_own_page_may_name_itself_as_origin(villager: Villager) -> None:
    headers = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}

    assert villager.post({**villager.ticket, "text": "x"}, headers=headers).status_code == 200


def test_writes_are_not_done_by_get(villager: Villager, parrot: Parrot) -> None:
    for address in ("/say?text=x", "/size?size=big", "/forget"):
        assert villager.open(address).status_code == 405
    assert parrot.heard == []


def test_a_forged_or_altered_cookie_is_nobody(villager: Villager, visit: Callable[[], Villager]) -> None:
    villager.say("我的难处")
    good = villager.client.cookies[COOKIE]
    chat, issued, signature = good.split(".")
    later = str(int(issued) + 1)
    for forged in (f"{chat}.{later}.{signature}", f"x{chat}.{issued}.{signature}", f"{chat}.{issued}.", chat, "..", ""):
        stranger = visit()
        page = stranger.client.get("/", headers={"Cookie": f"{COOKIE}={forged}"})
        assert "我的难处" not in page.text
        assert not stranger.client.cookies[COOKIE].startswith(f"{chat}.")
    assert "我的难处" in visit().client.get("/", headers={"Cookie": f"{COOKIE}={good}"}).text


def test_a_session_ends_and_what_was_typed_survives_it(
    villager: Villager, clock: Clock, settings: Settings, parrot: Parrot
) -> None:
    villager.say("从前的话")
    clock.now += timedelta(days=settings.web.session_days, seconds=1)

    page = villager.say("写到一半")

    assert page.status_code == 409
    assert "从前的话" not in page.text
    assert ">写到一半</textarea>" in page.text
    assert villager.say("写到一半").status_code == 200
    assert parrot.heard[0].chat != parrot.heard[1].chat


def test_a_session_in_use_does_not_end(villager: Villager, clock: Clock, settings: Settings) -> None:
    villager.say("第一天")
    for _ in range(3):
        clock.now += timedelta(days=settings.web.session_days - 1)
        villager.open("/")

    assert "第一天" in villager.html


def test_script_in_what_is_said_is_only_text(villager: Villager) -> None:
    villager.say(SCRIPT)
    assert villager.bubbles() == [("mine", SCRIPT), ("theirs", f"您说：{SCRIPT}")]
    assert "<script>alert" not in villager.html
    for field in ("button", "start", "turn", "seal", "said", "told", "latitude"):
        villager.say("x", **{field: SCRIPT})
        assert "<script>alert" not in villager.html
    for address in (f"/file/{SCRIPT}", f"/?all={SCRIPT}", f"/{SCRIPT}"):
        assert "<script>alert" not in villager.open(address).text


@pytest.mark.parametrize("text", ["\0", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "😀" * 1000])
def test_odd_characters_are_words_like_any_other(villager: Villager, parrot: Parrot, text: str) -> None:
    assert villager.say(f"甲{text}乙").status_code == 200
    assert len(parrot.heard) == 1


def test_a_very_long_text_is_taken_and_an_endless_one_refused_in_words(villager: Villager, parrot: Parrot) -> None:
    assert villager.say("长" * 100_000).status_code == 200
    assert len(parrot.heard) == 1
    villager.open("/")
    page = villager.say("长" * 500_000)
    assert page.status_code == 400
    assert "请分几次发" in page.text


@pytest.mark.parametrize("declared", [True, False])
def test_a_hundred_megabytes_are_refused_politely_and_not_kept(
    villager: Villager, parrot: Parrot, declared: bool
) -> None:
    head = b'--b\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n'
    body = (head if piece == 0 else b"x" * MEGABYTE for piece in range(101))
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    if declared:
        headers["Content-Length"] = str(len(head) + 100 * MEGABYTE)

    page = villager.client.post("/say", content=body, headers=headers)

    assert page.status_code == 413
    assert "太大了，没有收下" in page.text
    assert parrot.heard == []


def test_a_malformed_form_is_refused_in_words(villager: Villager) -> None:
    for headers, body in (
        ({"Content-Type": "multipart/form-data"}, b"x"),
        (
            {"Content-Type": "multipart/form-data; boundary=b"},
            b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
        ),
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"&".join(b"a%d=1" % n for n in range(50))),
    ):
        page = villager.client.post("/say", content=body, headers=headers)
        assert page.status_code == 400
        assert "没有看懂" in page.text
    assert villager.client.post("/say", json={"text": "x"}).status_code == 409


@pytest.mark.parametrize(
    "address", ["/no/such/page", "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/x%00"]
)
def test_what_does_not_exist_is_said_in_plain_words(villager: Villager, address: str) -> None:
    page = villager.open(address)

    assert page.status_code == 404
    assert "没有找到这一页" in page.text


def test_a_failure_shows_a_number_that_the_log_has_and_no_trace(
    villager: Villager, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores.here().db.execute("DROP TABLE inbox")

    with capture_logs() as logs:
        page = villager.say("我的难处")

    assert page.status_code == 500
    failure = next(entry for entry in logs if entry["event"] == "web.failed")
    assert failure["reference"] in page.text
    assert failure["route"] == "/say"
    assert "Traceback" not in page.text
    assert "inbox" not in page.text
    assert "我的难处" not in str(logs)


def test_the_script_hears_of_refusals_in_words_too(villager: Villager) -> None:
    headers = {"Accept": "application/json"}

    assert "再按一次" in villager.post({"text": "x"}, headers=headers).json()["problem"]
    assert "没有找到" in villager.client.get("/nowhere", headers=headers).json()["problem"]


def test_the_health_check_answers_without_a_session(visit: Callable[[], Villager]) -> None:
    page = visit().open("/healthz")

    assert (page.status_code, page.json()) == (200, {"status": "ok"})
    assert "set-cookie" not in page.headers


def test_the_first_view_is_light(villager: Villager) -> None:
    files = re.findall(r'(?:src|href)="(/static/[^"]+)"', villager.html)
    weight = len(villager.html.encode()) + sum(len(villager.client.get(file).content) for file in set(files))

    assert weight < 50_000


@given(turn=st.text(max_size=20), seal=st.text(max_size=70), chat=st.text(max_size=20))
def test_only_our_own_tickets_fit(turn: str, seal: str, chat: str) -> None:
    tickets = Tickets(Vault(new_key()))

    assert tickets.fits(chat, tickets.mint(chat))
    assert not tickets.fits(chat, Ticket(turn, seal))
