"""The first view on a slow net and an old phone: ``python -m bench.first_view [--write-docs]``.

Chromium holds itself to Chrome's own picture of 2G (250 kbit/s down, 50 up, 300 ms a round trip) and to a sixth of
this machine's speed; each page is opened with an empty cache. It says when the first byte came, when something was
to be read, when the page took taps, and how much travelled.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser

from app.evaluation.quality_page import write_between
from tests.botapi import BotApi
from tests.e2e.browser import PHONE, chromium, visitor
from tests.e2e.house import ROOT, House

DOCS: Final = ROOT / "docs" / "pages.md"
PAGES: Final = {
    "聊天（首页）": "/",
    "报困难": "/report",
    "我的进度": "/progress",
    "办件台登录": "/desk/sign-in",
}
_NET: Final = {
    "offline": False,
    "latency": 300,
    "downloadThroughput": 250 * 1000 / 8,
    "uploadThroughput": 50 * 1000 / 8,
}
_SLOWER: Final = 6
_TIMES: Final = """() => {
    const page = performance.getEntriesByType("navigation")[0];
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    const fetched = performance.getEntriesByType("resource");
    return {
        read: paint ? paint.startTime : page.domInteractive,
        taps: page.domContentLoadedEventEnd,
        bytes: page.transferSize + fetched.reduce((sum, one) => sum + one.transferSize, 0),
        requests: 1 + fetched.length,
    };
}"""


def main() -> int:
    """Measure, print, and write it down where it is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write-docs", action="store_true")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        BotApi() as api,
        House(Path(folder), api, Path(folder) / "data") as house,
        chromium() as browser,
    ):
        house.start()
        rows = [_row(name, _seen(browser, house.address, path)) for name, path in PAGES.items()]
    body = "\n".join(
        [
            "命令 `python -m bench.first_view --write-docs`：2G（下行 250 kbit/s，来回 300 毫秒），"
            f"处理器慢 {_SLOWER} 倍，缓存是空的。",
            "",
            "| 页 | 头一个字节，秒 | 看得到字，秒 | 能点，秒 | 传了 kB | 请求 |",
            "|---|---:|---:|---:|---:|---:|",
            *rows,
        ]
    )
    print(body)
    if options.write_docs:
        write_between("bench first view", [body], page=DOCS)
    return 0


def _seen(browser: Browser, address: str, path: str) -> dict[str, Any]:
    with visitor(browser, address, PHONE) as page:
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        # The page's own clock starts the answer before the throttle holds it back; the wire's events come after.
        sent: list[float] = []
        answered: list[float] = []
        wire.on("Network.requestWillBeSent", lambda event: sent.append(event["timestamp"]))
        wire.on("Network.responseReceived", lambda event: answered.append(event["timestamp"]))
        wire.send("Network.emulateNetworkConditions", _NET)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
        page.goto(path, wait_until="load")
        page.wait_for_timeout(500)
        seen: dict[str, Any] = page.evaluate(_TIMES)
        return {**seen, "first": (answered[0] - sent[0]) * 1000}


def _row(name: str, seen: dict[str, Any]) -> str:
    times = " | ".join(f"{seen[key] / 1000:.1f}" for key in ("first", "read", "taps"))
    return f"| {name} | {times} | {seen['bytes'] / 1000:.0f} | {seen['requests']} |"


if __name__ == "__main__":
    sys.exit(main())
