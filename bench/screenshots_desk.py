"""Photograph the officers' console over the invented county: each role's pages, forms that were refused, papers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page

from app.demo.cast import cast, password_of
from bench.camera import CONSOLE_DEVICES, FRESH_DEVICES, Camera
from bench.pictures_plan import PLAN
from bench.screenshots_papers import links, photograph_case_papers, photograph_meeting_papers, print_page
from bench.screenshots_villagers import NAMESAKES
from cases.actors import Role
from cases.officers import all_officers
from storage.store import Store
from tests.e2e.browser import visitor
from web.officers.sessions import COOKIE

_DEVICES: Final[Mapping[str, dict[str, Any]]] = {**CONSOLE_DEVICES, **FRESH_DEVICES}
# Pages that need no more than their address, by who looks; what is asked of a page beyond the plan's address.
_PAGES: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.VILLAGE: (
        "today", "queue", "told", "calls", "untold", "notices", "notice-new", "meetings", "appraisal", "account",
    ),
    Role.TOWNSHIP: ("township-today", "township-review"),
    Role.COUNTY: (
        "county-today", "county-queue", "areas", "area", "batch", "referrals", "setup", "workflow", "calendar",
        "contacts", "consent-notice", "health", "trail", "looks", "knowledge", "documents", "uploads", "entries",
        "entry", "write", "unanswered", "feedback",
    ),
    Role.ADMIN: ("staff",),
    Role.INSPECTOR: ("inspector", "inspector-refused"),
}  # fmt: skip
_GIVEN: Final = {
    "notices": "/desk/notices?ended=1",
    "appraisal": "/desk/meetings/appraisal",
    "township-review": "/desk/meetings/review",
    "batch": "/desk/meetings/batch",
    "county-queue": "/desk/queue?due=overdue",
    "referrals": "/desk/referrals?closed=1",
    "area": "/desk/areas/629901101",
    "entry": "/desk/knowledge/entries/three-kinds",
}
_FRESH: Final = (
    "today", "queue", "told", "calls", "untold", "areas", "notices", "notice-new", "meetings", "batch", "referrals",
    "figures", "looks", "trail", "health", "contacts", "knowledge", "documents", "uploads", "unanswered", "feedback",
    "try",
)  # fmt: skip
_PATIENCE_MS: Final = 120_000
_POLICY: Final = (
    "青禾县肉牛养殖补贴办法（演示）\n\n养一头能繁母牛，每年补贴{}元，由乡镇核实后打到一卡通上。\n\n2026年2月3日\n"
)


@dataclass(frozen=True)
class County:
    """A county that is served: where, the folder of its data, and a store on it."""

    address: str
    folder: Path
    store: Store


def photograph_console(browser: Browser, county: County, camera: Camera) -> None:
    """Walk the console with *camera*'s device: at the door first, then role by role."""
    with visitor(browser, county.address, _DEVICES[camera.device]) as page:
        page.goto("/desk")
        camera.shoot(page, "sign-in")
        page.get_by_label("编号或姓名").fill("12")
        page.get_by_label("密码").fill("不是这个")
        page.get_by_role("button", name="登录").click()
        camera.shoot(page, "sign-in-wrong")
    for role, names in _PAGES.items():
        with signed_in(browser, county, role, camera.device) as page:
            for name in names:
                page.goto(_GIVEN.get(name, PLAN[name]))
                camera.shoot(page, name)
            _MORE[role](page, camera)
    with signed_in(browser, county, Role.COUNTY, camera.device) as page:
        _expire(page, camera, county.address, password_of(county.folder))


def photograph_empty(browser: Browser, county: County, camera: Camera) -> None:
    """Walk the pages of a county where nothing happened yet."""
    with signed_in(browser, county, Role.COUNTY, camera.device) as page:
        for name in _FRESH:
            page.goto(_GIVEN.get(name, PLAN[name]))
            camera.shoot(page, name)


def photograph_alarm(browser: Browser, county: County, camera: Camera) -> None:
    """Let a villager be in danger and photograph how the console rings; last, since it rings on every page."""
    with visitor(browser, county.address, CONSOLE_DEVICES["console-phone"]) as page:
        page.goto("/")
        page.get_by_label("写给帮扶助手").fill("我在柳湾镇石桥村，我男人天天打我，电话14000009999")
        page.get_by_role("button", name="发送").click()
        page.locator("#talk li.theirs").first.wait_for(timeout=_PATIENCE_MS)
    with signed_in(browser, county, Role.COUNTY, camera.device) as page:
        page.goto("/desk")
        camera.shoot(page, "ringing")
        page.goto("/desk/calls")
        camera.shoot(page, "calls-open")


@contextmanager
def signed_in(browser: Browser, county: County, role: Role, device: str) -> Iterator[Page]:
    """Open a page of the county's first officer of *role* for the block."""
    officer = cast(all_officers(county.store)).get(role) or all_officers(county.store)[0]
    with visitor(browser, county.address, _DEVICES[device]) as page:
        page.goto("/desk")
        _enter(page, str(officer.number), password_of(county.folder))
        page.wait_for_url("**/desk")
        yield page


def _enter(page: Page, name: str, password: str) -> None:
    page.get_by_label("编号或姓名").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def _village(page: Page, camera: Camera) -> None:
    page.goto("/desk/queue")
    page.locator("td.tick input").first.check()
    page.get_by_role("button", name="转给同事").click()
    camera.shoot(page, "bulk")
    _find(page, "周不在", camera, "found-none")
    _one_case(page, camera)
    sheets = [f"{case}/sheet" for case in links(page, "/desk/queue", "td a.num")]
    _first_with(page, sheets, "填好了，交")
    page.get_by_label("家庭人口").fill("99")
    page.get_by_role("button", name="填好了，交").click()
    camera.shoot(page, "sheet-wrong")
    page.goto("/desk/meetings/appraisal")
    if page.get_by_role("button", name="记下").count():
        page.get_by_role("button", name="记下").click()
        camera.shoot(page, "appraisal-wrong")
    page.goto("/desk/notices?ended=1")
    page.locator("td a").first.click()
    camera.shoot(page, "notice")
    print_page(page, camera, "看样子（副本）", "paper-notice")
    page.goto("/desk/nowhere")
    camera.shoot(page, "lost-desk")


def _find(page: Page, words: str, camera: Camera, name: str) -> None:
    page.locator("#find").fill(words)
    page.get_by_role("button", name="找", exact=True).click()
    camera.shoot(page, name)


def _first_with(page: Page, addresses: Sequence[str], button: str) -> None:
    """Open the first of the pages that offers *button*."""
    for address in addresses:
        page.goto(address)
        if page.get_by_role("button", name=button, exact=True).count():
            return
    raise AssertionError(f"nowhere a button {button}")


def _one_case(page: Page, camera: Camera) -> None:
    page.goto("/desk/queue")
    page.locator("td a.num").last.click()
    address = page.url
    camera.shoot(page, "case-masked")
    page.get_by_role("button", name="看（会留下记录）").click()
    camera.shoot(page, "case")
    print_page(page, camera, "", "paper-case")
    for summary in page.locator("#next ~ details summary").all():
        summary.click()
    camera.shoot(page, "case-steps")
    page.goto(address)
    page.locator("#noted summary").click()
    page.locator("#noted button").click()
    camera.shoot(page, "case-wrong")
    page.goto(f"{address}/sheet")
    camera.shoot(page, "sheet")
    page.goto(f"{address}/refer")
    camera.shoot(page, "refer")
    page.get_by_role("button", name="转办", exact=True).click()
    camera.shoot(page, "refer-wrong")
    page.get_by_label("民政").check()
    page.get_by_label("请对方办什么").fill("请核定临时救助。")
    page.get_by_role("button", name="转办", exact=True).click()
    camera.shoot(page, "referral")
    print_page(page, camera, "打印副本", "paper-referral")
    photograph_case_papers(page, camera)


def _county(page: Page, camera: Camera) -> None:
    _find(page, NAMESAKES, camera, "found")
    page.goto("/desk/figures")
    camera.shoot(page, "figures")
    print_page(page, camera, "", "paper-figures")
    page.goto("/desk/setup/workflow")
    print_page(page, camera, "", "paper-workflow")
    _first_with(page, links(page, "/desk/notices", "td a"), "记下：贴满揭下了")
    page.get_by_role("button", name="记下：贴满揭下了").click()
    camera.shoot(page, "notice-wrong")
    page.goto("/desk/meetings")
    page.locator("td a").first.click()
    camera.shoot(page, "meeting")
    photograph_meeting_papers(page, camera)
    for names, one in (("documents", "document"), ("unanswered", "cluster")):
        page.goto(PLAN[names])
        page.locator("td a").first.click()
        camera.shoot(page, one)
    page.goto(PLAN["documents"])
    page.locator("td a").first.click()
    page.get_by_role("link", name="清理前后的全文").click()
    camera.shoot(page, "document-text")
    _write(page, camera)
    _upload(page, camera)
    page.goto(PLAN["try"])
    page.get_by_label("要试的话").fill("娃上大学没钱咋办")
    page.get_by_role("button", name="试", exact=True).click()
    page.get_by_text("会这样答").wait_for(timeout=_PATIENCE_MS)
    camera.shoot(page, "try")


def _write(page: Page, camera: Camera) -> None:
    page.goto("/desk/knowledge/write")
    page.locator("#question").fill("旧拖拉机能以旧换新吗？")
    page.get_by_role("button", name="存成草稿，查一查").click()
    camera.shoot(page, "draft")


def _upload(page: Page, camera: Camera) -> None:
    page.goto(PLAN["uploads"])
    text = _POLICY.format(800 + len(camera.device)).encode()
    page.get_by_label("选一个文件").set_input_files({"name": "肉牛补贴.txt", "mimeType": "text/plain", "buffer": text})
    page.get_by_role("button", name="交上去，先看看").click()
    page.get_by_text("读好了").wait_for(timeout=_PATIENCE_MS)
    camera.shoot(page, "upload")


def _township(_page: Page, _camera: Camera) -> None:
    """Nothing more than the pages of the table."""


def _admin(page: Page, camera: Camera) -> None:
    page.goto("/desk/setup/staff")
    page.get_by_text("登记一位工作人员").click()
    page.locator("#name").fill("李小梅")
    page.locator("#area").fill("没有这个地方")
    page.get_by_role("button", name="登记，给链接").click()
    camera.shoot(page, "staff-wrong")
    page.goto("/desk/setup/staff")
    page.locator("td details summary").last.click()
    page.locator("td details[open]").get_by_role("button", name="给一个新链接").click()
    camera.shoot(page, "staff-link")
    link = re.search(r"/desk/start/\S+", page.locator(".link").inner_text())
    assert link is not None
    page.goto(link[0])
    camera.shoot(page, "start")
    page.goto("/desk/start/ABCDEFGH")
    camera.shoot(page, "start-spent")


def _inspector(page: Page, camera: Camera) -> None:
    page.goto("/desk/queue")
    page.locator("td a.num").first.click()
    camera.shoot(page, "inspector-case")


def _expire(page: Page, camera: Camera, address: str, password: str) -> None:
    """Sign out in another tab while a form is filled in; what was typed comes back."""
    page.goto("/desk/queue?waiting=1")
    page.locator("td a.num").first.click()
    page.locator("#noted summary").click()
    page.get_by_label("内容").fill("打过电话，周三再去。")
    other = page.context.new_page()
    other.goto("/desk/account")
    number = other.locator("h1 .faint").inner_text().split()[0]
    kept = next(one["value"] for one in page.context.cookies() if one["name"] == COOKIE)
    other.get_by_role("button", name="退出", exact=True).click()
    page.context.add_cookies([{"name": COOKIE, "value": kept, "url": f"{address}/desk"}])
    page.locator("#noted button").click()
    camera.shoot(page, "sign-in-held")
    _enter(page, number, password)
    camera.shoot(page, "held")
    other.close()


_MORE: Final = {
    Role.VILLAGE: _village,
    Role.TOWNSHIP: _township,
    Role.COUNTY: _county,
    Role.ADMIN: _admin,
    Role.INSPECTOR: _inspector,
}
