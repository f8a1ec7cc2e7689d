"""What was entered more than two working days after the application shows 补录 wherever the case is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.desk.case_text import case_page, queue_line
from cases.access import open_file
from cases.consent.authorisation import authorisation
from cases.deadlines import open_deadlines
from cases.ledgers.rows import REPORT_COLUMNS, report_rows
from cases.paper import numbered
from cases.queue import list_queue
from cases.states import State
from places.gazetteer import load_gazetteer
from storage.times import local_date
from tests.cases.conftest import Desk


@pytest.mark.parametrize(
    ("applied", "entered", "late"),
    [
        (date(2026, 3, 13), datetime(2026, 3, 17, 2, tzinfo=UTC), False),  # Friday to Tuesday
        (date(2026, 3, 13), datetime(2026, 3, 18, 2, tzinfo=UTC), True),
        (date(2026, 3, 13), datetime(2026, 3, 17, 15, 59, tzinfo=UTC), False),
        (date(2026, 3, 13), datetime(2026, 3, 17, 16, 1, tzinfo=UTC), True),  # after midnight in Shanghai
        (date(2026, 9, 30), datetime(2026, 10, 7, 2, tzinfo=UTC), False),  # the week of rest between
        (date(2026, 3, 17), datetime(2026, 3, 17, 2, tzinfo=UTC), False),
    ],
)
def test_days_at_rest_do_not_count(desk: Desk, applied: date, entered: datetime, late: bool) -> None:
    assert replace(desk, now=entered).submit(applied_on=applied).entered_late is late


def test_a_late_case_is_marked_on_every_list_and_paper_for_ever(desk: Desk) -> None:
    late = desk.bring_to(State.UNDER_VERIFICATION, applied_on=date(2026, 3, 2))
    today, gazetteer = local_date(desk.later), load_gazetteer()
    (item,) = list_queue(desk.store, officer=desk.village, today=today)
    file = open_file(desk.store, late.receipt, officer=desk.village)
    page = case_page(desk.store, file, item, gazetteer, [], today=today)
    row = dict(zip(REPORT_COLUMNS, next(report_rows(file, "", "")), strict=True))
    paper = authorisation(file, village="", today=today, head="")
    assert "【补录】" in queue_line(desk.store, item, gazetteer, today)
    assert "申报：3月2日" in page
    assert "补录：3月10日" in page
    assert row["补录"] == "补录"
    assert row["申报日期"] == "2026-03-02"
    assert f"{late.receipt}（补录）" in "".join(paper.opening)
    assert numbered(late) == f"{late.receipt}（补录）"


def test_the_clock_runs_from_the_application(desk: Desk) -> None:
    early, late = desk.submit(), desk.submit(submission_id="paper", applied_on=date(2026, 3, 2))
    due = [{one.key: one.due.date for one in open_deadlines(desk.store, case.id)} for case in (early, late)]
    assert due[1]["whole_process"] < due[0]["whole_process"]
    assert not early.entered_late
