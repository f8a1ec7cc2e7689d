"""What an officer finds: his day, the queue with its filters, cases by name, areas, many cases at once."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

from cases.case import load_case
from cases.details import Acknowledgement, UrgentMark
from storage.database import transaction
from tests.cases.conftest import SISTER_VILLAGE, VILLAGE, Desk
from tests.web.conftest import Clock
from tests.web.officers.clerk import Clerk
from web.officers.notices import open_chat
from web.officers.queue import PAGE


def listed(clerk: Clerk) -> list[str]:
    """Return the numbers of the cases that the page lists, in their order."""
    return re.findall(r'<a class="num" href="/desk/case/(\d+)">', clerk.page.text)


def test_today_shows_what_waits_with_the_urgent_first(village: Clerk, desk: Desk) -> None:
    calm = desk.submit(submission_id="calm")
    urgent = desk.submit(submission_id="urgent")
    desk.do(urgent, "village", UrgentMark("没处住"))
    elsewhere = desk.submit(submission_id="elsewhere", area_code=SISTER_VILLAGE)
    village.open("/desk")
    assert listed(village) == [urgent.receipt, calm.receipt]
    assert elsewhere.receipt not in village.page.text
    assert re.search(r"<b>2</b>等我办", village.page.text)
    assert re.search(r"<b>2</b>超期", village.page.text)


def test_an_empty_desk_says_so_and_teaches(village: Clerk) -> None:
    assert "现在没有等您办的件" in village.open("/desk")
    assert "没有这样的件" in village.open("/desk/queue?urgent=1")
    assert "先开 民主评议会" in village.open("/desk/notices/new")


def test_filters_hold_together_and_nonsense_in_the_address_is_left_out(village: Clerk, desk: Desk) -> None:
    mine = desk.do(desk.submit(submission_id="a"), "village", Acknowledgement())
    free = desk.submit(submission_id="b")
    for query, expected in {
        "": {mine.receipt, free.receipt},
        "mine=1": {mine.receipt},
        "unclaimed=1": {free.receipt},
        "state=acknowledged&due=overdue": {mine.receipt},
        "state=acknowledged&unclaimed=1": set(),
        "area=620422101201&urgent=1": set(),
        "done=1": set(),
        "state=1;DROP&due=never&page=-3&area='": {mine.receipt, free.receipt},
    }.items():
        village.open(f"/desk/queue?{query}")
        assert set(listed(village)) == expected, query


def test_the_queue_is_paged(village: Clerk, desk: Desk) -> None:
    receipts = {desk.submit(submission_id=f"s{number}").receipt for number in range(PAGE + 2)}
    village.open("/desk/queue")
    first = listed(village)
    village.open("/desk/queue?page=2")
    assert len(first) == PAGE
    assert {*first, *listed(village)} == receipts
    village.open("/desk/queue?page=999999")
    assert len(listed(village)) == 2


def test_a_case_is_found_by_number_name_and_telephone_but_not_from_another_area(
    village: Clerk, clerk: Callable[[str], Clerk], desk: Desk
) -> None:
    case = desk.submit()
    stranger = clerk("stranger")
    for text in (case.receipt, f"{case.receipt[:3]} {case.receipt[3:7]} {case.receipt[7:]}", "苏秀英", "138-1234-5678"):
        village.open("/desk")
        village.post("/desk/find", {"q": text})
        assert village.page.url.path == f"/desk/case/{case.receipt}", text
        stranger.open("/desk")
        assert "您管的地方里没有找到" in stranger.post("/desk/find", {"q": text})
        assert stranger.status == 404
    village.open("/desk")
    assert "没有找到" in village.post("/desk/find", {"q": "苏"})


def test_many_are_claimed_at_once_with_a_result_for_each(village: Clerk, desk: Desk) -> None:
    free = [desk.submit(submission_id=f"free{number}") for number in range(3)]
    held = desk.do(desk.submit(submission_id="held"), "colleague", Acknowledgement())
    far = desk.submit(submission_id="far", area_code=SISTER_VILLAGE)
    village.open("/desk/queue")
    chosen = [case.receipt for case in (*free, held, far)]
    said = village.post("/desk/bulk", {"step": "claim", "receipt": chosen})
    assert "领办：办成 3 件，没办成 2 件" in said
    assert "王得福已经领了这个件" in said
    assert "没有找到这个编号的件" in said
    assert {load_case(desk.store, case.id).assignee for case in free} == {desk.village.id}


def test_many_are_handed_over_after_asking_to_whom(village: Clerk, desk: Desk) -> None:
    cases = [desk.do(desk.submit(submission_id=f"s{n}"), "village", Acknowledgement()) for n in range(2)]
    village.open("/desk/queue")
    chosen = [case.receipt for case in cases]
    assert "王得福" in village.post("/desk/bulk", {"step": "transfer", "receipt": chosen})
    fields = {"step": "transfer", "asked": "1", "receipt": chosen, "officer": desk.colleague.id, "reason": "出差"}
    assert "转给同事：办成 2 件" in village.post("/desk/bulk", fields)
    assert {load_case(desk.store, case.id).assignee for case in cases} == {desk.colleague.id}
    village.open("/desk/queue")
    assert "请先勾选几件" in village.post("/desk/bulk", {"step": "claim"})


def test_a_list_is_kept_under_a_name_and_is_ones_own(village: Clerk, clerk: Callable[[str], Clerk], desk: Desk) -> None:
    village.open("/desk/queue?due=overdue&mine=1")
    village.post("/desk/views", {"name": "我的超期", "query": "due=overdue&mine=1&evil=<script>"})
    assert '<a href="/desk/queue?mine=1&amp;due=overdue">我的超期</a>' in village.page.text
    assert "我的超期" not in clerk("colleague").open("/desk/queue")
    village.post("/desk/views", {"name": "我的超期", "query": "due=overdue"})
    assert '<a href="/desk/queue?due=overdue">我的超期</a>' in village.page.text
    assert "/desk/queue?mine=1&amp;due=overdue" not in village.page.text, "of one name there is one"
    for name in ("", "长" * 31):
        assert "没有存：请给这个列表起个名字" in village.post("/desk/views", {"name": name, "query": "mine=1"})
    drop = re.search(r'action="(/desk/views/\w+/drop)"', village.page.text)
    assert drop is not None
    assert "我的超期" not in village.post(drop[1]).partition("常看的列表")[2]


def test_the_table_to_take_along_holds_no_name_and_no_formula(clerk: Callable[[str], Clerk], desk: Desk) -> None:
    desk.submit(householder='=HYPERLINK("http://evil")', story="=1+1")
    county = clerk("county")
    county.open("/desk/queue.csv")
    rows = list(csv.reader(io.StringIO(county.page.text.lstrip("\ufeff"))))
    assert rows[0][0] == "编号"
    assert len(rows) == 2
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert "HYPERLINK" not in county.page.text
    assert "attachment" in county.page.headers["content-disposition"]


def test_areas_open_one_level_at_a_time_within_ones_own(clerk: Callable[[str], Clerk], desk: Desk) -> None:
    desk.submit()
    county = clerk("county")
    assert "郭城驿镇" in county.open("/desk/areas")
    county.open("/desk/areas/620422101")
    assert f"/desk/queue?area={VILLAGE}" in county.page.text
    stranger = clerk("stranger")
    missing = stranger.open("/desk/nowhere")
    for code in ("620422101", "62", "abc", "..%2F620422"):
        assert (stranger.open(f"/desk/areas/{code}"), stranger.status) == (missing, 404), code


def test_changes_are_told_without_a_reload(village: Clerk, desk: Desk, clock: Clock) -> None:
    since = "2026-03-29T00:00:00.000000%2B00:00"
    assert "变化" not in village.open(f"/desk/changes?since={since}")
    desk.do(desk.submit(), "village", Acknowledgement())
    assert "1 件有变化" in village.open(f"/desk/changes?since={since}")


def test_notices_reach_the_console_and_are_read_by_looking(village: Clerk, desk: Desk, clock: Clock) -> None:
    with transaction(desk.store):
        open_chat(desk.store, desk.village, now=clock.now)
    case = desk.submit()
    assert "1 条没看" in village.open("/desk")
    assert f"/desk/case/{case.receipt}" in (village.open("/desk/told") and village.page.text)
    assert "条没看" not in village.open("/desk")


def test_officers_see_finished_cases_only_where_they_ask_for_them(village: Clerk, desk: Desk) -> None:
    case = desk.submit()
    desk.store.db.execute("UPDATE cases SET active = 0 WHERE id = ?", [case.id])
    village.open("/desk/queue")
    assert listed(village) == []
    village.open("/desk/queue?done=1")
    assert listed(village) == [case.receipt]
