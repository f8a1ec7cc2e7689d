"""Photograph every page and every paper: on a phone, in big type on a small phone, and at a desk; glue a sheet.

``python -m bench.screenshots`` serves the invented county of ``bangfu demo``, walks the villagers' pages and the
console of every role through it, then a county where nothing happened yet. The pictures go to screenshots/, what a
page shows beyond the screen as ``...-whole.png``; the contact sheet goes to docs/screens.jpg. It ends with a
complaint where a page of the plan was not met, runs off the screen, or axe finds something wrong with it.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser

from app.context import Context
from bench.camera import CONSOLE_DEVICES, FRESH_DEVICES, VILLAGERS_DEVICES, WHOLE, Camera
from bench.contact_sheet import glue
from bench.pictures_plan import PLAN
from bench.screenshots_desk import County, photograph_alarm, photograph_console, photograph_empty
from bench.screenshots_papers import photograph_prints
from bench.screenshots_villagers import Codes, photograph_villagers
from bench.showing import fresh_county, invented_county
from cases.officers import all_officers
from cases.public_notice.notice import list_notices
from storage.times import local_date
from storage.village_codes import village_codes
from tests.e2e.browser import chromium
from tests.e2e.house import ROOT

PICTURES: Final = ROOT / "screenshots"
SHEET: Final = ROOT / "docs" / "screens.jpg"


def main() -> None:
    """Take all pictures and make the sheet."""
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        demo, fresh = Path(folder) / "demo", Path(folder) / "fresh"
        with invented_county(demo) as address:
            cameras = _invented(browser, address, demo)
        with fresh_county(fresh) as address:
            cameras += [_empty(browser, _county(address, fresh), device) for device in FRESH_DEVICES]
    missing = PLAN.keys() - {name for camera in cameras for name in camera.taken}
    faults = [fault for camera in cameras for fault in camera.faults]
    pictures = _in_order((*VILLAGERS_DEVICES, *CONSOLE_DEVICES, *FRESH_DEVICES))
    size = glue(pictures, SHEET)
    print(f"{len(pictures)} pictures in {PICTURES}, sheet of {size // 1000} kB in {SHEET}")
    if missing or faults:
        sys.exit("\n".join([*(f"planned and not taken: {name}" for name in sorted(missing)), *faults]))


def _invented(browser: Browser, address: str, folder: Path) -> list[Camera]:
    """Photograph the invented county on all devices and return their cameras."""
    county = _county(address, folder)
    cameras = {device: Camera(PICTURES, device) for device in (*VILLAGERS_DEVICES, *CONSOLE_DEVICES)}
    codes = _codes(county)
    for device in VILLAGERS_DEVICES:
        photograph_villagers(browser, address, codes, cameras[device])
    for device in CONSOLE_DEVICES:
        photograph_console(browser, county, cameras[device])
    for device in CONSOLE_DEVICES:
        photograph_alarm(browser, county, cameras[device])
    photograph_prints(browser, folder / "config.toml", cameras["console"], local_date(datetime.now(UTC)))
    return list(cameras.values())


def _empty(browser: Browser, county: County, device: str) -> Camera:
    camera = Camera(PICTURES, device)
    photograph_empty(browser, county, camera)
    return camera


def _county(address: str, folder: Path) -> County:
    return County(address, folder, Context(folder / "config.toml", folder, quiet=True).open_store())


def _codes(county: County) -> Codes:
    """Return the codes of a village and of a notice that hangs there."""
    codes = village_codes(Context(county.folder / "config.toml", county.folder, quiet=True).settings)
    officer = all_officers(county.store)[0]
    standing = next(one for one in list_notices(county.store, officer=officer) if one.stands)
    return Codes(codes.mint(standing.area_code), codes.mint_notice(standing.number))


def _in_order(devices: Iterable[str]) -> list[Path]:
    """Return the pictures of what the screen shows, device by device."""
    every = [picture for device in devices for picture in sorted(PICTURES.glob(f"{device}-[0-9]*.png"))]
    return [picture for picture in every if not picture.stem.endswith(WHOLE)]


if __name__ == "__main__":
    main()
