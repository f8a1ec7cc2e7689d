"""The queue and the officers at the command line, in plain Chinese."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.main import main
from cases.access import access_case
from cases.actions.bind_officer import bind_officer
from cases.actions.submit_report import submit_report
from cases.actors import Reporter
from cases.case import Case
from cases.clock import tick
from cases.officers import find_officer, officer_of_chat
from cases.report import Danger, Report
from cases.states import State
from cases.workflow import load_workflow
from storage import attachments, audit, outbox
from storage.database import open_store, transaction
from storage.store import Store
from storage.times import local_date
from storage.vault import new_key
from tests.cases.conftest import REPORT, REPORTER
from tests.cases.sheets import as_file

VILLAGE = "甘肃省/白银市/会宁县/会师镇/南家咀头村"
TOWNSHIP = "甘肃省/白银市/会宁县/会师镇"
COUNTY = "甘肃省/白银市/会宁县"


@dataclass(frozen=True)
class Terminal:
    """A terminal with a data folder of its own and three officers."""

    arguments: tuple[str, ...]
    environment: dict[str, str]
    store: Store

    def run(self, *arguments: str) -> Result:
        """Run one command line."""
        return CliRunner().invoke(main, [*arguments, *self.arguments], env=self.environment, catch_exceptions=False)

    def ok(self, *arguments: str) -> str:
        """Run one command line that must succeed and return what it printed."""
        result = self.run(*arguments)
        assert result.exit_code == 0, result.output
        return result.stdout

    def meet(self, receipt: str, day: str) -> None:
        """Record a meeting of the village that agreed on one household."""
        photo = self.store.data_dir / "sign-in.jpg"
        photo.write_bytes(b"\xff\xd8\xff photo")
        sitting = ("--place", "村委会", "--expected", "25", "--attended", "23", "--quorum", "17")
        people = ("--chair", "马志远", "--recorder", "王得福", "--photo", str(photo))
        self.ok("meeting", "record", "--as", "马志远", "--on", day, *sitting, *people, "--vote", f"{receipt}=22/1/0")

    def hang(self, receipt: str, first: str, last: str) -> None:
        """Draft a notice for one household, put it up and take it down, entered later with its true days."""
        photo, village = str(self.store.data_dir / "sign-in.jpg"), ("--as", "马志远")
        drafted = self.ok("notice", "draft", receipt, *village, "--from", first)
        number = re.findall(r"第 (\d+) 张", drafted)[0]
        self.ok("notice", "post", number, *village, "--on", first, "--place", "村务公开栏", "--photo", photo)
        self.ok("notice", "end", number, *village, "--on", last, "--photo", photo)

    def agree(self, receipt: str) -> tuple[str, ...]:
        """Return the command line by which the township agrees to one household."""
        sitting = ("--place", "镇政府", "--chair", "李玉梅", "--recorder", "赵有才", "--present", "李玉梅")
        return ("meeting", "minutes", "--as", "李玉梅", *sitting, "--agree", f"{receipt}=同意")

    def approve(self, receipt: str, number: str) -> None:
        """Let the county decide on one household under a number."""
        self.ok("meeting", "batch", receipt, "--as", "陈建国", "--number", number, "--opinion", "同意")

    def refused(self, *arguments: str) -> str:
        """Run one command line that must fail and return the sentence."""
        result = self.run(*arguments)
        assert result.exit_code != 0
        assert result.stdout == ""
        assert "Traceback" not in result.stderr
        return result.stderr

    def case(self, receipt: str) -> Case:
        """Return the case as the county sees it."""
        return access_case(self.store, receipt, actor=find_officer(self.store, "陈建国"))


@pytest.fixture
def terminal(tmp_path: Path, root: Path) -> Terminal:
    key = new_key()
    data = tmp_path / "data"
    store = open_store(data, key)
    config = tmp_path / "config.toml"
    text = (root / "config.toml").read_text("utf-8")
    config.write_text(text.replace('township = ""', 'township = "0943-3221234"'), encoding="utf-8")
    here = Terminal(
        ("--config", str(config), "--data", str(data)),
        {"BANGFU_KEY": base64.b64encode(key).decode()},
        store,
    )
    for name, role, area in (
        ("马志远", "village", VILLAGE),
        ("李玉梅", "township", TOWNSHIP),
        ("陈建国", "county", COUNTY),
    ):
        here.ok("officer", "add", "--name", name, "--role", role, "--area", area)
    return here


@pytest.fixture
def receipt(terminal: Terminal) -> str:
    """Return the number of a report that was made twenty days ago."""
    return submitted(terminal)


def submitted(terminal: Terminal, **changes: object) -> str:
    """Submit a report of twenty days ago and return its number."""
    then = datetime.now(UTC) - timedelta(days=20)
    village = find_officer(terminal.store, "马志远").grants[0].scope
    report: Report = replace(REPORT, area_code=village, applied_on=local_date(then), **changes)  # type: ignore[arg-type]
    with transaction(terminal.store):
        made = submit_report(terminal.store, report, actor=REPORTER, workflow=load_workflow("gansu-2023"), now=then)
    return made.case.receipt


def days_ago(days: int) -> str:
    """Return a day before today."""
    return (local_date(datetime.now(UTC)) - timedelta(days=days)).isoformat()


def test_a_case_goes_all_the_way_at_the_command_line(terminal: Terminal, receipt: str) -> None:
    village, township, county = ("--as", "马志远"), ("--as", "李玉梅"), ("--as", "陈建国")
    terminal.ok("queue", "claim", receipt, *village)
    terminal.ok("queue", "acknowledge", receipt, *village)
    terminal.ok("queue", "visit", receipt, *village, "--on", days_ago(18), "--findings", "属实", "--visitor", "马志远")
    sheet = terminal.store.data_dir / "sheet.toml"
    sheet.write_text(as_file(), encoding="utf-8")
    terminal.ok("queue", "form", receipt, *village, "--on", days_ago(18), "--file", str(sheet))
    terminal.meet(receipt, days_ago(17))
    terminal.hang(receipt, days_ago(16), days_ago(10))
    refused = terminal.refused(*terminal.agree(receipt))
    assert "要先办完：信息比对" in refused
    assert "要先办完：补签承诺授权书" in terminal.refused("queue", "cross-check", receipt, *county, "--result", "无车")
    terminal.ok("queue", "consent", receipt, *village, "--on", days_ago(9))
    terminal.ok("queue", "cross-check", receipt, *county, "--on", days_ago(8), "--result", "名下无车")
    terminal.ok(*terminal.agree(receipt))
    terminal.approve(receipt, "会农〔2026〕1号")
    assert terminal.case(receipt).state is State.MONITORED
    assert len(outbox.for_chat(terminal.store, channel="web", chat=REPORTER.chat)) == 8
    terminal.ok("queue", "announce", receipt, *village, "--place", "村务公开栏")
    terminal.ok("queue", "enter", receipt, *township, "--number", "6204220001")
    terminal.ok("queue", "plan", receipt, *village, "--measures", "公益性岗位", "--officer", "马志远")
    refused = terminal.refused("queue", "resolve", receipt, *village, "--propose", "收入稳定", "--check", "income")
    assert "要先成立" in refused
    checks = re.findall(r"^要核  (\w+)  ", terminal.ok("queue", "checklist", receipt, *village), re.MULTILINE)
    confirmed = [part for check in checks for part in ("--check", check)]
    terminal.ok("queue", "resolve", receipt, *village, "--propose", "收入稳定", *confirmed)
    terminal.ok("queue", "visit", receipt, *village, "--on", days_ago(9), "--findings", "属实")
    terminal.meet(receipt, days_ago(8))
    terminal.hang(receipt, days_ago(7), days_ago(1))
    terminal.ok(*terminal.agree(receipt))
    terminal.approve(receipt, "会农〔2026〕2号")
    assert terminal.case(receipt).state is State.RISK_RESOLVED


def test_declining_takes_two_officers_at_the_command_line(terminal: Terminal, receipt: str) -> None:
    terminal.ok("queue", "acknowledge", receipt, "--as", "马志远")
    terminal.ok("queue", "decline", receipt, "--as", "马志远", "--propose", "不在本村")
    assert "乡镇" in terminal.refused("queue", "decline", receipt, "--as", "马志远", "--confirm")
    terminal.ok("queue", "decline", receipt, "--as", "李玉梅", "--refuse", "请再核实户籍")
    terminal.ok("queue", "decline", receipt, "--as", "马志远", "--propose", "户籍在外县")
    assert "建议不纳入，待确认" in terminal.ok("queue", "list", "--as", "李玉梅")
    said = terminal.ok("queue", "decline", receipt, "--as", "李玉梅", "--confirm", "--reason", "户籍不在本县")
    assert "未纳入" in said
    told = outbox.for_chat(terminal.store, channel="web", chat=REPORTER.chat)[-1]
    assert told.params["reason"] == "户籍不在本县"


def test_returning_urgent_aid_note_place_and_told_are_recorded(terminal: Terminal, receipt: str) -> None:
    terminal.ok("queue", "urgent", receipt, "--as", "马志远", "--reason", "没处住")
    terminal.ok("queue", "aid", receipt, "--as", "李玉梅", "--what", "临时住处")
    terminal.ok("queue", "note", receipt, "周末才回", "--as", "马志远")
    terminal.ok("queue", "told", receipt, "--as", "马志远", "--by", "电话", "--to", "苏秀英")
    terminal.ok("queue", "place", receipt, TOWNSHIP, "--as", "李玉梅")
    case = terminal.case(receipt)
    assert (case.urgent, len(case.area_code), case.version) == (True, 9, 6)
    terminal.ok("queue", "place", receipt, VILLAGE, "--as", "李玉梅", "--seen", "6")
    assert "第 7 版" in terminal.ok("queue", "show", receipt, "--as", "马志远")


def test_the_list_is_one_line_a_case_and_masks_the_household(terminal: Terminal, receipt: str) -> None:
    listed = terminal.ok("queue", "list", "--as", "马志远", "--waiting", "--due", "超期")
    (line,) = listed.splitlines()
    assert re.match(
        r"\d{3} \d{4} \d{4}  已提交，等待受理  会师镇/南家咀头村  .*已超期 \d+ 天  未领办（分给马志远）", line
    )
    assert REPORT.householder not in listed
    assert terminal.ok("queue", "list", "--as", "马志远", "--mine") == listed
    assert terminal.ok("queue", "list", "--as", "马志远", "--done") == ""
    assert terminal.ok("queue", "list", "--as", "马志远", "--state", "submitted", "--unclaimed") == listed


def test_a_page_is_masked_and_revealing_is_written_down(terminal: Terminal, receipt: str) -> None:
    page = terminal.ok("queue", "show", receipt, "--as", "马志远")
    assert "户主：苏**  电话：138****5678" in page
    assert REPORT.story not in page
    full = terminal.ok("queue", "show", receipt, "--as", "马志远", "--reveal")
    for text in ("户主：苏秀英  电话：13812345678", REPORT.story, "因病", "会师镇南家咀头村 三社"):
        assert text in full
    events = [row.event for row in audit.rows(terminal.store, f"case:{terminal.case(receipt).id}")]
    assert events == ["case.submitted", "case.revealed"]


def test_a_page_shows_clocks_tasks_duplicates_and_what_was_done(terminal: Terminal) -> None:
    receipt = submitted(terminal, tell=None, reporter_name="邻居马大爷", danger=(Danger.HUNGER,))
    other = submitted(terminal, submission_id="submission-2")
    with transaction(terminal.store):
        tick(terminal.store, datetime.now(UTC))
    terminal.ok("queue", "acknowledge", receipt, "--as", "马志远")
    page = terminal.ok("queue", "show", receipt, "--as", "马志远")
    for text in (
        "【紧急】",
        "（已超期）",
        "待办：当面或电话告知申报人（queue told）",
        "待办：补签承诺授权书（queue consent）",
        "期限：全流程办结（15 工作日）",
        "期限：全国口径办结（15 自然日）",
        f"可能重复：{other[:3]} {other[3:7]} {other[7:]}",
        "领办：马志远",
    ):
        assert text in page
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d  马志远  受理", page)


def test_a_revealed_page_shows_dangers_and_photos_and_a_finished_case_has_no_date(terminal: Terminal) -> None:
    with transaction(terminal.store):
        photo = attachments.save(terminal.store, b"photo", media_type="image/jpeg", now=datetime.now(UTC))
    receipt = submitted(terminal, danger=(Danger.HUNGER,), attachments=(photo,), reporter_name="邻居马大爷")
    page = terminal.ok("queue", "show", receipt, "--as", "马志远", "--reveal")
    for text in ("危险：断粮", "照片：1 张", "申报人：邻居马大爷"):
        assert text in page
    terminal.ok("queue", "acknowledge", receipt, "--as", "马志远")
    terminal.ok("queue", "decline", receipt, "--as", "马志远", "--propose", "重复申报")
    terminal.ok("queue", "decline", receipt, "--as", "李玉梅", "--confirm")
    assert "未纳入  会师镇/南家咀头村  无期限  未领办" in terminal.ok("queue", "list", "--as", "马志远")


def test_a_stale_look_is_refused_with_what_changed(terminal: Terminal, receipt: str) -> None:
    terminal.ok("queue", "acknowledge", receipt, "--as", "马志远", "--seen", "1")
    sentence = terminal.refused("queue", "visit", receipt, "--as", "马志远", "--findings", "属实", "--seen", "1")
    assert "马志远：受理" in sentence
    assert terminal.case(receipt).version == 2


def test_a_case_elsewhere_and_a_wrong_number_are_refused_alike(terminal: Terminal, receipt: str) -> None:
    terminal.ok("officer", "add", "--name", "何远", "--role", "county", "--area", "甘肃省/白银市/靖远县")
    elsewhere = terminal.refused("queue", "show", receipt, "--as", "何远")
    assert elsewhere == terminal.refused("queue", "show", "39205933749", "--as", "何远")
    assert elsewhere == terminal.refused("queue", "show", "乱写的", "--as", "何远")


@pytest.mark.parametrize(
    "arguments",
    [
        ("review",),
        ("review", "--decline", "不符合", "--return", "缺材料"),
        ("decide",),
        ("decline", "--confirm", "--refuse", "不同意"),
        ("visit", "--findings", "属实", "--on", "三月五号"),
    ],
)
def test_options_that_do_not_go_together_are_a_usage_error(
    terminal: Terminal, receipt: str, arguments: tuple[str, ...]
) -> None:
    name, *options = arguments
    result = terminal.run("queue", name, receipt, "--as", "马志远", *options)
    assert result.exit_code == 2
    assert terminal.case(receipt).version == 1


def test_an_officer_gets_a_code_once_that_binds_a_chat(terminal: Terminal) -> None:
    printed = terminal.ok("officer", "link", "马志远")
    code = printed.split("/start ")[1].strip()
    chat = Reporter("telegram", "4711")
    with transaction(terminal.store):
        bind_officer(terminal.store, code, actor=chat, now=datetime.now(UTC))
    bound = officer_of_chat(terminal.store, chat)
    assert bound is not None
    assert bound.name == "马志远"
    listed = terminal.ok("officer", "list").splitlines()
    assert listed[0] == f"1 号  马志远  村委会 {VILLAGE}  已绑定聊天"
    assert listed[1] == f"2 号  李玉梅  乡镇 {TOWNSHIP}  未绑定聊天"
    assert code not in "".join(listed)


def test_one_person_with_two_roles_is_added_in_one_line(terminal: Terminal) -> None:
    both = ("--role", "village", "--area", VILLAGE, "--role", "township", "--area", TOWNSHIP)
    said = terminal.ok("officer", "add", "--name", "身兼两职", *both)
    assert f"乡镇 {TOWNSHIP}；村委会 {VILLAGE}" in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--name", "甲", "--role", "village", "--area", "没有这个省"), "不是一个认得的地方"),
        (("--name", "甲", "--role", "village", "--area", COUNTY), "至少要到村"),
        (("--name", " ", "--role", "village", "--area", VILLAGE), "不能是空的"),
        (("--name", "甲", "--role", "village", "--role", "township", "--area", VILLAGE), "成对"),
    ],
)
def test_an_officer_that_cannot_be_is_refused_in_words(
    terminal: Terminal, arguments: tuple[str, ...], sentence: str
) -> None:
    assert sentence in terminal.refused("officer", "add", *arguments)
    assert len(terminal.ok("officer", "list").splitlines()) == 3


def test_a_village_unknown_to_the_gazetteer_is_given_by_its_code(terminal: Terminal) -> None:
    assert "村委会 620422199299" in terminal.ok(
        "officer", "add", "--name", "乙", "--role", "village", "--area", "620422199299"
    )


def test_an_unknown_officer_is_refused_in_words(terminal: Terminal) -> None:
    assert "没有这个工作人员" in terminal.refused("queue", "list", "--as", "张三")
    terminal.ok("officer", "add", "--name", "马志远", "--role", "county", "--area", COUNTY)
    assert "请用编号：1、4" in terminal.refused("queue", "list", "--as", "马志远")


def test_dates_are_counted_from_a_day_over_a_holiday(terminal: Terminal) -> None:
    said = terminal.ok("queue", "dates", "--start", "2026-09-28")
    assert "入户核查  5 工作日  最晚2026年10月10日" in said
    assert "全国口径办结  15 自然日  最晚2026年10月13日" in said
    assert "村内公示  5 自然日  至少到2026年10月3日" in said
    assert "暂定" not in said
    assert "暂定" in terminal.ok("queue", "dates", "--start", "2027-03-01")


def test_many_cases_at_once_answer_one_by_one(terminal: Terminal, receipt: str) -> None:
    other = submitted(terminal, submission_id="submission-2")
    terminal.ok("queue", "claim", other, "--as", "马志远")
    result = terminal.run("queue", "bulk", "acknowledge", receipt, "39205933749", other, "--as", "马志远")
    assert result.exit_code == 1
    first, second, third = result.stdout.splitlines()
    assert first.startswith("办好了")
    assert third.startswith("办好了")
    assert second.startswith("没办成")
    assert [terminal.case(number).state for number in (receipt, other)] == [State.ACKNOWLEDGED] * 2


def test_a_case_passes_from_hand_to_hand_at_the_command_line(terminal: Terminal, receipt: str) -> None:
    terminal.ok("officer", "add", "--name", "王得福", "--role", "work_team", "--area", VILLAGE)
    terminal.ok("queue", "claim", receipt, "--as", "马志远")
    terminal.ok("queue", "transfer", receipt, "--as", "李玉梅", "--to", "王得福", "--reason", "改派")
    assert "转给谁：王得福" in terminal.ok("queue", "show", receipt, "--as", "马志远", "--reveal")
    terminal.ok("queue", "release", receipt, "--as", "王得福", "--reason", "外出")
    terminal.ok("queue", "bulk", "transfer", receipt, "--as", "李玉梅", "--to", "王得福")
    terminal.ok("queue", "recuse", receipt, "--as", "马志远", "--relation", "堂弟")
    assert "回避" in terminal.refused("queue", "transfer", receipt, "--as", "李玉梅", "--to", "马志远")
    assert "退回待领 1 件" in terminal.ok("officer", "remove", "王得福")
    assert "王得福" not in terminal.ok("officer", "list")


def test_a_leave_is_entered_and_one_that_is_over_refused(terminal: Terminal) -> None:
    tomorrow, past = days_ago(-1), days_ago(3)
    terminal.ok("officer", "leave", "马志远", "--first", tomorrow, "--last", days_ago(-9), "--deputy", "李玉梅")
    assert "休假最后一天" in terminal.refused("officer", "leave", "马志远", "--first", past, "--last", past)


def test_a_sheet_is_filled_from_the_template_and_its_income_printed(
    terminal: Terminal, receipt: str, tmp_path: Path
) -> None:
    template = CliRunner().invoke(main, ["queue", "sheet-template"]).stdout
    blank, filled = tmp_path / "blank.toml", tmp_path / "filled.toml"
    blank.write_text(template, encoding="utf-8")
    terminal.ok("queue", "acknowledge", receipt, "--as", "马志远")
    assert "采集表还缺" in terminal.refused("queue", "form", receipt, "--as", "马志远", "--file", str(blank))
    filled.write_text(as_file(), encoding="utf-8")
    said = terminal.ok("queue", "form", receipt, "--as", "马志远", "--file", str(filled))
    assert "人均纯收入：(12000 + 3000.5 + 0 + 2400 - 800) ÷ 2 = 8300.25 元" in said
    printed = terminal.ok("queue", "sheet", receipt, "--as", "马志远")
    assert "住房安全等级：B" in printed
    paper = terminal.ok("queue", "sheet", receipt, "--as", "马志远", "--income")
    for text in ("副本", "苏秀英", "工资性收入\t加\t12000", "合规自付：医疗\t单列，不减\t40000", "= 8300.25 元"):
        assert text in paper
    assert "注意：家里有大病的人" in terminal.ok("queue", "show", receipt, "--as", "马志远")
