"""The knowledge desk in Chromium: a policy changes the answer; a question is answered and whoever asked is told."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.cases.conftest import Desk
from tests.e2e.browser import DESKTOP, PHONE, SMALL_PHONE, visitor
from tests.web.conftest import Clock
from tests.web.knowledge_desk.test_documents import POLICY
from tests.web.knowledge_desk.test_publishing import WRITTEN
from tests.web.officers.conftest import sitting
from tests.web.officers.test_console_browser import faults

pytestmark = pytest.mark.browser

_PATIENCE = 120_000
_COW, _TRACTOR = "养一头能繁母牛补贴多少钱", "村里的旧拖拉机能不能以旧换新"


def asks(page: Page, text: str, said: str) -> None:
    """Let a villager ask, and wait for what he is told."""
    page.get_by_label("写给帮扶助手").fill(text)
    page.get_by_role("button", name="发送").click()
    expect(page.locator("#talk li.theirs").last).to_contain_text(said, timeout=_PATIENCE)


def seen(page: Page, found: dict[str, list[str]]) -> None:
    """Note what axe finds wrong with the page as it is."""
    for details in page.locator("details").all():
        details.evaluate("one => { one.open = true; }")
    found[page.url] = faults(page)


def bring_policy(page: Page, found: dict[str, list[str]]) -> None:
    page.goto("/desk/knowledge/upload")
    seen(page, found)
    file: FilePayload = {"name": "../../肉牛补贴.txt", "mimeType": "text/plain", "buffer": POLICY.encode()}
    page.get_by_label("选一个文件").set_input_files(file)
    page.get_by_role("button", name="交上去，先看看").click()
    expect(page.get_by_text("读好了")).to_be_visible(timeout=_PATIENCE)
    seen(page, found)
    page.get_by_role("link", name="认错了，更正").click()
    seen(page, found)
    page.get_by_label("读者", exact=True).select_option("公开")
    page.get_by_role("button", name="更正读者").click()
    page.get_by_role("link", name="这次导入").click()
    page.get_by_role("button", name="收进来，用它回答").click()
    expect(page.get_by_text("索引是新的")).to_be_visible(timeout=_PATIENCE)


def answer_tractor(page: Page, found: dict[str, list[str]]) -> None:
    page.goto("/desk/knowledge/unanswered")
    seen(page, found)
    page.get_by_role("link", name=_TRACTOR).click()
    seen(page, found)
    page.get_by_role("link", name="写一条来回答").click()
    seen(page, found)
    for name in ("question", "variants", "answer", "grounds", "source-0-title", "source-0-publisher", "department"):
        page.locator(f"#{name}").fill(WRITTEN[name])
    page.get_by_role("button", name="存成草稿，查一查").click()
    expect(page.get_by_role("heading", name="5. 发布")).to_be_visible(timeout=_PATIENCE)
    seen(page, found)
    page.get_by_label("我看过了").check()
    page.get_by_role("button", name="发布，告诉问过的人").click()
    expect(page.get_by_role("status").first).to_contain_text("告诉了 1 位问过的人")
    seen(page, found)


def test_a_policy_changes_the_answer_and_an_unanswered_question_is_published_and_told(
    browser: Browser, address: str, desk: Desk, clock: Clock
) -> None:
    found: dict[str, list[str]] = {}
    with (
        visitor(browser, address, PHONE) as villager,
        sitting(browser, address, desk, "county", clock, DESKTOP) as officer,
    ):
        villager.goto("/")
        asks(villager, _COW, "没有")
        asks(villager, _TRACTOR, "没有")
        bring_policy(officer, found)
        asks(villager, _COW, "813元")
        answer_tractor(officer, found)
        villager.reload()
        told = villager.locator("#talk li.theirs").last
        expect(told).to_contain_text("现在有了")
        expect(told).to_contain_text("每台补贴1234元")
        for path in ("", "/documents", "/entries", "/entries/three-kinds", "/feedback", "/try"):
            officer.goto(f"/desk/knowledge{path}")
            seen(officer, found)
        officer.get_by_label("要试的话").fill(_TRACTOR)
        officer.get_by_role("button", name="试", exact=True).click()
        expect(officer.get_by_text("会这样答")).to_be_visible(timeout=_PATIENCE)
        seen(officer, found)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    with sitting(browser, address, desk, "county", clock, SMALL_PHONE) as page:
        for path in found:
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
