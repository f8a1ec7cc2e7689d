"""The tick finds what is late and tells those above, once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from structlog.testing import capture_logs

from cases.clock import tick
from cases.deadlines import open_deadlines
from cases.notices import NoticeKind
from cases.states import State
from storage import audit
from storage.database import transaction
from tests.cases.conftest import REPORT, Desk


def tick_at(desk: Desk, instant: datetime) -> int:
    """Let the clock tick once."""
    with transaction(desk.store):
        return tick(desk.store, instant)


# The visit is due on 2026-03-17 and that day ends at 16:00 UTC.
LAST_MINUTE = datetime(2026, 3, 17, 15, 59, tzinfo=UTC)
MIDNIGHT = LAST_MINUTE + timedelta(minutes=1)


def test_a_limit_is_late_when_its_day_has_ended_in_china(desk: Desk) -> None:
    case = desk.submit()
    assert tick_at(desk, LAST_MINUTE) == 0
    assert tick_at(desk, MIDNIGHT) == 1
    late = [deadline.key for deadline in open_deadlines(desk.store, case.id) if deadline.is_overdue]
    assert late == ["home_visit"]


def test_the_next_level_hears_once_by_number_only(desk: Desk) -> None:
    township, county = desk.bind("township"), desk.bind("county")
    case = desk.submit()
    for instant in (MIDNIGHT, MIDNIGHT, MIDNIGHT + timedelta(days=1)):
        tick_at(desk, instant)
    (item,) = desk.told(township)
    assert item.kind == NoticeKind.OFFICER_OVERDUE
    assert item.params == {
        "receipt": case.receipt,
        "state": "submitted",
        "urgent": False,
        "version": 1,
        "due_on": "2026-03-17",
        "deadline": "home_visit",
        "overdue_since": "2026-03-17",
    }
    assert desk.told(county) == []


def test_a_late_review_is_told_to_the_county(desk: Desk) -> None:
    county = desk.bind("county")
    desk.bring_to(State.UNDER_TOWNSHIP_REVIEW)
    tick_at(desk, datetime(2026, 4, 1, tzinfo=UTC))
    assert [item.params["deadline"] for item in desk.told(county)] == ["whole_process"]


def test_being_late_is_audited_and_changes_no_version(desk: Desk) -> None:
    case = desk.submit()
    tick_at(desk, MIDNIGHT)
    last = audit.rows(desk.store, f"case:{case.id}")[-1]
    assert (last.event, last.actor) == ("case.overdue", "clock")
    assert desk.store.db["case_events"].count == 1


def test_a_notice_period_that_has_run_out_is_not_late(desk: Desk) -> None:
    case = desk.bring_to(State.ON_PUBLIC_NOTICE)
    tick_at(desk, datetime(2026, 3, 30, tzinfo=UTC))
    assert [deadline.key for deadline in open_deadlines(desk.store, case.id) if deadline.is_overdue] == []


def test_what_is_finished_is_never_late(desk: Desk) -> None:
    desk.bring_to(State.MONITORED)
    desk.bring_to(State.DECLINED, submission_id="submission-2")
    assert tick_at(desk, datetime(2027, 1, 1, tzinfo=UTC)) == 0


def test_when_nobody_can_be_reached_the_log_says_so_without_names(desk: Desk) -> None:
    case = desk.submit()
    with capture_logs() as logs:
        tick_at(desk, MIDNIGHT)
    assert logs == [
        {
            "event": "case.escalation_unheard",
            "log_level": "warning",
            "case": case.receipt,
            "deadline": "home_visit",
        }
    ]
    assert REPORT.householder not in str(logs)
