"""Photograph what is printed: each paper goes to PDF as a printer gets it, and its sheets become one picture."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import pypdfium2  # type: ignore[import-untyped] # ships no types
from PIL import Image
from playwright.sync_api import Browser, Page

from bench.camera import Camera
from cases.workflow import load_workflow
from settings.schema import Contacts
from web.leaflets.fonts import find_font
from web.leaflets.poster import VillagePoster, posters
from web.leaflets.report_leaflet import report_leaflet

# What can be printed, by the label of its button. The card comes as PDF, not as a page.
_CARD: Final = "帮扶明白纸（PDF）"
_OF_A_CASE: Final = {
    "告知书": "paper-letter",
    "承诺授权书": "paper-consent",
    "空白入户采集表": "paper-blank",
    "收入测算表（给农户核对签字）": "paper-income",
    _CARD: "paper-card",
}
_OF_A_MEETING: Final = {
    "打印记录": "paper-record",
    "打印请示": "paper-request",
    "打印名单": "paper-list",
    "打印批复": "paper-reply",
}
_CASES: Final = ("/desk/queue?done=1", "/desk/queue?done=1&page=2", "/desk/queue")
_ADDRESS: Final = "https://bangfu.example.org/v/V629901101203ABCDEFGHIJKLMNOP"
_SCALE: Final = 1.4


def print_page(page: Page, camera: Camera, button: str, name: str) -> None:
    """Press *button*, if it names one, and photograph what the printer gets."""
    if button:
        with page.expect_navigation(wait_until="load"):
            page.get_by_role("button", name=button, exact=True).click()
    camera.shoot(page, name, as_sheets(page.pdf(prefer_css_page_size=True)))


def as_sheets(pdf: bytes) -> Image.Image:
    """Return the sheets of a PDF side by side."""
    document = pypdfium2.PdfDocument(pdf)
    sheets = [sheet.render(scale=_SCALE).to_pil() for sheet in document]
    both = Image.new("RGB", (sum(sheet.width for sheet in sheets), max(sheet.height for sheet in sheets)), "#999")
    left = 0
    for sheet in sheets:
        both.paste(sheet, (left, 0))
        left += sheet.width
    return both


def photograph_case_papers(page: Page, camera: Camera) -> None:
    """Photograph the papers of the signed-in officer's cases, each of the first case that has it."""
    cases = [link for address in _CASES for link in links(page, address, "td a.num")]
    _find_papers(page, camera, cases, _OF_A_CASE)


def photograph_meeting_papers(page: Page, camera: Camera) -> None:
    """Photograph the sheets of the signed-in officer's meetings, each of the latest meeting that has it."""
    _find_papers(page, camera, links(page, "/desk/meetings", "td a"), _OF_A_MEETING)


def links(page: Page, address: str, what: str) -> list[str]:
    """Return where the links *what* of a page lead."""
    page.goto(address)
    links: list[str] = page.locator(what).evaluate_all("links => links.map(link => link.href)")
    return links


def _find_papers(page: Page, camera: Camera, addresses: Sequence[str], papers: Mapping[str, str]) -> None:
    missing = dict(papers)
    for address in addresses:
        if not missing:
            return
        page.goto(address)
        for label in list(missing):
            if page.get_by_role("button", name=label, exact=True).count():
                _print(page, camera, label, missing.pop(label))
                page.goto(address)
    assert not missing, f"nothing to print {missing} of"


def _print(page: Page, camera: Camera, label: str, name: str) -> None:
    if label != _CARD:
        print_page(page, camera, label, name)
        return
    form = page.locator("form", has=page.get_by_role("button", name=label, exact=True))
    ticket: dict[str, str | float | bool] = {
        field: form.locator(f"input[name={field}]").input_value() for field in ("turn", "seal")
    }
    address = f"{page.url}/card"
    answer = page.request.post(address, form=ticket, headers={"Origin": address.split("/desk")[0]})
    assert answer.ok, answer.status
    camera.keep(name, as_sheets(answer.body()))


def photograph_prints(browser: Browser, config: Path, camera: Camera, today: date) -> None:
    """Photograph what the command line prints of the county of *config*: the monthly report and the leaflets."""
    page = browser.new_page()
    target = config.with_name("report.html")
    command = [str(Path(sys.executable).with_name("bangfu")), "report", "--original", "--as", "1"]
    subprocess.run([*command, "--html", str(target), "--config", str(config)], check=True, capture_output=True)
    page.goto(target.as_uri())
    camera.keep("paper-report", as_sheets(page.pdf(prefer_css_page_size=True)))
    page.close()
    font, village = find_font(), VillagePoster("石桥村", "甘肃省示范市青禾县柳湾镇", _ADDRESS)
    camera.keep("leaflet-poster", as_sheets(posters(font, [village], printed_on=today)))
    contacts = Contacts(township="0000-0000000", county_rural_affairs="0000-0000001")
    leaflet = report_leaflet(
        font, load_workflow("gansu-2023"), contacts, county="甘肃省示范市青禾县", address=_ADDRESS, printed_on=today
    )
    camera.keep("leaflet-report", as_sheets(leaflet))
