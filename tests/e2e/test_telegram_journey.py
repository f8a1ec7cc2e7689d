"""Villager, village, township and county, each with Telegram on the phone, against the serving process over HTTP."""

from __future__ import annotations

import io
import random
import re
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import tomlkit
from PIL import Image

from app.demo.sheets import sheet_of
from cases.case import find_case
from cases.receipts import canonical_receipt
from cases.report import Cause
from cases.tasks import TaskKind, is_open
from storage import attachments
from storage.times import local_date
from tests.bad_input import BAD, LONGEST, MARK, UNESCAPED
from tests.botapi import BotApi, Person
from tests.e2e.house import House
from tests.e2e.reporting import CONSENT, receipts, report, up_to_consent

pytestmark = pytest.mark.slow

COUNTY = "甘肃省/白银市/会宁县"
TOWNSHIP = f"{COUNTY}/会师镇"
VILLAGE = f"{TOWNSHIP}/南家咀头村"
DAYS_OF_NOTICE = 12


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, bundled: Path) -> Iterator[House]:
    """Return a serving house whose officers have opened their one-time links."""
    folder = tmp_path_factory.mktemp("house")
    with BotApi() as api, House(folder, api, shutil.copytree(bundled, folder / "data")).start() as house:
        for name, role, area in (
            ("马志远", "village", VILLAGE),
            ("张爱国", "village", VILLAGE),
            ("李玉梅", "township", TOWNSHIP),
            ("陈建国", "county", COUNTY),
        ):
            shown = house.run("officer", "add", "--name", name, "--role", role, "--area", area)
            link = re.search(r"/start (\S+)", shown)
            assert link is not None
            api.person(name).opens(link[1])
            api.person(name).hears("绑定好了")
        yield house


def photo() -> bytes:
    target = io.BytesIO()
    Image.effect_noise((800, 600), 60).convert("RGB").save(target, "JPEG")
    return target.getvalue()


def act(officer: Person, receipt: str, event: str, *written: str | bytes, done: str = "记下了") -> None:
    """Carry out one event on a case with buttons, writing each field that is asked for, or sending a photo."""
    officer.taps("看这个件")
    assert receipt in officer.sees_button(event).text
    officer.taps(event)
    for text in written:
        officer.hears("请写")
        if isinstance(text, bytes):
            officer.sends_photo(text)
        else:
            officer.says(text)
    officer.hears(done)


def offered(house: House, receipt: str) -> Person:
    """Wait until one officer of the village is told of the case, and return him: intake goes by load."""
    officers = [house.api.person(name) for name in ("马志远", "张爱国")]
    wait_until(lambda: any(officer.count(receipt) for officer in officers))
    return next(officer for officer in officers if officer.count(receipt))


def enter_at_a_desk(house: House, receipt: str) -> None:
    """Enter what is done at a desk: the sheet of the visit, and the county's cross-check."""
    number = receipt.replace(" ", "")
    sheet = house.folder / "sheet.toml"
    filled = sheet_of(random.Random(1), Cause.ILLNESS, "会师镇南家咀头村三社", local_date(datetime.now(UTC)))
    sheet.write_text(tomlkit.dumps(filled), encoding="utf-8")
    house.run("queue", "form", number, "--file", str(sheet), "--as", "马志远")
    house.run("queue", "cross-check", number, "--as", "陈建国", "--result", "名下无车、无商品房")


def test_a_report_goes_from_the_village_to_the_county_and_the_villager_hears_each_step(house: House) -> None:
    api = house.api
    villager, township, county = map(api.person, ("王秀英", "李玉梅", "陈建国"))
    villager.opens()
    villager.hears("帮扶助手")

    villager.says("娃上大学交不起学费咋办")
    assert "助学贷款" in villager.hears("出处").text
    villager.taps("原文")
    villager.hears("助学贷款")

    api.limit("sendMessage", times=2, retry_after=1)
    receipt = report(villager, "13912345678", photo())
    village = offered(house, receipt)
    act(village, receipt, "受理")
    villager.hears("村里受理了")
    act(village, receipt, "记录入户核查", "今天", "住院属实，借了亲戚四万")
    villager.hears("上门看过您家")
    act(village, receipt, "记录补签授权书", "今天")
    enter_at_a_desk(house, receipt)
    sitting = ("今天", "村委会", "25", "23", "17", "马志远", "王得福", photo(), "没有", "21票同意，1票反对，1票弃权")
    act(village, receipt, "记录民主评议", *sitting)
    villager.hears("村里开会商量过了")
    api.limit("sendMessage", times=1, retry_after=1)
    act(village, receipt, "记录张贴公示", "今天", done="起草好了")
    act(village, receipt, "记录张贴公示", "贴出去了", "今天", "村委会公示栏", photo())
    villager.hears("名单贴在村里了")

    house.move_clock(DAYS_OF_NOTICE)
    act(village, receipt, "记录公示期满", "今天", photo())
    villager.hears("现在乡镇在看")
    township.hears(receipt)
    minutes = ("今天", "镇政府", "李玉梅", "赵有才", "李玉梅、赵有才", "同意上报")
    act(township, receipt, "乡镇审核同意", *minutes)
    villager.hears("等县上最后定")
    county.hears(receipt)
    act(county, receipt, "县级审定纳入", "今天", "测〔2026〕1号", "同意")
    assert receipt in villager.hears("列为重点帮扶户").text


def test_a_repeated_update_makes_neither_a_second_case_nor_a_second_answer(house: House) -> None:
    villager = house.api.person("孙秀兰")
    up_to_consent(villager, "13912345679")
    submit = villager.taps(CONSENT)
    villager.hears("您的编号")
    house.api.cloud.repeat(submit)
    villager.says("我的进度")
    villager.hears("已经收到")
    assert len(receipts(villager)) == 1


def test_a_photo_is_kept_encrypted_under_its_case_and_shown_as_it_was(house: House) -> None:
    villager = house.api.person("周秀芳")
    before = files_of_cases(house)
    report(villager, "13912345680", photo())
    (attachment,) = files_of_cases(house) - before
    assert Image.open(io.BytesIO(attachments.load(house.look(), attachment))).size == (800, 600)
    assert not any(b"JFIF" in file.read_bytes() for file in (house.data / "attachments").iterdir())


def test_the_second_to_claim_a_case_is_told_who_has_it(house: House) -> None:
    villager, first, second = map(house.api.person, ("吴秀珍", "马志远", "张爱国"))
    receipt = report(villager, "13912345681")
    for officer in (first, second):
        officer.says("待办")
        officer.sees_button(f"办 {receipt[-4:]}")
        officer.taps(f"办 {receipt[-4:]}")
        assert receipt in officer.sees_button("领办").text
    first.taps("领办")
    first.hears("记下了")
    second.taps("领办")
    assert "马志远" in second.hears("领办").text


def test_whoever_blocked_the_bot_is_told_by_a_person(house: House) -> None:
    villager = house.api.person("郑秀云")
    receipt = report(villager, "13912345682")
    village = offered(house, receipt)
    villager.blocks()
    act(village, receipt, "受理")
    store = house.look()
    case = find_case(store, canonical_receipt(receipt))
    assert case is not None
    wait_until(lambda: is_open(store, case.id, TaskKind.TELL_REPORTER))


def test_what_cannot_be_read_is_answered_in_words(house: House) -> None:
    villager = house.api.person("钱秀华")
    villager.opens()
    villager.hears("帮扶助手")
    answered = len(villager.screen())
    villager.sends_sticker()
    villager.sends_video()
    villager.edits("改了一句")
    villager.sends_button_data("button:of:last:month")
    villager.says("\x00🏠\x00")
    villager.says("长" * 4000)
    villager.says("我的进度")
    villager.hears("编号")
    assert len(villager.screen()) >= answered + 7
    assert villager.count("出了点错") == 0


@pytest.mark.parametrize("name", [name for name in BAD if name not in ("empty", "surrogate")])
def test_whatever_is_typed_gets_a_short_reply_and_lies_nowhere_in_the_clear(house: House, name: str) -> None:
    villager = house.api.person(f"乱打的{name}")
    villager.says(BAD[name][:4000])
    wait_until(lambda: bool(villager.screen()), 15)
    said = "".join(delivered.text for delivered in villager.screen())
    assert 0 < len(said) <= LONGEST
    assert not [told for told in (MARK, *UNESCAPED, "出了点错") if told in said]
    assert MARK not in house.log.read_text()
    files = [path for path in Path(house.look().data_dir).iterdir() if path.name.startswith("bangfu.db")]
    assert not [path for path in files if MARK.encode() in path.read_bytes()]


def test_the_log_names_nobody_and_no_token(house: House) -> None:
    villager = house.api.person("冯秀梅")
    report(villager, "13912345683")
    log = house.log.read_text()
    assert "turn.handled" in log
    for secret in ("冯秀梅", "13912345683", house.api.token, "南家咀头"):
        assert secret not in log


def files_of_cases(house: House) -> set[str]:
    return {row["id"] for row in house.look().db.query("SELECT id FROM attachments WHERE case_id IS NOT NULL")}


def wait_until(holds: Callable[[], bool], timeout: float = 60) -> None:
    end = time.monotonic() + timeout
    while not holds():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.1)


def test_danger_reaches_village_and_township_at_once_and_the_villager_hears_who_confirmed(house: House) -> None:
    api = house.api
    villager, village, township = map(api.person, ("赵桂兰", "马志远", "李玉梅"))
    villager.opens()
    villager.says("我们会师镇南家咀头村，家里断粮三天了")
    villager.hears("还没有人确认")
    village.hears("有人遇到危险")
    assert "断粮" not in township.hears("有人遇到危险").text
    township.taps("我来办")
    township.hears("记在您名下了")
    villager.hears("有人确认了")
    village.hears("已有人确认")
    villager.says("我男人天天打我")
    villager.hears("不告诉村里")
    villager.taps("藏起来")
    villager.hears("帮扶助手")
