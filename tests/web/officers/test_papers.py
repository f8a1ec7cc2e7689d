"""Meetings, public notices, referrals and the sheet, from the first form to the paper that is printed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cases.case import Case, load_case
from cases.meetings.meeting import list_meetings
from cases.public_notice.notice import list_notices
from cases.referrals import list_referrals
from cases.states import State
from storage import audit
from tests.cases.conftest import Desk
from tests.web.officers.clerk import Clerk
from tests.web.officers.conftest import jpeg

TODAY = "2026-03-30"
PHOTO = {"photo": ("签到.jpg", jpeg(), "image/jpeg")}
SITTING = {
    "held_on": TODAY,
    "place": "村委会",
    "expected": "25",
    "attended": "23",
    "quorum": "17",
    "chair": "马志远",
    "recorder": "王得福",
}


@pytest.fixture
def pair(desk: Desk) -> tuple[Case, Case]:
    """Return two households of the village that wait for its meeting."""
    first = desk.bring_to(State.UNDER_VERIFICATION, submission_id="first")
    return first, desk.bring_to(State.UNDER_VERIFICATION, submission_id="second", householder="马得水")


def meet(village: Clerk, pair: tuple[Case, Case], **changes: str) -> str:
    """Record one meeting on both households."""
    votes = {f"{name}-{case.receipt}": count for case in pair for name, count in (("for", "21"), ("against", "2"))}
    village.open("/desk/meetings/appraisal")
    fields = {**SITTING, **votes, "receipt": [case.receipt for case in pair], **changes}
    return village.post("/desk/meetings/appraisal", fields, files=PHOTO)


def test_one_meeting_is_one_record_for_all_its_households(village: Clerk, desk: Desk, pair: tuple[Case, Case]) -> None:
    assert "一次会写全各户" in meet(village, pair)
    assert [load_case(desk.store, case.id).state for case in pair] == [State.UNDER_APPRAISAL] * 2
    meeting = list_meetings(desk.store, officer=desk.village)[0]
    printed = village.post(f"/desk/meetings/{meeting.number}/print", {"sheet": "记录"})
    assert "民主评议会记录" in printed
    assert "副本" in printed
    assert "苏秀英" not in printed
    assert "苏秀英" in village.post(f"/desk/meetings/{meeting.number}/print", {"sheet": "记录", "names": "1"})


def test_votes_that_do_not_add_up_change_nothing_and_stay_in_the_form(
    village: Clerk, desk: Desk, pair: tuple[Case, Case]
) -> None:
    wrong = {f"for-{pair[0].receipt}": "3"}
    assert "要等于到会人数" in meet(village, pair, **wrong)
    assert f'name="for-{pair[1].receipt}" value="21"' in village.page.text
    assert "人数和票数要写数字" in meet(village, pair, attended="很多")
    assert [load_case(desk.store, case.id).state for case in pair] == [State.UNDER_VERIFICATION] * 2


def test_a_notice_goes_from_draft_to_post_with_an_objection_answered(
    village: Clerk, desk: Desk, pair: tuple[Case, Case]
) -> None:
    meet(village, pair)
    village.open("/desk/notices/new")
    fields = {"starts_on": TODAY, "receipt": [case.receipt for case in pair]}
    assert "起草好了" in village.post("/desk/notices/new", fields)
    notice = list_notices(desk.store, officer=desk.village)[0]
    address = f"/desk/notices/{notice.number}"
    sheet = village.post(f"{address}/print", {"original": "1"})
    assert "苏秀英" in sheet
    assert "0943-3221234" in sheet
    assert "副本" not in sheet.partition("回去")[2]
    village.open(address)
    assert "还缺照片" in village.post(f"{address}/post", {"on": TODAY, "place": "村务公开栏"})
    fake = {"photo": ("x.jpg", b"<svg/>", "image/jpeg")}
    assert "选的不是照片" in village.post(f"{address}/post", {"on": TODAY, "place": "村务公开栏"}, files=fake)
    assert "村务公开栏" in village.page.text
    assert "公示已张贴" in village.post(f"{address}/post", {"on": TODAY, "place": "村务公开栏"}, files=PHOTO)
    said = {"receipt": pair[0].receipt, "means": "当面", "text": "他家在城里有房", "raised_on": TODAY}
    assert "第 1 号异议" in village.post(f"{address}/objections", said)
    assert "他家在城里有房" not in village.open(address)
    assert "他家在城里有房" in village.post(f"{address}/objections/1/read")
    answer = {"text": "查过了，房子是他弟弟的", "outcome": "dismissed", "on": TODAY}
    assert "第 1 号异议不成立" in village.post(f"{address}/objections/1", answer)
    village.open(f"{address}/photo/start")
    assert village.page.headers["content-type"] == "image/jpeg"
    assert [load_case(desk.store, case.id).state for case in pair] == [State.ON_PUBLIC_NOTICE] * 2


def test_a_tab_left_open_is_told_that_the_paper_is_further_and_does_nothing_twice(
    village: Clerk, clerk: Callable[[str], Clerk], desk: Desk, pair: tuple[Case, Case]
) -> None:
    meet(village, pair)
    first, second = clerk("village"), clerk("colleague")
    fields = {"starts_on": TODAY, "receipt": [case.receipt for case in pair]}
    for tab in (first, second):
        tab.open("/desk/notices/new")
    assert "起草好了" in first.post("/desk/notices/new", fields)
    second.post("/desk/notices/new", fields)
    assert second.status == 409
    (notice,) = list_notices(desk.store, officer=desk.village)
    address = f"/desk/notices/{notice.number}"
    for tab in (first, second):
        tab.open(address)
    posted = {"on": TODAY, "place": "村务公开栏"}
    assert "公示已张贴" in first.post(f"{address}/post", posted, files=PHOTO)
    second.post(f"{address}/post", posted, files=PHOTO)
    assert second.status in (409, 422)
    versions = [load_case(desk.store, case.id).version for case in pair]
    assert versions == [case.version + 2 for case in pair], "the meeting and the notice, each once"


def test_papers_of_another_area_look_like_none(
    village: Clerk, clerk: Callable[[str], Clerk], desk: Desk, pair: tuple[Case, Case]
) -> None:
    meet(village, pair)
    number = list_meetings(desk.store, officer=desk.village)[0].number
    stranger = clerk("stranger")
    missing = stranger.open("/desk/meetings/999")
    assert stranger.open(f"/desk/meetings/{number}") == missing
    assert stranger.open("/desk/notices/1") == missing
    assert stranger.status == 404


def test_a_township_reviews_and_a_county_decides_in_one_record(clerk: Callable[[str], Clerk], desk: Desk) -> None:
    case = desk.bring_to(State.UNDER_TOWNSHIP_REVIEW)
    township, county = clerk("township"), clerk("county")
    township.open("/desk/meetings/review")
    review = {
        "held_on": TODAY,
        "place": "镇政府",
        "chair": "李玉梅",
        "recorder": "赵有才",
        "attendees": "李玉梅\n赵有才",
        "receipt": case.receipt,
        f"said-{case.receipt}": "同意",
    }
    assert "记好了" in township.post("/desk/meetings/review", review)
    county.open("/desk/meetings/batch")
    batch = {"held_on": TODAY, "document_number": "会农〔2026〕7号", "opinion": "同意纳入", "receipt": case.receipt}
    assert "记好了" in county.post("/desk/meetings/batch", batch)
    assert load_case(desk.store, case.id).state is State.MONITORED


def test_a_referral_goes_out_is_signed_for_and_answered(village: Clerk, desk: Desk) -> None:
    case = desk.bring_to(State.ACKNOWLEDGED)
    village.open(f"/desk/case/{case.receipt}/refer")
    assert "请选转给哪个部门" in village.post(f"/desk/case/{case.receipt}/refer", {"asked": "评残办证"})
    assert "评残办证" in village.page.text
    assert "请写明请对方办什么" in village.post(f"/desk/case/{case.receipt}/refer", {"department": "残联"})
    assert "转办好了" in village.post(f"/desk/case/{case.receipt}/refer", {"department": "残联", "asked": "评残办证"})
    address = f"/desk/referrals/{list_referrals(desk.store, officer=desk.village)[0].number}"
    assert "评残办证" in village.post(f"{address}/print", {"original": "1"})
    village.open(address)
    early = village.post(f"{address}/close", {"outcome": "answered", "text": "办好了", "on": TODAY})
    assert "还没有签收" in early
    assert "办好了" in village.page.text
    assert "对方已签收" in village.post(f"{address}/sign", {"on": TODAY})
    assert "办结了" in village.post(f"{address}/close", {"outcome": "answered", "text": "残疾证办下来了", "on": TODAY})


def test_a_sheet_is_kept_while_it_is_filled_and_names_all_that_is_missing(village: Clerk, desk: Desk) -> None:
    case = desk.bring_to(State.UNDER_VERIFICATION)
    address = f"/desk/case/{case.receipt}/sheet"
    village.open(address)
    typed = {"registered_address": "会师镇南家咀头村三社", "people": "2", "m1-name": "苏秀英", "benefits": ["低保"]}
    assert "已存" in village.post(f"{address}/save", typed)
    village.open(address)
    assert 'value="会师镇南家咀头村三社"' in village.page.text
    assert 'value="苏秀英"' in village.page.text
    village.post(address, {**typed, "go": "add"})
    assert 'name="m2-name"' in village.page.text
    said = village.post(address, {**typed, "go": "hand_in", "found_on": TODAY})
    assert "采集表还缺" in said
    assert "第 1 个人的证件类型" in said
    assert 'class="field wrong"' in village.page.text
    assert 'value="会师镇南家咀头村三社"' in village.page.text
    assert "会师镇南家咀头村三社".encode() not in (desk.store.data_dir / "bangfu.db").read_bytes()


def test_a_draft_is_ones_own(village: Clerk, clerk: Callable[[str], Clerk], desk: Desk) -> None:
    case = desk.bring_to(State.UNDER_VERIFICATION)
    address = f"/desk/case/{case.receipt}/sheet"
    village.open(address)
    village.post(f"{address}/save", {"registered_address": "只有我知道"})
    assert "只有我知道" not in (clerk("colleague").open(address) or "")
    stranger = clerk("stranger")
    stranger.open("/desk")
    stranger.post(f"{address}/save", {"registered_address": "越界"})
    assert stranger.status == 404


def test_a_printed_name_leaves_a_trace_in_its_case(village: Clerk, desk: Desk, pair: tuple[Case, Case]) -> None:
    meet(village, pair)
    number = list_meetings(desk.store, officer=desk.village)[0].number
    village.open(f"/desk/meetings/{number}")
    village.post(f"/desk/meetings/{number}/print", {"sheet": "名单", "names": "1", "original": "1"})
    assert all("case.revealed" in [row.event for row in audit.rows(desk.store, f"case:{one.id}")] for one in pair)
