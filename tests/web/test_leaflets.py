"""Posters and 明白纸: what is printed can be read, scanned and found again in the file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest

from cases.support_card import Received, SupportCard
from cases.workflow import load_workflow
from settings.schema import Contacts
from web.leaflets.fonts import Font, FontMissingError, find_font
from web.leaflets.household_leaflet import household_leaflet
from web.leaflets.poster import VillagePoster, posters
from web.leaflets.report_leaflet import report_leaflet

DAY = date(2026, 3, 10)
ADDRESS = "https://bangfu.example.org/v/V620422100203ABCDEFGHIJKLMNOP"
CARD = SupportCard(
    householder="苏秀英",
    area_code="620422100203",
    group="三社",
    since=date(2026, 1, 5),
    planned="公益性岗位一个；协助报销医药费。",
    received=(Received(date(2026, 2, 3), "临时生活补助", "2000元"),),
    support_officer="马志远",
    support_phone="13912345678",
)


def pages(pdf: bytes) -> list[str]:
    """Return the text of each page, without the breaks between lines."""
    return ["".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(pdf)]


def scanned(pdf: bytes, page: int = 0) -> str:
    """Return what a telephone reads in the QR code of a page."""
    picture = pypdfium2.PdfDocument(pdf)[page].render(scale=2).to_numpy()
    text, _, _ = cv2.QRCodeDetector().detectAndDecode(np.ascontiguousarray(picture))
    return str(text)


def test_each_village_has_a_page_whose_code_opens_its_address() -> None:
    other = ADDRESS.replace("203A", "204B")
    wanted = [VillagePoster("南家咀头村", "会宁县会师镇", ADDRESS), VillagePoster("东河村", "会宁县会师镇", other)]
    pdf = posters(find_font(), wanted, printed_on=DAY)
    assert [name in page for name, page in zip(("南家咀头村", "东河村"), pages(pdf), strict=True)] == [True, True]
    assert [scanned(pdf, page) for page in (0, 1)] == [ADDRESS, other]
    assert "bangfu.example.org" in pages(pdf)[0]
    assert "不收一分钱" in pages(pdf)[0]


def test_the_leaflet_for_all_fits_one_page_and_tells_the_countys_own_limits() -> None:
    contacts = Contacts(township="0943-0000001", civil_affairs="0943-0000002")
    pdf = report_leaflet(
        find_font(), load_workflow("gansu-2023"), contacts, county="会宁县", address=ADDRESS, printed_on=DAY
    )
    (page,) = pages(pdf)
    assert scanned(pdf) == ADDRESS
    assert "有人上门看：最多5个工作日" in page
    assert "名单贴满：不少于5天" in page
    assert "0943-0000002" in page
    assert "甘肃2023" in page


def test_a_households_leaflet_tells_its_measures_what_came_and_whom_to_call() -> None:
    pdf = household_leaflet(
        find_font(), CARD, Contacts(), village="甘肃省/白银市/会宁县/会师镇/南家咀头村", printed_on=DAY
    )
    (page,) = pages(pdf)
    for said in ("苏秀英", "2026年1月5日", "公益性岗位一个", "临时生活补助", "2000元", "马志远", "13912345678"):
        assert said in page


def test_no_line_begins_with_a_closing_mark() -> None:
    pdf = household_leaflet(find_font(), CARD, Contacts(), village="甘肃省/会宁县", printed_on=DAY)
    lines = [
        line.strip() for page in pypdfium2.PdfDocument(pdf) for line in page.get_textpage().get_text_range().split("\n")
    ]
    assert [line for line in lines if line[:1] in "，。、；：？！）”" and line] == []


def test_without_a_chinese_font_it_says_what_to_install() -> None:
    with pytest.raises(FontMissingError, match="apt-get install fonts-noto-cjk"):
        find_font((Font(Path("/nowhere.ttc"), Path("/nowhere.ttc")),))
