"""Photograph the villagers' pages: a question, a report to its number, an objection, practice, and what goes wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Browser, Page, expect

from bench.camera import BIG, VILLAGERS_DEVICES, Camera
from tests.e2e.browser import visitor

_PATIENCE_MS: Final = 60_000
_RECEIPT: Final = re.compile(r"编号[：: ]*(\d[\d ]{12})")
NAMESAKES: Final = "苏秀英"
"""Whose name two households have, so that a search finds both."""
# A household a device: the same one again would be asked whether it reported before.
_STORIES: Final[Mapping[str, tuple[str, str]]] = {
    "phone": (f"我叫{NAMESAKES}，住红崖镇白杨村，老伴上个月住院花了八万，借了亲戚四万", "13812345670"),
    BIG: ("我叫郑有福，住柳湾镇石桥村，去年腿摔断住院，自己掏了两万", "13987654321"),
    "desk": (f"我叫{NAMESAKES}，住清水塬乡双泉村，娃上大学学费凑不齐，还差一万二", "13711112222"),
}


@dataclass(frozen=True)
class Codes:
    """What the walk opens that is printed on paper: a village's code and a standing notice's."""

    village: str
    notice: str


def photograph_villagers(browser: Browser, address: str, codes: Codes, camera: Camera) -> None:
    """Walk the villagers' pages at *address* with *camera*'s device."""
    device = VILLAGERS_DEVICES[camera.device]
    with visitor(browser, address, device) as page:
        _size(page, address, camera)
        _ask(page, camera)
        receipt = _report(page, camera)
        _follow_up(page, camera, receipt)
        _object(page, camera, codes)
        _practise(page, camera)
        for path, name in (("/about", "about"), ("/r/K7Q2MX", "resume"), ("/none", "lost")):
            page.goto(path)
            camera.shoot(page, name)
        page.goto("/about")
        _spoil(page, "form[action='/forget']")
        page.get_by_role("button", name="让这部手机忘记我的对话").click()
        camera.shoot(page, "forbidden")
    with visitor(browser, address, device, java_script_enabled=False) as page:
        _size(page, address, camera)
        page.goto("/report")
        camera.snap(page, "plain-report")
        page.get_by_label("家里遇到什么难处？").fill("家里难")
        page.get_by_role("button", name="下一步").click()
        camera.snap(page, "plain-waiting")


def _size(page: Page, address: str, camera: Camera) -> None:
    size = "big" if camera.device == BIG else "normal"
    page.context.add_cookies([{"name": "bangfu_size", "value": size, "url": address}])


def _ask(page: Page, camera: Camera) -> None:
    page.goto("/")
    camera.shoot(page, "welcome")
    _say(page, "娃上大学交不起学费咋办")
    camera.shoot(page, "answer")
    page.locator("#talk li.theirs").last.get_by_role("link", name="原文").first.click()
    camera.shoot(page, "digest")
    page.goto("/")
    _say(page, "青禾县一键报贫到哪里扫码")
    page.locator("#talk li.theirs").last.get_by_role("link", name="原文").first.click()
    expect(page.get_by_role("heading", name="这份文件")).to_be_visible()
    camera.shoot(page, "passage")
    page.goto("/")
    _say(page, "怎样种好火龙果")
    camera.shoot(page, "unknown")
    page.get_by_label("照片、录音", exact=True).set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"<svg/>"}
    )
    page.get_by_role("button", name="发送").click()
    expect(page.locator("#problem")).to_be_visible()
    camera.shoot(page, "refused")
    page.goto("/")
    page.get_by_label("写给帮扶助手").fill("低保多少钱一个月")
    page.context.set_offline(True)
    page.get_by_role("button", name="发送").click()
    expect(page.locator("#note")).to_be_visible()
    camera.shoot(page, "offline")
    page.get_by_role("button", name="取回来改").click()
    page.context.set_offline(False)
    page.goto("/")
    page.get_by_label("写给帮扶助手").fill("低保多少钱一个月")
    _spoil(page, "#composer")
    page.get_by_role("button", name="发送").click()
    expect(page.locator("#problem")).to_be_visible()
    camera.shoot(page, "stale")


def _report(page: Page, camera: Camera) -> str:
    story, phone = _STORIES[camera.device]
    page.goto("/report")
    camera.shoot(page, "report")
    page.get_by_label("家里遇到什么难处？").fill(f"{story}，电话{phone}")
    page.get_by_role("button", name="下一步").click()
    _hear(page, "您看对不对")
    page.get_by_role("button", name="都对，下一步").scroll_into_view_if_needed()
    camera.shoot(page, "review")
    page.get_by_role("button", name="都对，下一步").click()
    _hear(page, "请看清楚")
    camera.shoot(page, "consent")
    page.get_by_role("button", name="同意并提交").click()
    _hear(page, "您的编号")
    camera.shoot(page, "receipt")
    found = _RECEIPT.search(page.locator("#talk li.theirs").last.inner_text())
    assert found is not None
    return found[1]


def _follow_up(page: Page, camera: Camera, receipt: str) -> None:
    page.goto("/progress")
    camera.shoot(page, "progress")
    page.get_by_label("编号").fill(receipt)
    page.get_by_label("报的时候留的电话").fill("13900000000")
    page.get_by_role("button", name="查一查").click()
    expect(page.get_by_role("alert")).to_contain_text("没有查到")
    camera.shoot(page, "progress-wrong")
    page.get_by_label("报的时候留的电话").fill(_STORIES[camera.device][1])
    page.get_by_role("button", name="查一查").click()
    expect(page.get_by_role("status")).to_contain_text("现在")
    camera.shoot(page, "progress-found")


def _object(page: Page, camera: Camera, codes: Codes) -> None:
    page.goto(f"/v/{codes.village}")
    camera.shoot(page, "village")
    page.goto(f"/o/{codes.notice}")
    camera.shoot(page, "objection")
    page.get_by_label("公示上的序号").fill("99")
    page.get_by_label("有什么不同意见").fill("他家县城有房，儿子在单位上班。")
    page.get_by_role("button", name="提上去").click()
    expect(page.get_by_role("alert")).to_contain_text("没有这个编号或序号")
    camera.shoot(page, "objection-wrong")
    page.get_by_label("公示上的序号").fill("1")
    page.get_by_role("button", name="提上去").click()
    expect(page.get_by_role("status")).to_contain_text("登记好了")
    camera.shoot(page, "objection-said")


def _practise(page: Page, camera: Camera) -> None:
    page.goto("/practice")
    camera.shoot(page, "practice")
    page.get_by_role("button", name="开始练习").click()
    camera.shoot(page, "practising")
    page.get_by_role("button", name="练习结束").first.click()


def _say(page: Page, text: str) -> None:
    told = page.locator("#talk li.theirs").count()
    page.get_by_label("写给帮扶助手").fill(text)
    page.get_by_role("button", name="发送").click()
    expect(page.locator("#talk li.theirs").nth(told)).to_be_visible(timeout=_PATIENCE_MS)


def _hear(page: Page, text: str) -> None:
    expect(page.locator("#talk li.theirs").last).to_contain_text(text, timeout=_PATIENCE_MS)


def _spoil(page: Page, form: str) -> None:
    """Make the ticket of a form one that was not given out, as of a page left open for days."""
    page.locator(f"{form} input[name=seal]").first.evaluate("box => { box.value = 'x'; }")
