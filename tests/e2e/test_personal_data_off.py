"""Telegram as delivered: it answers policy, a report ends on the page, and nothing personal is ever sent to it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.botapi import BotApi
from tests.e2e.browser import PHONE, chromium, visitor
from tests.e2e.house import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATIENCE = 60
VILLAGE = "甘肃省/白银市/会宁县/会师镇/南家咀头村"
NAME, TELEPHONE, TOLD = "苏秀英", "13812345678", "八万"
STORY = f"我叫{NAME}，住会宁县会师镇南家咀头村，老伴上个月住院花了{TOLD}，电话{TELEPHONE}，想报困难"
CODE_LINK = re.compile(r"https://bangfu\.example\.org(/r/[0-9A-Z]+)")


@pytest.fixture
def house(bundled: Path, tmp_path: Path) -> Iterator[House]:
    """Return a serving house whose Telegram carries no personal data, with an officer who has it on his phone."""
    data = shutil.copytree(bundled, tmp_path / "data")
    with BotApi() as api, House(tmp_path, api, data, personal_data="off").start() as house:
        shown = house.run("officer", "add", "--name", "马志远", "--role", "village", "--area", VILLAGE)
        link = re.search(r"/start (\S+)", shown)
        assert link is not None
        api.person("马志远").opens(link[1])
        api.person("马志远").hears("绑定好了", timeout=PATIENCE)
        yield house


def test_policy_is_answered_a_report_ends_on_the_page_and_telegram_is_never_told_who_it_is_about(house: House) -> None:
    villager, officer = house.api.person("王大妈"), house.api.person("马志远")
    villager.says("娃上大学交不起学费咋办")
    assert "助学贷款" in villager.hears("出处", timeout=PATIENCE).text

    villager.says(STORY)
    villager.sees_button("帮我报上去", timeout=PATIENCE)
    villager.taps("帮我报上去")
    shown = villager.hears("网页", timeout=PATIENCE)
    link = next(filter(None, (CODE_LINK.search(text) for text in (shown.text, *map(str, shown.buttons)))))
    receipt = finish_on_the_page(house, link[1])

    told = officer.hears(receipt, timeout=PATIENCE)
    assert "现在：" in told.text
    assert f"https://bangfu.example.org/desk/case/{receipt.replace(' ', '')}" in str(told.buttons)
    officer.taps("看这个件")
    officer.sees_button("受理", timeout=PATIENCE)
    officer.taps("受理")
    officer.hears("记下了", timeout=PATIENCE)
    officer.taps("看这个件")
    officer.sees_button("记录入户核查", timeout=PATIENCE)
    officer.taps("记录入户核查")
    officer.hears("请到办件台办", timeout=PATIENCE)

    sent = json.dumps(house.api.cloud.calls, ensure_ascii=False)
    assert receipt in sent
    for planted in (NAME, TELEPHONE, TOLD, "住院", "老伴"):
        assert planted not in sent


def finish_on_the_page(house: House, path: str) -> str:
    """Take the report up by its code on a phone's browser, hand it in and return its number."""
    with chromium() as browser, visitor(browser, house.address, PHONE) as page:
        page.goto(urlsplit(path).path)
        page.get_by_role("button", name=re.compile("接着")).click()
        talk = page.locator("#talk li.theirs").last
        expect(talk).to_contain_text("您看对不对")
        expect(talk).to_contain_text(NAME)
        page.get_by_role("button", name="都对，下一步").click()
        page.get_by_role("button", name="同意并提交").click()
        expect(page.locator("#talk li.theirs").last).to_contain_text("您的编号")
        found = re.search(r"您的编号：(\d{3} \d{4} \d{4})", page.locator("#talk").inner_text())
        assert found is not None
        return found[1]
