"""Photograph every page of the officers' console over the invented county of ``bangfu demo``."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import httpx
from playwright.sync_api import Browser, Page

from app.demo.cast import password_of
from tests.e2e.browser import DESKTOP, PHONE, chromium, visitor
from tests.e2e.house import ROOT, free_port

CONSOLE_DEVICES: Final[dict[str, dict[str, Any]]] = {"console": DESKTOP, "console-phone": PHONE}
_PATIENCE: Final = 600
# Whose page is photographed, by the number that the demo gives him: county, administrator, inspector, village.
_COUNTY, _ADMIN, _INSPECTOR, _VILLAGE = "1", "5", "6", "12"
_PAGES: Final[dict[str, dict[str, str]]] = {
    _VILLAGE: {
        "today": "/desk",
        "queue": "/desk/queue",
        "told": "/desk/told",
        "calls": "/desk/calls",
        "untold": "/desk/untold",
        "notices": "/desk/notices?ended=1",
        "notice-new": "/desk/notices/new",
        "meetings": "/desk/meetings",
        "appraisal": "/desk/meetings/appraisal",
        "account": "/desk/account",
    },
    _COUNTY: {
        "county-today": "/desk",
        "county-queue": "/desk/queue?due=overdue",
        "areas": "/desk/areas",
        "batch": "/desk/meetings/batch",
        "referrals": "/desk/referrals?closed=1",
        "workflow": "/desk/setup/workflow",
        "calendar": "/desk/setup/calendar",
        "contacts": "/desk/setup/contacts",
        "consent": "/desk/setup/consent",
        "health": "/desk/setup/health",
        "trail": "/desk/setup/trail",
        "looks": "/desk/setup/looks",
        "knowledge": "/desk/knowledge",
        "documents": "/desk/knowledge/documents",
        "upload": "/desk/knowledge/upload",
        "entries": "/desk/knowledge/entries",
        "entry": "/desk/knowledge/entries/three-kinds",
        "write": "/desk/knowledge/write",
        "unanswered": "/desk/knowledge/unanswered",
        "feedback": "/desk/knowledge/feedback",
    },
    _ADMIN: {"staff": "/desk/setup/staff"},
    _INSPECTOR: {"inspector": "/desk"},
}


def photograph_console(pictures: Path) -> None:
    """Fill and serve the invented county, and write a picture of each page into *pictures*."""
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder) / "demo") as address, chromium() as browser:
        for device, shape in CONSOLE_DEVICES.items():
            with visitor(browser, address, shape) as page:
                page.goto("/desk")
                page.screenshot(path=pictures / f"{device}-00-sign-in.png")
            for number, pages in _PAGES.items():
                _walk(browser, address, (device, number), pages, Path(folder) / "demo", pictures)


def _walk(
    browser: Browser, address: str, who: tuple[str, str], pages: dict[str, str], folder: Path, pictures: Path
) -> None:
    device, number = who
    with visitor(browser, address, CONSOLE_DEVICES[device]) as page:
        page.goto("/desk")
        page.get_by_label("编号或姓名").fill(number)
        page.get_by_label("密码").fill(password_of(folder))
        page.get_by_role("button", name="登录").click()
        page.wait_for_url("**/desk")
        for name, path in pages.items():
            page.goto(path)
            page.screenshot(path=pictures / f"{device}-{name}.png")
        if number == _VILLAGE:
            _one_case(page, f"{device}-", pictures)
        if number == _COUNTY:
            _knowledge(page, f"{device}-", pictures)


def _knowledge(page: Page, prefix: str, pictures: Path) -> None:
    for name in ("documents", "unanswered"):
        page.goto(f"/desk/knowledge/{name}")
        page.locator("td a").first.click()
        page.screenshot(path=pictures / f"{prefix}{name}-one.png")
    page.goto("/desk/knowledge/try")
    page.get_by_label("要试的话").fill("娃上大学没钱咋办")
    page.get_by_role("button", name="试", exact=True).click()
    page.get_by_text("会这样答").wait_for()
    page.screenshot(path=pictures / f"{prefix}try.png")


def _one_case(page: Page, prefix: str, pictures: Path) -> None:
    page.goto("/desk/queue")
    page.locator("td a.num").last.click()
    address = page.url
    page.screenshot(path=pictures / f"{prefix}case-masked.png")
    page.get_by_role("button", name="看（会留下记录）").click()
    page.locator("details summary").first.click()
    page.screenshot(path=pictures / f"{prefix}case.png")
    for name in ("sheet", "refer"):
        page.goto(f"{address}/{name}")
        page.screenshot(path=pictures / f"{prefix}{name}.png")
    page.goto("/desk/notices?ended=1")
    page.locator("td a").first.click()
    page.screenshot(path=pictures / f"{prefix}notice.png")
    page.get_by_role("button", name="看样子（副本）").click()
    page.screenshot(path=pictures / f"{prefix}paper.png")


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    port = free_port()
    command = [
        str(Path(sys.executable).with_name("bangfu")),
        "demo",
        "--data",
        str(folder),
        "--port",
        str(port),
        "--quiet",
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        try:
            _wait(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait(address: str) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            if httpx.get(f"{address}/healthz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.5)
    raise AssertionError("the demo did not open its page")
