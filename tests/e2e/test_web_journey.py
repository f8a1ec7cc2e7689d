"""The villager's half in a real browser, against the serving process; the officers act at the command line."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.botapi import BotApi
from tests.e2e.browser import PHONE, chromium, visitor
from tests.e2e.house import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]

VILLAGE = "甘肃省/白银市/会宁县/会师镇/南家咀头村"
TOWNSHIP = "甘肃省/白银市/会宁县/会师镇"
TELEPHONE = "13812345678"
# Another household: what is like an earlier report is asked about before it is handed in.
OTHER_STORY = "我叫白得胜，住会师镇南家咀头村，娃今年考上大学，学费差六千，电话13987650000"
STORY = f"我叫苏秀英，住会师镇南家咀头村，老伴上个月住院花了八万，借了亲戚四万，电话{TELEPHONE}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Chromium."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def house(bundled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Return a serving house with a village officer and a township officer."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(bundled, folder / "data")
    with BotApi() as api, House(folder, api, folder / "data") as house:
        house.start()
        house.run("officer", "add", "--name", "马志远", "--role", "village", "--area", VILLAGE)
        house.run("officer", "add", "--name", "李玉梅", "--role", "township", "--area", TOWNSHIP)
        yield house


def last(page: Page, text: str) -> None:
    """Wait until the assistant's last bubble holds *text*."""
    expect(page.locator("#talk li.theirs").last).to_contain_text(text)


def report(page: Page, story: str, photo: Path | None = None) -> str:
    """Report a hardship from the first page to the receipt; return the number."""
    page.goto("/")
    page.get_by_role("link", name="一键报贫").first.click()
    page.get_by_label("家里遇到什么难处？").fill(story)
    if photo is not None:
        page.get_by_label("加照片").set_input_files(photo)
        expect(page.locator("#picked img")).to_be_visible()
    page.get_by_role("button", name="下一步").click()
    last(page, "您看对不对")
    page.get_by_role("button", name="都对，下一步").click()
    last(page, "请看清楚")
    page.get_by_role("button", name="同意并提交").click()
    last(page, "您的编号")
    number = re.search(r"编号[：: ]*(\d[\d ]{12})", page.locator("#talk li.theirs").last.inner_text())
    assert number is not None
    return number[1].replace(" ", "")


def test_a_question_leads_to_a_cited_answer_and_to_its_source(browser: Browser, house: House) -> None:
    with visitor(browser, house.address, PHONE) as page:
        page.goto("/")
        page.get_by_label("写给帮扶助手").fill("娃上大学交不起学费咋办")
        page.get_by_role("button", name="发送").click()
        last(page, "出处")
        answer = page.locator("#talk li.theirs").last
        expect(answer).to_contain_text("助学贷款")
        answer.get_by_role("link", name="原文").first.click()
        expect(page.locator("blockquote")).to_contain_text("助学贷款")
        expect(page.get_by_text("管哪里")).to_be_visible()
        page.get_by_role("link", name="回到对话").click()
        page.get_by_role("button", name="有用", exact=True).click()
        last(page, "谢谢")


def test_a_report_with_a_photo_is_followed_to_its_end(browser: Browser, house: House, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    Image.effect_noise((2400, 1800), 60).convert("RGB").save(photo, "JPEG")
    with visitor(browser, house.address, PHONE) as page:
        receipt = report(page, STORY, photo)
        expect(page.get_by_alt_text("我发的照片").first).to_be_visible()
        page.goto("/progress")
        expect(page.get_by_text("已经收到，等村里受理")).to_be_visible()

        house.run("queue", "acknowledge", receipt, "--as", "马志远")
        assert "苏" in house.run("queue", "show", receipt, "--as", "马志远")
        house.run("queue", "visit", receipt, "--as", "马志远", "--findings", "住院属实", "--visitor", "马志远")
        page.reload()
        expect(page.get_by_text("上门看过了")).to_be_visible()

        house.run("queue", "decline", receipt, "--as", "马志远", "--propose", "医疗报销后自付不多")
        page.reload()
        expect(page.get_by_text("上门看过了")).to_be_visible()
        house.run("queue", "decline", receipt, "--as", "李玉梅", "--confirm")
        page.goto("/")
        last(page, "医疗报销后自付不多")

    with visitor(browser, house.address, PHONE) as other:
        other.goto("/progress")
        other.get_by_label("编号").fill(receipt)
        other.get_by_label("报的时候留的电话").fill(TELEPHONE)
        other.get_by_role("button", name="查一查").click()
        expect(other.get_by_text("没有列为重点帮扶户")).to_be_visible()
        assert "苏秀英" not in other.content()


def test_a_story_typed_into_the_chat_becomes_a_report_without_script(browser: Browser, house: House) -> None:
    with visitor(browser, house.address, PHONE, java_script_enabled=False) as page:
        page.goto("/")
        page.get_by_label("写给帮扶助手").fill(OTHER_STORY)
        page.get_by_role("button", name="发送").click()
        last(page, "要不要我帮您报上去")
        page.get_by_role("button", name="帮我报上去").click()
        last(page, "您看对不对")
        page.get_by_role("button", name="都对，下一步").click()
        page.get_by_role("button", name="同意并提交").click()
        last(page, "您的编号")


def test_danger_gets_the_emergency_numbers_first(browser: Browser, house: House) -> None:
    with visitor(browser, house.address, PHONE) as page:
        page.goto("/")
        page.get_by_label("写给帮扶助手").fill("我不想活了，喝了农药")
        page.get_by_role("button", name="发送").click()
        first = page.locator("#talk li.theirs").first
        expect(first.get_by_role("link", name="120").first).to_have_attribute("href", "tel:120")
