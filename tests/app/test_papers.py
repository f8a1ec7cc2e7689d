"""Papers at the command line: meetings, notices, referrals, from the record to the print."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.main import main
from cases.act import Act
from cases.actions.step import take_step
from cases.actions.submit_report import submit_report
from cases.actors import Reporter
from cases.details import Acknowledgement, HomeVisit
from cases.officers import find_officer
from cases.workflow import load_workflow
from storage.database import open_store, transaction
from storage.store import Store
from storage.times import local_date
from storage.vault import new_key
from tests.cases.conftest import REPORT

COUNTY_PATH = "甘肃省/白银市/会宁县"
PLACES = {
    "village": f"{COUNTY_PATH}/会师镇/南家咀头村",
    "township": f"{COUNTY_PATH}/会师镇",
    "county": COUNTY_PATH,
}
NAMES = {"village": "马志远", "township": "李玉梅", "county": "陈建国"}
VILLAGE, TOWNSHIP, COUNTY = (("--as", NAMES[role]) for role in NAMES)
SITTING = ("--place", "村委会", "--expected", "25", "--attended", "23", "--quorum", "17", "--chair", "马志远")


@dataclass(frozen=True)
class Office:
    """A terminal over a data folder with three officers and a configured telephone."""

    folder: Path
    config: Path
    key: str
    store: Store

    def run(self, *arguments: str) -> Result:
        """Run one command line."""
        line = [*arguments, "--config", str(self.config), "--data", str(self.folder / "data")]
        return CliRunner().invoke(main, line, env={"BANGFU_KEY": self.key}, catch_exceptions=False)

    def ok(self, *arguments: str) -> str:
        """Run one command line that must succeed and return what it printed."""
        result = self.run(*arguments)
        assert result.exit_code == 0, result.output
        return result.stdout

    def refused(self, *arguments: str) -> str:
        """Run one command line that must fail and return the sentence."""
        result = self.run(*arguments)
        assert result.exit_code == 1, result.output
        assert result.stdout == ""
        return result.stderr

    @property
    def photo(self) -> str:
        """The path of a photo."""
        path = self.folder / "photo.jpg"
        path.write_bytes(b"\xff\xd8\xff photo")
        return str(path)

    def verified(self, number: int = 1, **changes: object) -> str:
        """Return the receipt of a case that waits for its meeting."""
        now = datetime.now(UTC) - timedelta(days=1)
        village = find_officer(self.store, NAMES["village"])
        area = village.grants[0].scope
        report = replace(REPORT, submission_id=f"s{number}", area_code=area, applied_on=local_date(now), **changes)  # type: ignore[arg-type]
        with transaction(self.store):
            case = submit_report(
                self.store, report, actor=Reporter("web", "x"), workflow=load_workflow("national-2021"), now=now
            ).case
            for details in (Acknowledgement(), HomeVisit(local_date(now), "属实。", ("马志远", "王得福"))):
                case = take_step(self.store, case.receipt, Act(details, village, now), version=case.version)
        return case.receipt

    def meet(self, *votes: str) -> str:
        """Record a meeting of the village."""
        cast = [part for vote in votes for part in ("--vote", vote)]
        return self.ok("meeting", "record", *VILLAGE, *SITTING, "--recorder", "王得福", "--photo", self.photo, *cast)


@pytest.fixture
def office(tmp_path: Path, root: Path) -> Office:
    key = new_key()
    config = tmp_path / "config.toml"
    text = (root / "config.toml").read_text("utf-8")
    config.write_text(text.replace('township = ""', 'township = "0943-3221234"'), encoding="utf-8")
    here = Office(tmp_path, config, base64.b64encode(key).decode(), open_store(tmp_path / "data", key))
    for role, name in NAMES.items():
        here.ok("officer", "add", "--name", name, "--role", role, "--area", PLACES[role])
    return here


def test_a_meeting_is_recorded_once_for_all_and_printed(office: Office) -> None:
    first, second = office.verified(1), office.verified(2, householder="马学")
    assert "第 1 号会议，2 户，通过 1 户" in office.meet(f"{first}=21/1/1", f"{second}=3/20/0")
    assert "南家咀头村  民主评议会" in office.ok("meeting", "list", *TOWNSHIP)
    masked = office.ok("meeting", "show", "1", *VILLAGE, "--sheet", "记录")
    assert "副本" in masked
    assert "苏**" in masked
    html = office.folder / "list.html"
    office.ok("meeting", "show", "1", *VILLAGE, "--sheet", "名单", "--reveal", "--original", "--html", str(html))
    page = html.read_text("utf-8")
    assert "苏秀英" in page
    assert "马学" not in page, "the meeting did not agree on that household"
    assert "副本" not in page


def test_votes_are_written_as_three_numbers(office: Office) -> None:
    receipt = office.verified()
    for wrong in (f"{receipt}=21", f"{receipt}=a/b/c", receipt, f"{receipt}="):
        line = ("meeting", "record", *VILLAGE, *SITTING, "--recorder", "王得福", "--photo", office.photo)
        result = office.run(*line, "--vote", wrong)
        assert result.exit_code == 2
        assert "请写成" in result.stderr
    assert "票" not in office.meet(f"{receipt}=21/1/1")


def test_a_notice_goes_from_draft_to_post_with_objections(office: Office) -> None:
    receipt = office.verified()
    office.meet(f"{receipt}=21/1/1")
    assert "第 1 张公示" in office.ok("notice", "draft", receipt, *VILLAGE)
    sheet = office.ok("notice", "show", "1", *VILLAGE, "--original")
    assert re.search(r"1\t苏秀英\t三社", sheet)
    assert "0943-3221234" in sheet
    assert "起草，未张贴" in office.ok("notice", "list", *VILLAGE)
    office.ok("notice", "post", "1", *VILLAGE, "--place", "村务公开栏", "--photo", office.photo)
    assert "第 1 号异议" in office.ok("notice", "object", "1", receipt, *VILLAGE, "--by", "电话", "--text", "他家有房")
    assert "异议 1 件，1 件待答复" in office.ok("notice", "list", *VILLAGE)
    assert "还有异议没有答复" in office.refused("notice", "end", "1", *VILLAGE, "--photo", office.photo)
    office.ok("notice", "answer", "1", "1", *VILLAGE, "--dismissed", "--text", "房子是他弟弟的")
    assert "他家有房" not in office.ok("notice", "objections", "1", *VILLAGE)
    shown = office.ok("notice", "objections", "1", *VILLAGE, "--reveal")
    assert "没有留名：他家有房" in shown
    assert "答复：房子是他弟弟的" in shown
    assert "日子还没满" in office.refused("notice", "end", "1", *VILLAGE, "--photo", office.photo)


def test_a_leak_is_said_with_what_and_where(office: Office) -> None:
    receipt = office.verified(group="三社12号")
    office.meet(f"{receipt}=21/1/1")
    refused = office.refused("notice", "draft", receipt, *VILLAGE)
    assert "“社（组）”里有比村民小组更细的住址" in refused
    assert "没有找到" in office.refused("notice", "show", "1", *VILLAGE)


def test_a_photo_must_be_a_photo(office: Office) -> None:
    receipt = office.verified()
    text = office.folder / "not.jpg"
    text.write_text("不是照片")
    line = ("meeting", "record", *VILLAGE, *SITTING, "--recorder", "王得福", "--vote", f"{receipt}=21/1/1", "--photo")
    assert "不是照片" in office.refused(*line, str(text))
    assert "读不出来" in office.refused(*line, str(office.folder / "none.jpg"))


def test_a_township_and_a_county_work_in_batches(office: Office) -> None:
    receipts = [office.verified(1), office.verified(2)]
    _bring_to_township(office, receipts)
    present = ("--place", "镇政府", "--chair", "李玉梅", "--recorder", "赵有才", "--present", "李玉梅")
    agreed = [part for receipt in receipts for part in ("--agree", f"{receipt}=同意")]
    said = office.ok("meeting", "minutes", *TOWNSHIP, *present, *agreed)
    assert "同意 2 户，退回 0 户" in said
    number = re.search(r"第 (\d+) 号", said)
    assert number is not None
    assert "同意将 2 户" in office.ok("meeting", "show", number[1], *TOWNSHIP, "--sheet", "请示")
    said = office.ok("meeting", "batch", *receipts, *COUNTY, "--number", "会农〔2026〕1号", "--opinion", "同意纳入")
    assert "会农〔2026〕1号，2 户" in said


def test_a_referral_is_sent_signed_and_closed(office: Office) -> None:
    receipt = office.verified()
    office.ok("referral", "send", receipt, *VILLAGE, "--to", "残联", "--ask", "评残办证", "--paper", "诊断证明")
    assert "残联" in office.ok("referral", "list", *TOWNSHIP)
    paper = office.ok("referral", "show", "1", *VILLAGE)
    assert "请协助办理：评残办证" in paper
    assert "还没有签收" in office.refused("referral", "close", "1", *TOWNSHIP, "--result", "办好了")
    office.ok("referral", "sign", "1", *TOWNSHIP)
    office.ok("referral", "close", "1", *TOWNSHIP, "--result", "残疾证办下来了")
    assert office.ok("referral", "list", *TOWNSHIP) == ""
    assert "办结" in office.ok("referral", "list", *TOWNSHIP, "--closed")


def test_who_was_not_told_is_listed_and_told_with_proof(office: Office) -> None:
    receipt = office.verified(tell=None)
    assert "3 件事没告知" in office.ok("queue", "untold", *VILLAGE)
    told = ("queue", "told", receipt, *VILLAGE, "--to", "苏秀英")
    assert "还缺：凭据" in office.refused(*told, "--by", "上门")
    office.ok(*told, "--by", "上门", "--mark", "手印", "--photo", office.photo)
    assert office.ok("queue", "untold", *VILLAGE) == ""


def _bring_to_township(office: Office, receipts: list[str]) -> None:
    """Record a meeting and a notice by hand that ended today: late entries with their true days."""
    office.meet(*(f"{receipt}=21/1/1" for receipt in receipts))
    with transaction(office.store):
        office.store.db.execute("UPDATE cases SET state = 'under_township_review'")
        office.store.db.execute("UPDATE case_tasks SET done_at = opened_at")
