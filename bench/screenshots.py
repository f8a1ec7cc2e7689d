"""Photograph every page of the villagers' site and of the console, on a phone and at a desk; glue a contact sheet.

``python -m bench.screenshots`` serves a fresh data folder, walks a question, a report and its progress through the
real pages, then opens the console of the invented county (``bench.screenshots_desk``), writes the pictures to
screenshots/ and the sheet to docs/screens.jpg.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser, Page, expect

from bench.screenshots_desk import CONSOLE_DEVICES, photograph_console
from tests.botapi import BotApi
from tests.e2e.browser import DESKTOP, PHONE, SMALL_PHONE, chromium, visitor
from tests.e2e.house import ROOT, House

PICTURES: Final = ROOT / "screenshots"
SHEET: Final = ROOT / "docs" / "screens.jpg"
SAMPLES: Final = ROOT / "tests" / "ingest" / "samples"
# A household a device: the same one again would be asked whether it reported before.
STORIES: Final = {
    "phone": "我叫苏秀英，住会师镇南家咀头村，老伴上个月住院花了八万，借了亲戚四万，电话13812345678",
    "small-big": "我叫郑有福，住会师镇南家咀头村，去年腿摔断住院，自己掏了两万，电话13987654321",
    "desk": "我叫钱桂花，住会师镇南家咀头村，娃上大学学费凑不齐，还差一万二，电话13711112222",
}
DEVICES: Final[dict[str, dict[str, Any]]] = {"phone": PHONE, "small-big": SMALL_PHONE, "desk": DESKTOP}
BIG: Final = "small-big"

_ROW: Final = 480
_WIDTH: Final = 2200
_LARGEST: Final = 1_000_000
_GAP: Final = 14
_FONTS: Final = ("NotoSansCJK-Regular.ttc", "wqy-microhei.ttc")

Shot = Callable[[str], None]


def main() -> None:
    """Take all pictures and make the sheet."""
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    with (
        tempfile.TemporaryDirectory() as folder,
        BotApi() as api,
        House(Path(folder), api, Path(folder) / "data") as house,
        chromium() as browser,
    ):
        house.run("ingest", str(SAMPLES))
        house.start()
        for device in DEVICES:
            _walk(browser, house, device)
    photograph_console(PICTURES)
    pictures = [
        picture for device in (*DEVICES, *CONSOLE_DEVICES) for picture in sorted(PICTURES.glob(f"{device}-*.png"))
    ]
    size = _glue(pictures)
    print(f"{len(pictures)} pictures in {PICTURES}, sheet of {size // 1024} kB in {SHEET}")


def _walk(browser: Browser, house: House, device: str) -> None:
    with visitor(browser, house.address, DEVICES[device]) as page:
        size = "big" if device == BIG else "normal"
        page.context.add_cookies([{"name": "bangfu_size", "value": size, "url": house.address}])
        taken = 0

        def shoot(name: str) -> None:
            nonlocal taken
            taken += 1
            page.wait_for_timeout(300)
            page.screenshot(path=PICTURES / f"{device}-{taken:02d}-{name}.png")

        _ask(page, shoot)
        _report(page, STORIES[device], shoot)
        for path, name in (("/progress", "progress"), ("/about", "about"), ("/r/K7Q2MX", "resume"), ("/none", "lost")):
            page.goto(path)
            shoot(name)


def _ask(page: Page, shoot: Shot) -> None:
    page.goto("/")
    shoot("welcome")
    _say(page, "娃上大学交不起学费咋办")
    shoot("answer")
    page.locator("#talk li.theirs").last.get_by_role("link", name="原文").first.click()
    shoot("source")
    page.goto("/")
    _say(page, "怎样种好火龙果")
    shoot("unknown")
    page.get_by_label("照片、录音", exact=True).set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"<svg/>"}
    )
    page.get_by_role("button", name="发送").click()
    expect(page.locator("#problem")).to_be_visible()
    shoot("refused")


def _report(page: Page, story: str, shoot: Shot) -> None:
    page.goto("/report")
    shoot("report")
    page.get_by_label("家里遇到什么难处？").fill(story)
    page.get_by_role("button", name="下一步").click()
    _hear(page, "您看对不对")
    page.get_by_role("button", name="都对，下一步").scroll_into_view_if_needed()
    shoot("review")
    page.get_by_role("button", name="都对，下一步").click()
    _hear(page, "请看清楚")
    shoot("consent")
    page.get_by_role("button", name="同意并提交").click()
    _hear(page, "您的编号")
    shoot("receipt")


def _say(page: Page, text: str) -> None:
    told = page.locator("#talk li.theirs").count()
    page.get_by_label("写给帮扶助手").fill(text)
    page.get_by_role("button", name="发送").click()
    expect(page.locator("#talk li.theirs").nth(told)).to_be_visible(timeout=30_000)


def _hear(page: Page, text: str) -> None:
    expect(page.locator("#talk li.theirs").last).to_contain_text(text, timeout=30_000)


def _glue(pictures: list[Path]) -> int:
    """Write all pictures in rows of equal height, each with its name; return the size of the file in bytes."""
    font = _font(16)
    sheet = Image.new("RGB", (_WIDTH, 20_000), "#777")
    pen = ImageDraw.Draw(sheet)
    x, y = _GAP, _GAP
    for path in pictures:
        with Image.open(path) as picture:
            small = picture.convert("RGB").resize((round(picture.width * _ROW / picture.height), _ROW))
        if x + small.width > _WIDTH:
            x, y = _GAP, y + _ROW + 3 * _GAP
        pen.text((x, y), path.stem, fill="white", font=font)
        sheet.paste(small, (x, y + 2 * _GAP - 6))
        x += small.width + _GAP
    sheet = sheet.crop((0, 0, _WIDTH, y + _ROW + 4 * _GAP))
    for quality in range(75, 20, -5):
        sheet.save(SHEET, "JPEG", quality=quality, optimize=True)
        if SHEET.stat().st_size < _LARGEST:
            break
    return SHEET.stat().st_size


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


if __name__ == "__main__":
    main()
