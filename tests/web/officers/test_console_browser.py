"""The console in Chromium: accessible, usable by keyboard and on a phone, kept up to date, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from playwright.sync_api import Browser, Page, expect

from cases.details import Acknowledgement
from cases.states import State
from storage.database import transaction
from tests.cases.conftest import Desk
from tests.cases.papers import draft
from tests.e2e.browser import DESKTOP, SMALL_PHONE, visitor
from tests.web.conftest import Clock
from tests.web.officers.conftest import sitting
from web.officers.passwords import set_password

pytestmark = pytest.mark.browser

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.fixture
def pages(desk: Desk) -> list[str]:
    """Return the address of every page, each with something on it."""
    fresh = desk.submit(submission_id="fresh")
    desk.submit(submission_id="twin", householder="苏绣英")
    visited = desk.bring_to(State.UNDER_VERIFICATION, submission_id="visited")
    notice = draft(desk, desk.bring_to(State.UNDER_APPRAISAL, submission_id="drafted"))
    return [
        "/desk",
        "/desk/told",
        "/desk/calls",
        "/desk/account",
        "/desk/queue",
        "/desk/queue?urgent=1",
        "/desk/untold",
        "/desk/areas",
        f"/desk/case/{fresh.receipt}",
        f"/desk/case/{visited.receipt}/sheet",
        f"/desk/case/{visited.receipt}/refer",
        "/desk/notices",
        "/desk/notices/new",
        f"/desk/notices/{notice.number}",
        "/desk/meetings",
        "/desk/meetings/appraisal",
        "/desk/referrals",
        "/desk/setup",
        "/desk/setup/workflow",
        "/desk/setup/calendar",
        "/desk/setup/contacts",
        "/desk/setup/consent",
        "/desk/setup/health",
        "/desk/setup/trail",
        "/desk/setup/looks",
        "/desk/setup/staff",
        "/desk/figures",
        "/desk/areas/620422100",
        "/desk/meetings/review",
        "/desk/nowhere",
    ]


@pytest.fixture
def page(browser: Browser, address: str, desk: Desk, clock: Clock) -> Iterator[Page]:
    """Return a page of the village's officer at a desk."""
    with sitting(browser, address, desk, "village", clock, DESKTOP) as page:
        yield page


def faults(page: Page) -> list[str]:
    """Return what axe finds wrong with the page by WCAG 2.2 AA, each with the element it found it in."""
    found = Axe().run(page, options=RULES).response
    assert found["passes"], "the rules were run"
    return [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]]


def test_every_page_holds_to_wcag_22_aa(page: Page, pages: list[str], address: str) -> None:
    found = {}
    for path in pages:
        page.goto(path)
        for details in page.locator("details").all():
            details.evaluate("one => { one.open = true; }")
        found[path] = faults(page)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_sign_in_and_papers_hold_to_wcag_22_aa(browser: Browser, address: str, page: Page, pages: list[str]) -> None:
    with visitor(browser, address, DESKTOP) as stranger:
        stranger.goto("/desk")
        assert faults(stranger) == []
    page.goto(next(path for path in pages if path.startswith("/desk/notices/") and path[-1].isdecimal()))
    page.get_by_role("button", name="看样子（副本）").click()
    expect(page.locator(".paper h1")).to_be_visible()
    assert faults(page) == []


def test_what_follows_a_form_holds_to_wcag_22_aa(
    browser: Browser, address: str, desk: Desk, clock: Clock, pages: list[str]
) -> None:
    found = {}
    with sitting(browser, address, desk, "village", clock, SMALL_PHONE) as page:
        page.goto(next(path for path in pages if path.endswith("/refer")))
        page.get_by_role("button", name="转办", exact=True).click()
        found["refused in the form"] = faults(page)
        page.get_by_label("民政").check()
        page.get_by_label("请对方办什么").fill("请核定临时救助。" * 30)
        page.get_by_role("button", name="转办", exact=True).click()
        found["referral"] = faults(page) + beyond(page)
        page.get_by_role("button", name="打印正本，送对方").click()
        page.locator(".paper h1").wait_for()
        found["paper"] = faults(page) + beyond(page)
        for words in ("苏秀英", "周不在"):
            page.locator("#find").fill(words)
            page.get_by_role("button", name="找", exact=True).click()
            found[f"found {words}"] = faults(page) + beyond(page)
        page.goto("/desk/queue")
        page.locator("td.tick input").first.check()
        page.get_by_role("button", name="转给同事").click()
        found["bulk"] = faults(page) + beyond(page)
    with sitting(browser, address, desk, "admin", clock, SMALL_PHONE) as page:
        page.goto("/desk/setup/staff")
        page.get_by_text("登记一位工作人员").click()
        page.locator("#name").fill("李小梅")
        page.locator("#area").fill("没有这个地方" * 10)
        page.get_by_role("button", name="登记，给链接").click()
        found["staff"] = faults(page) + beyond(page)
        page.goto("/desk/start/ABCDEFGH")
        found["spent link"] = faults(page)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def beyond(page: Page) -> list[str]:
    """Return by how much the page runs off the screen."""
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [f"{width} px wider than the screen"] if width > 0 else []


def test_long_names_and_unbroken_words_stay_on_a_small_phone(
    browser: Browser, address: str, desk: Desk, clock: Clock
) -> None:
    long = desk.submit(submission_id="long", householder="阿布都热合曼" * 6, story="a" * 300 + "很难" * 300)
    with sitting(browser, address, desk, "village", clock, SMALL_PHONE) as page:
        page.goto(f"/desk/case/{long.receipt}")
        page.get_by_role("button", name="看（会留下记录）").click()
        assert beyond(page) == []
        assert faults(page) == []


def test_nothing_runs_off_a_small_phone(
    browser: Browser, address: str, desk: Desk, clock: Clock, pages: list[str]
) -> None:
    with sitting(browser, address, desk, "village", clock, SMALL_PHONE) as page:
        for path in pages:
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_the_queue_is_worked_by_keyboard(page: Page, desk: Desk) -> None:
    first, second = desk.submit(submission_id="1"), desk.submit(submission_id="2")
    page.goto("/desk/queue")
    for key in ("j", "j", "k", "j"):
        page.keyboard.press(key)
    page.keyboard.press("x")
    assert page.locator("input[name=receipt]:checked").evaluate("box => box.value") == second.receipt
    expect(page.locator("#chosen")).to_have_text("选了 1 件")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{second.receipt}")
    page.keyboard.press("/")
    page.keyboard.type(first.receipt)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{first.receipt}")
    page.keyboard.press("q")
    page.wait_for_url("**/desk/queue")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()


def test_the_sheet_keeps_itself_and_is_there_after_the_browser_was_closed(page: Page, desk: Desk) -> None:
    case = desk.bring_to(State.UNDER_VERIFICATION)
    page.goto(f"/desk/case/{case.receipt}/sheet")
    address = page.locator("#registered_address")
    address.fill("会师镇南家咀头村三社")
    address.blur()
    expect(page.locator("#saved")).to_contain_text("已存")
    page.goto("/desk")
    page.goto(f"/desk/case/{case.receipt}/sheet")
    expect(address).to_have_value("会师镇南家咀头村三社")


def test_what_a_colleague_does_is_announced_while_one_looks(page: Page, desk: Desk) -> None:
    case = desk.submit()
    page.clock.install()
    page.goto(f"/desk/case/{case.receipt}")
    desk.do(case, "colleague", Acknowledgement())
    page.clock.fast_forward(21_000)
    expect(page.get_by_text("这个件刚才有变化")).to_be_visible()


def test_a_hasty_officer_does_it_once(page: Page, desk: Desk) -> None:
    case = desk.submit()
    page.goto(f"/desk/case/{case.receipt}")
    page.locator("#noted summary").click()
    page.get_by_label("内容").fill("只记一次")
    page.evaluate("() => { const b = document.querySelector('#noted button'); for (let n = 0; n < 4; n++) b.click(); }")
    expect(page.get_by_role("status").first).to_contain_text("办好了")
    expect(page.locator(".timeline").get_by_text("备注", exact=True)).to_have_count(1)


def test_an_officer_signs_in_with_a_password_and_out(browser: Browser, address: str, desk: Desk, clock: Clock) -> None:
    with transaction(desk.store):
        set_password(desk.store, desk.village, "春风又绿江南岸 2026", now=clock.now)
    with visitor(browser, address, DESKTOP) as page:
        page.goto("/desk/queue")
        page.get_by_label("编号或姓名").fill("马志远")
        page.get_by_label("密码").fill("春风又绿江南岸 2026")
        page.get_by_role("button", name="登录").click()
        page.wait_for_url("**/desk/queue")
        page.get_by_role("link", name="马志远").click()
        page.get_by_role("button", name="退出", exact=True).click()
        expect(page.get_by_role("heading", name="工作人员登录")).to_be_visible()
        page.go_back()
        page.reload()
        expect(page.get_by_role("heading", name="工作人员登录")).to_be_visible()
