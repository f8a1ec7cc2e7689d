"""A villager in WeChat's browser, as far as Chromium can play it: scan, page, photo, back key, large letters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from settings.schema import Settings
from storage.village_codes import village_codes
from tests.e2e.browser import SMALL_PHONE, visitor
from tests.web.conftest import Parrot
from tests.web.officers.conftest import jpeg

pytestmark = pytest.mark.browser

_VILLAGE: Final = "620422100203"
_AGENT: Final = (
    "Mozilla/5.0 (Linux; Android 8.1.0; vivo Y85 Build/OPM1.171019.026; wv) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Version/4.0 Chrome/86.0.4240.99 XWEB/4313 MMWEBSDK/20220805 Mobile Safari/537.36 MMWEBID/2585 "
    "MicroMessenger/8.0.27.2220(0x28001B37) WeChat/arm32 Weixin NetType/3gnet Language/zh_CN ABI/arm32"
)
# Its bridge is there; workers, voices, and what browsers learned after 2020 are not; its storage may be shut.
_INSIDE: Final = """
  window.WeixinJSBridge = { invoke() {}, on() {}, call() {} };
  delete Navigator.prototype.serviceWorker;
  delete Element.prototype.replaceChildren;
  delete Array.prototype.at;
  delete window.structuredClone;
  delete window.speechSynthesis;
"""
_STORAGE_SHUT: Final = """
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, name, { get() { throw new DOMException("shut", "SecurityError"); } });
  }
"""
# The largest of WeChat's own letters: every size the page has computed, times 1.6.
_LARGEST_LETTERS: Final = """
  () => [...document.querySelectorAll("body, body *")]
    .map(one => [one, parseFloat(getComputedStyle(one).fontSize)])
    .forEach(([one, size]) => { one.style.fontSize = size * 1.6 + "px"; })
"""
# A camera hands over a picture without an ending, and does not say what it is.
_SNAP: Final[FilePayload] = {"name": "1773108000123", "mimeType": "", "buffer": jpeg(640, 480)}


@pytest.fixture(params=["storage", "no storage"])
def phone(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """Return a page in WeChat on a small old phone."""
    device: dict[str, Any] = {**SMALL_PHONE, "user_agent": _AGENT, "service_workers": "block"}
    with visitor(browser, address, device) as page:
        page.add_init_script(_INSIDE + (_STORAGE_SHUT if request.param == "no storage" else ""))
        yield page


@pytest.fixture
def scanned(settings: Settings) -> str:
    """Return what the village's code opens."""
    return f"/v/{village_codes(settings).mint(_VILLAGE)}"


def told(page: Page, text: str) -> None:
    """Wait until the assistant's last bubble holds *text*."""
    expect(page.locator("#talk li.theirs").last).to_contain_text(text)


def fits(page: Page) -> None:
    """See that nothing runs off the screen, and that what is to be pressed can be reached by scrolling."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    for target in page.locator("button:visible, a.button:visible, label.tool:visible").all():
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box is not None
        assert box["x"] >= 0, target.text_content()
        assert box["x"] + box["width"] <= 320, target.text_content()


def test_from_the_scan_to_the_photo_and_back_by_the_key(phone: Page, scanned: str, parrot: Parrot) -> None:
    phone.goto(scanned)
    expect(phone.get_by_role("heading", name="南家咀头村")).to_be_visible()
    phone.get_by_role("button", name="我是这个村的，进去").tap()
    expect(phone.get_by_label("写给帮扶助手")).to_be_visible()
    with phone.expect_file_chooser() as chooser:
        phone.get_by_text("照片、录音", exact=True).tap()
    chooser.value.set_files(_SNAP)
    expect(phone.get_by_role("button", name="去掉第 1 张照片")).to_be_visible()
    phone.get_by_label("写给帮扶助手").fill("房子塌了一角")
    phone.get_by_role("button", name="发送").tap()
    told(phone, "房子塌了一角")
    expect(phone.get_by_alt_text("我发的照片")).to_be_visible()
    phone.get_by_role("link", name="我的进度").tap()
    expect(phone.get_by_label("编号")).to_be_visible()
    phone.go_back()
    expect(phone.locator("#talk li.mine").last).to_contain_text("房子塌了一角")
    phone.go_back()
    expect(phone.get_by_role("heading", name="南家咀头村")).to_be_visible()
    phone.go_forward()
    expect(phone.locator("#talk li.mine").last).to_contain_text("房子塌了一角")
    turns = [(turn.start is not None, turn.text, len(turn.attachments)) for turn in parrot.heard]
    assert turns == [(True, None, 0), (False, "房子塌了一角", 1)], "going back and forth says nothing twice"


@pytest.mark.parametrize("big", [False, True], ids=["plain", "big"])
def test_its_largest_letters_push_nothing_off_the_screen(phone: Page, scanned: str, big: bool) -> None:
    phone.goto(scanned)
    if big:
        phone.get_by_role("button", name="字大一点").tap()
        expect(phone.get_by_role("button", name="字小一点")).to_be_visible()
    phone.get_by_role("button", name="我是这个村的，进去").tap()
    phone.get_by_label("写给帮扶助手").fill("老伴上个月住院，花了八万")
    phone.get_by_role("button", name="发送").tap()
    told(phone, "老伴上个月住院")
    for path in ("/", "/report", "/progress", "/about", scanned):
        phone.goto(path)
        phone.evaluate(_LARGEST_LETTERS)
        fits(phone)


def test_a_phone_that_was_cleaned_keeps_the_words_on_the_screen_and_goes_on(
    phone: Page, scanned: str, parrot: Parrot
) -> None:
    phone.goto(scanned)
    phone.get_by_role("button", name="我是这个村的，进去").tap()
    box = phone.get_by_label("写给帮扶助手")
    box.fill("写了很久的难处")
    phone.context.clear_cookies()
    phone.get_by_role("button", name="发送").tap()
    expect(phone.get_by_role("alert")).to_be_visible()
    expect(box).to_have_value("写了很久的难处")
    phone.get_by_role("button", name="发送").tap()
    told(phone, "写了很久的难处")
    assert [turn.text for turn in parrot.heard if turn.text] == ["写了很久的难处"]


def test_the_page_asks_the_bridge_for_nothing(phone: Page, scanned: str) -> None:
    asked: list[str] = []
    phone.expose_function("noted", lambda name: asked.append(name))
    phone.add_init_script(
        "window.WeixinJSBridge = new Proxy({}, { get(_, name) { window.noted(String(name)); return () => {}; } });"
    )
    phone.goto(scanned)
    phone.get_by_role("button", name="我是这个村的，进去").tap()
    expect(phone.get_by_label("写给帮扶助手")).to_be_visible()
    assert asked == []
