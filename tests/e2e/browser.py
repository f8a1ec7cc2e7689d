"""Headless Chromium: a fresh profile each time, no traffic but the test's own, phones and desktops."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

expect.set_options(timeout=30_000)  # a shared machine may be slow; what comes sooner is not waited for

_FLAGS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")

PHONE: Final[dict[str, Any]] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
SMALL_PHONE: Final[dict[str, Any]] = {**PHONE, "viewport": {"width": 320, "height": 568}}
DESKTOP: Final[dict[str, Any]] = {"viewport": {"width": 1280, "height": 800}}


class BrowserMissingError(Exception):
    """No Chromium on this machine; ``scripts/browser`` installs one."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run Chromium with a new profile for the block.

    Raises:
        BrowserMissingError: there is none to run.
    """
    executable = next(filter(None, map(shutil.which, _NAMES)), None)
    if executable is None:
        raise BrowserMissingError("install Chromium: scripts/browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(_FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visitor(browser: Browser, address: str, device: dict[str, Any], **more: Any) -> Iterator[Page]:
    """Open a page of one visitor's own for the block.

    A script that fails, or anything that the content policy stops, fails the block; an answer such as 404 does not.
    """
    context: BrowserContext = browser.new_context(
        base_url=address, locale="zh-CN", timezone_id="Asia/Shanghai", **device, **more
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if _is_fault(message) else None)
    try:
        yield page
        assert complaints == []
    finally:
        context.close()


def _is_fault(message: ConsoleMessage) -> bool:
    return message.type == "error" and not message.text.startswith("Failed to load resource")
