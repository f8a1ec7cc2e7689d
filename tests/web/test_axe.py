"""The villagers' pages against WCAG 2.2 AA, as axe-core sees it."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from settings.schema import Settings
from storage.village_codes import village_codes
from tests.e2e.browser import DESKTOP, PHONE, visitor

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
PAGES = ("/", "/report", "/progress", "/about", "/nowhere", "/r/ABC123")


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_on_any_page(
    browser: Browser, address: str, settings: Settings, screen: dict[str, Any]
) -> None:
    with visitor(browser, address, screen) as page:
        page.goto("/")
        page.get_by_label("写给帮扶助手").fill("家里人住院")
        page.get_by_role("button", name="发送").click()
        page.locator("#talk li.theirs").wait_for()
        for path in (*PAGES, f"/v/{village_codes(settings).mint('620422100203')}"):
            page.goto(path)
            found = Axe().run(page, options=RULES).response["violations"]
            assert [(path, one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_axe_does_find_what_is_wrong(browser: Browser, address: str) -> None:
    with visitor(browser, address, PHONE) as page:
        page.goto("/about")
        page.evaluate("document.documentElement.removeAttribute('lang')")
        assert [one["id"] for one in Axe().run(page, options=RULES).response["violations"]] == ["html-has-lang"]
