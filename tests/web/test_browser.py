"""The pages in Chromium: with script, without it, on a small phone, by keyboard, with the net gone."""

from __future__ import annotations

import io
import json
from dataclasses import astuple
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from bot.turn import Location
from storage import attachments, outbox
from storage.database import transaction
from storage.stores import Stores
from tests.e2e.browser import DESKTOP, PHONE, SMALL_PHONE, visitor
from tests.web.conftest import Clock, Parrot

pytestmark = pytest.mark.browser

PAGES = ("/", "/report", "/progress", "/about", "/nowhere")
GPS_TAG = 0x8825
TARGETS = "button, a.button, label.tool, nav a, textarea"


def ask(page: Page, text: str) -> None:
    """Write into the composer and send."""
    page.get_by_label("写给帮扶助手").fill(text)
    page.get_by_role("button", name="发送").click()


def told(page: Page, text: str) -> None:
    """Wait until the assistant's last bubble holds *text*."""
    expect(page.locator("#talk li.theirs").last).to_contain_text(text)


def picture(path: Path, width: int, height: int, *, taken_at: Location | None = None) -> Path:
    """Write a noisy photo, which does not compress well, perhaps one that tells its place."""
    tags = Image.Exif()
    if taken_at:
        north, east = taken_at.latitude, taken_at.longitude
        tags[GPS_TAG] = {1: "NS"[north < 0], 2: (abs(north), 0.0, 0.0), 3: "EW"[east < 0], 4: (abs(east), 0.0, 0.0)}
    Image.effect_noise((width, height), 80).convert("RGB").save(path, "JPEG", quality=95, exif=tags)
    return path


def test_a_question_is_answered_without_a_reload(browser: Browser, address: str) -> None:
    with visitor(browser, address, PHONE) as page:
        page.goto("/")
        page.evaluate("window.stillHere = true")
        ask(page, "家里人住院")
        told(page, "您说：家里人住院")

        assert page.evaluate("window.stillHere") is True
        assert page.get_by_label("写给帮扶助手").input_value() == ""
        expect(page.locator("#welcome")).to_have_count(0)


def test_buttons_answer_and_are_gone_afterwards(browser: Browser, address: str, parrot: Parrot) -> None:
    with visitor(browser, address, PHONE) as page:
        page.goto("/")
        ask(page, "你好")
        page.get_by_role("button", name="有用").click()
        told(page, "useful:yes")

        expect(page.get_by_role("button", name="有用")).to_have_count(1)
        expect(page.get_by_role("link", name="看原文")).to_have_count(2)
        assert [turn.button for turn in parrot.heard] == [None, "useful:yes"]


def test_a_hasty_thumb_sends_once(browser: Browser, address: str, parrot: Parrot) -> None:
    with visitor(browser, address, PHONE) as page:
        page.goto("/")
        page.get_by_label("写给帮扶助手").fill("急")
        page.evaluate("for (let n = 0; n < 5; n++) document.getElementById('send').click()")
        told(page, "您说：急")

    assert len(parrot.heard) == 1


def test_what_officers_do_appears_by_itself(
    browser: Browser, address: str, parrot: Parrot, stores: Stores, clock: Clock
) -> None:
    with visitor(browser, address, PHONE) as page:
        page.clock.install()
        page.goto("/")
        ask(page, "你好")
        told(page, "您说：你好")
        params = {"said": "村里来看过了"}
        with transaction(stores.here()):
            outbox.put(
                stores.here(),
                channel="web",
                chat=parrot.heard[0].chat,
                kind="echo",
                params=params,
                notice=True,
                now=clock(),
            )
        page.clock.fast_forward(60_000)
        told(page, "村里来看过了")


def test_a_slow_answer_is_announced_and_then_comes(browser: Browser, address: str, parrot: Parrot) -> None:
    parrot.silent.set()
    with visitor(browser, address, PHONE) as page:
        page.goto("/")
        ask(page, "难题")
        expect(page.get_by_text("正在想")).to_be_visible()
        parrot.speak.set()
        told(page, "您说：难题")
        expect(page.get_by_text("正在想")).to_be_hidden()


@pytest.mark.parametrize("path", ["/", "/report"])
def test_words_written_without_a_net_stay_on_the_phone_and_go_once_when_it_is_back(
    browser: Browser, address: str, parrot: Parrot, path: str
) -> None:
    box = {"/": "写给帮扶助手", "/report": "家里遇到什么难处？"}[path]
    send = {"/": "发送", "/report": "下一步"}[path]
    with visitor(browser, address, PHONE) as page:
        page.goto(path)
        page.context.set_offline(True)
        for words in ("山里没信号", "老伴住院了"):
            page.get_by_label(box).fill(words)
            page.get_by_role("button", name=send).click()
            expect(page.locator("#noted")).to_contain_text(words)
        assert page.get_by_label(box).input_value() == ""
        page.context.set_offline(False)
        told(page, "老伴住院了")
        expect(page.locator("#note")).to_be_hidden()
        page.reload()
        expect(page.locator("#talk li.mine").last).to_contain_text("老伴住院了")

    assert [turn.text for turn in parrot.heard if turn.text] == ["山里没信号\n老伴住院了"]


def test_a_note_outlives_the_page_and_can_be_taken_back(browser: Browser, address: str, parrot: Parrot) -> None:
    with visitor(browser, address, PHONE) as page:
        page.goto("/")
        page.context.set_offline(True)
        ask(page, "写错了的话")
        page.get_by_role("button", name="取回来改").click()
        assert page.get_by_label("写给帮扶助手").input_value() == "写错了的话"
        ask(page, "改好的话")
        page.get_by_role("button", name="取回来改").wait_for()
        page.context.set_offline(False)
        page.goto("/")
        told(page, "您说：改好的话")

    assert len(parrot.heard) == 1


def test_a_phone_with_a_chinese_voice_reads_answers_aloud(browser: Browser, address: str) -> None:
    with visitor(browser, address, PHONE) as page:
        page.add_init_script(_VOICE)
        page.goto("/")
        ask(page, "你好")
        page.get_by_role("button", name="念给我听").click()
        assert page.evaluate("window.spoken") == ["您说：你好"]


def test_a_phone_without_one_shows_no_button_for_it(browser: Browser, address: str) -> None:
    with visitor(browser, address, PHONE) as page:
        page.add_init_script(_VOICE.replace("zh-CN", "en-GB"))
        page.goto("/")
        ask(page, "你好")
        told(page, "您说：你好")
        expect(page.get_by_role("button", name="念给我听")).to_have_count(0)


def test_photos_are_shown_shrunk_and_can_be_taken_back(
    browser: Browser, address: str, parrot: Parrot, stores: Stores, tmp_path: Path
) -> None:
    with visitor(browser, address, PHONE) as page:
        page.goto("/")
        for name in ("one.jpg", "two.jpg"):
            page.get_by_label("照片、录音", exact=True).set_input_files(picture(tmp_path / name, 3000, 2000))
        page.get_by_role("button", name="去掉第 1 张照片").click()
        expect(page.locator("#picked button")).to_have_count(1)
        page.get_by_role("button", name="发送").click()
        told(page, "照片1张")
        expect(page.get_by_alt_text("我发的照片")).to_be_visible()
        # A picture that does not decode is "complete" too, but has no width.
        expect(page.get_by_alt_text("我发的照片")).to_have_js_property("complete", True)
        assert page.get_by_alt_text("我发的照片").evaluate("image => image.naturalWidth") > 0
        expect(page.locator("#picked button")).to_have_count(0)

    kept = attachments.load(stores.here(), parrot.heard[0].attachments[0])
    with Image.open(io.BytesIO(kept)) as image:
        assert max(image.size) == 1600


@pytest.mark.parametrize("place", [Location(35.69, 105.05), Location(-12.25, -77.5), None])
def test_the_place_of_a_photo_is_read_before_the_page_shrinks_it(
    browser: Browser, address: str, parrot: Parrot, tmp_path: Path, place: Location | None
) -> None:
    with visitor(browser, address, PHONE) as page:
        page.goto("/")
        photo = picture(tmp_path / "one.jpg", 3000, 2000, taken_at=place)
        page.get_by_label("照片、录音", exact=True).set_input_files(photo)
        expect(page.locator("#picked button")).to_have_count(1)
        page.get_by_role("button", name="发送").click()
        told(page, "照片1张")

    found = parrot.heard[0].photo_place
    assert (found and (round(found.latitude, 5), round(found.longitude, 5))) == (place and astuple(place))


def test_a_document_chosen_as_photo_is_refused_in_words(browser: Browser, address: str, tmp_path: Path) -> None:
    fake = tmp_path / "fake.jpg"
    fake.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    with visitor(browser, address, PHONE) as page:
        page.goto("/")
        page.get_by_label("照片、录音", exact=True).set_input_files(fake)
        page.get_by_role("button", name="发送").click()
        expect(page.get_by_role("alert")).to_contain_text("选的不是照片")


def test_the_place_is_sent_when_the_person_allows_it(browser: Browser, address: str, parrot: Parrot) -> None:
    where = {"latitude": 35.69, "longitude": 105.05}
    with visitor(browser, address, PHONE, geolocation=where, permissions=["geolocation"]) as page:
        page.goto("/")
        page.get_by_role("button", name="位置").click()
        expect(page.locator("#talk li.mine").last).to_contain_text("发了我的位置")

    assert parrot.heard[0].location is not None
    assert parrot.heard[0].location.longitude == 105.05


def test_without_script_everything_works_by_reloading(
    browser: Browser, address: str, parrot: Parrot, tmp_path: Path
) -> None:
    with visitor(browser, address, PHONE, java_script_enabled=False) as page:
        page.goto("/")
        ask(page, "你好")
        told(page, "您说：你好")
        page.get_by_role("button", name="有用").click()
        told(page, "useful:yes")
        page.get_by_label("照片、录音", exact=True).set_input_files(picture(tmp_path / "one.jpg", 300, 200))
        page.get_by_role("button", name="发送").click()
        told(page, "照片1张")

    assert len(parrot.heard) == 3


def test_the_back_button_and_a_second_send_make_no_second_turn(browser: Browser, address: str, parrot: Parrot) -> None:
    with visitor(browser, address, PHONE, java_script_enabled=False) as page:
        page.goto("/")
        ask(page, "你好")
        told(page, "您说：你好")
        page.go_back()
        page.reload()
        expect(page.locator("#talk li.mine")).to_have_count(1)

    assert len(parrot.heard) == 1


def test_big_type_is_remembered_on_every_page(browser: Browser, address: str) -> None:
    with visitor(browser, address, PHONE) as page:
        page.goto("/about")
        before = page.locator("main p").first.evaluate("p => parseFloat(getComputedStyle(p).fontSize)")
        page.get_by_role("button", name="字大一点").click()
        assert page.url == f"{address}/about"
        after = page.locator("main p").first.evaluate("p => parseFloat(getComputedStyle(p).fontSize)")
        assert after > before >= 20
        page.goto("/")
        expect(page.get_by_role("button", name="字小一点")).to_be_visible()


def test_a_borrowed_phone_forgets(browser: Browser, address: str) -> None:
    with visitor(browser, address, PHONE) as page:
        page.goto("/")
        ask(page, "我的难处")
        told(page, "我的难处")
        page.goto("/about")
        page.get_by_role("button", name="让这部手机忘记我的对话").click()
        expect(page.locator("#welcome")).to_be_visible()
        assert "我的难处" not in page.content()


@pytest.mark.parametrize("big", [False, True])
def test_nothing_runs_off_a_small_screen_and_everything_can_be_hit(browser: Browser, address: str, big: bool) -> None:
    with visitor(browser, address, SMALL_PHONE) as page:
        page.context.add_cookies([{"name": "bangfu_size", "value": "big" if big else "normal", "url": address}])
        page.goto("/")
        ask(page, "一句很长很长的话，看看会不会把屏幕撑开：" + "w" * 80)
        told(page, "一句很长")
        for path in (*PAGES, "/r/ABC123"):
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
            for target in page.locator(f":is({TARGETS}):visible").all():
                box = target.bounding_box()
                assert box is not None
                assert min(box["height"], box["width"]) >= 44, (path, target.text_content())


def test_the_page_can_be_used_by_keyboard(browser: Browser, address: str) -> None:
    with visitor(browser, address, DESKTOP) as page:
        page.goto("/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "跳到正文"
        page.get_by_label("写给帮扶助手").focus()
        page.keyboard.type("你好")
        page.keyboard.press("Enter")
        told(page, "您说：你好")
        page.get_by_role("button", name="有用").focus()
        page.keyboard.press("Enter")
        told(page, "useful:yes")
        assert page.evaluate("document.activeElement.closest('li') !== null")


def test_every_control_has_a_name_and_every_page_one_heading_and_a_title(browser: Browser, address: str) -> None:
    with visitor(browser, address, PHONE) as page:
        for path in PAGES:
            page.goto(path)
            assert page.locator("button, a, input:not([type=hidden]), textarea").evaluate_all(_NAMELESS) == []
            expect(page.locator("h1")).to_have_count(1)
            assert "帮扶助手" in page.title()
            assert page.locator("html").get_attribute("lang") == "zh-CN"


def test_text_and_controls_stand_out_from_what_is_behind_them(browser: Browser, address: str) -> None:
    with visitor(browser, address, PHONE) as page:
        for path in PAGES:
            page.goto(path)
            assert json.loads(page.evaluate(_CONTRAST)) == []


# Headless Chromium has no voices; this one keeps what it would have said.
_VOICE = """
  window.spoken = [];
  Object.defineProperty(window, "speechSynthesis", { value: {
    speaking: false, cancel() {}, getVoices() { return [{ lang: "zh-CN" }]; },
    speak(words) { window.spoken.push(words.text); },
  } });
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""

_NAMELESS = """
controls => controls.filter(control => !(
  control.textContent.trim() || (control.labels && control.labels.length) || control.getAttribute("aria-label")
)).map(control => control.outerHTML)
"""

# The contrast of each text with the nearest background above it, by the formula of WCAG 2.2; 4.5 is level AA.
_CONTRAST = """
() => {
  const channel = value => value <= 10.3 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  const rgb = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) { return colour; }
    }
    return [255, 255, 255];
  };
  const weak = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.offsetParent) { continue; }
    const [a, b] = [light(rgb(getComputedStyle(element).color)), light(behind(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) { weak.push([element.textContent.trim().slice(0, 20), contrast]); }
  }
  return JSON.stringify(weak);
}
"""
