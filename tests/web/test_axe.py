"""The villagers' pages against WCAG 2.2 AA, as axe-core sees it: on a phone, in big type, at a desk, with a refusal."""

from __future__ import annotations

from datetime import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from knowledge.documents import Edition, save_document
from knowledge.entries import load_starter
from knowledge.entry_store import sync_starter
from places.gazetteer import load_gazetteer
from settings.schema import Settings
from storage.database import transaction
from storage.stores import Stores
from storage.village_codes import village_codes
from tests.cases.conftest import set_up
from tests.cases.papers import appraised, draft, post
from tests.e2e.browser import DESKTOP, PHONE, SMALL_PHONE, visitor
from tests.web.conftest import Clock
from tests.web.test_sources import RULES, passages

pytestmark = pytest.mark.browser

RULES_OF_AXE = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
SCREENS = {"phone": PHONE, "big": SMALL_PHONE, "desktop": DESKTOP}


@pytest.fixture
def pages(settings: Settings, stores: Stores, clock: Clock, now: datetime) -> list[str]:
    """Return the address of every page for villagers, each with something on it."""
    desk, codes = set_up(stores.here(), clock.now), village_codes(settings)
    notice = post(desk, draft(desk, appraised(desk)))
    clock.now = desk.later
    entries = load_starter()
    with transaction(stores.here()):
        sync_starter(stores.here(), entries, load_gazetteer(), now=now)
        save_document(stores.here(), RULES, Edition("", ""), passages(RULES), now=now)
    found = ["/", "/report", "/progress", "/about", "/practice", "/nowhere", "/r/ABC123"]
    codes_on_paper = [f"/v/{codes.mint('620422100203')}", f"/o/{codes.mint_notice(notice.number)}"]
    return [*found, *codes_on_paper, f"/source/{passages(RULES)[0].id}", f"/source/{entries[0].id}"]


def faults(page: Page) -> list[str]:
    """Return what is wrong with the page: what axe finds, and what runs off the screen."""
    found = Axe().run(page, options=RULES_OF_AXE).response["violations"]
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    beyond = [f"{width} px wider than the screen"] if width > 0 else []
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]] + beyond


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_is_wrong_with_any_page(browser: Browser, address: str, pages: list[str], screen: str) -> None:
    found = {}
    with visitor(browser, address, SCREENS[screen]) as page:
        size = "big" if screen == "big" else "normal"
        page.context.add_cookies([{"name": "bangfu_size", "value": size, "url": address}])
        page.goto("/")
        page.get_by_label("写给帮扶助手").fill("家里人住院")
        page.get_by_role("button", name="发送").click()
        page.locator("#talk li.theirs").wait_for()
        for path in pages:
            response = page.goto(path)
            assert response is not None
            assert (response.status == 200) == (path != "/nowhere"), path
            found[path] = faults(page)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_nothing_is_wrong_with_what_follows_a_form(browser: Browser, address: str, pages: list[str]) -> None:
    found = {}
    with visitor(browser, address, SMALL_PHONE) as page:
        page.goto("/progress")
        page.get_by_label("编号").fill("12345678901")
        page.get_by_label("报的时候留的电话").fill("13800000000")
        page.get_by_role("button", name="查一查").click()
        page.get_by_role("alert").wait_for()
        found["progress"] = faults(page)
        for position in ("99", "1"):
            page.goto(next(path for path in pages if path.startswith("/o/")))
            page.get_by_label("公示上的序号").fill(position)
            page.get_by_label("有什么不同意见").fill("他家在城里有房")
            page.get_by_role("button", name="提上去").click()
            found[f"objection {position}"] = faults(page)
        page.goto("/practice")
        page.get_by_role("button", name="开始练习").click()
        found["practising"] = faults(page)
        page.goto("/about")
        page.locator("form[action='/forget'] input[name=seal]").evaluate("box => { box.value = 'x'; }")
        page.get_by_role("button", name="让这部手机忘记我的对话").click()
        page.get_by_role("heading", name="没有发出去").wait_for()
        found["forbidden"] = faults(page)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_axe_does_find_what_is_wrong(browser: Browser, address: str) -> None:
    with visitor(browser, address, PHONE) as page:
        page.goto("/about")
        page.evaluate("document.documentElement.removeAttribute('lang')")
        assert [one.split(":")[0] for one in faults(page)] == ["html-has-lang"]


def test_whoever_goes_by_keyboard_sees_where_he_is_and_meets_things_in_order(browser: Browser, address: str) -> None:
    with visitor(browser, address, DESKTOP) as page:
        page.goto("/report")
        met = []
        for _ in range(13):
            page.keyboard.press("Tab")
            met.append(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
            style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert style != "none" or page.evaluate("document.activeElement.type") == "file", met[-1]
        assert met[0] == "跳到正文"
        assert [one for one in met if one in {"text", "photo", "send"}] == ["text", "photo", "send"]


def test_nothing_moves_by_itself(browser: Browser, address: str) -> None:
    with visitor(browser, address, PHONE, reduced_motion="reduce") as page:
        for path in ("/", "/report", "/desk"):
            page.goto(path)
            moving = page.evaluate(
                "[...document.querySelectorAll('*')].filter(one => { const s = getComputedStyle(one);"
                " return s.animationName !== 'none' || parseFloat(s.transitionDuration) > 0"
                " || s.scrollBehavior === 'smooth'; }).map(one => one.tagName)"
            )
            assert moving == [], path
