"""The tick warns, finds what is late, passes on what nobody works, and tells those above, once each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from structlog.testing import capture_logs

from cases.actions.acknowledge import acknowledge
from cases.actions.claim import claim
from cases.actions.record_leave import record_leave
from cases.actors import Operator, Reporter
from cases.calendar import load_calendar
from cases.case import Case, load_case
from cases.clock import tick
from cases.deadlines import open_deadlines
from cases.details import Announcement, AssistancePlan, NationalEntry, Visit
from cases.history import history
from cases.notices import NoticeKind
from cases.presence import Leave
from cases.states import Event, State
from cases.workflow import load_workflow
from storage import audit
from storage.database import transaction
from tests.cases.conftest import REPORT, Desk


def tick_at(desk: Desk, instant: datetime, *, limit: int = 1000) -> int:
    """Let the clock tick once."""
    with transaction(desk.store):
        return tick(desk.store, instant, limit=limit)


def alarms(desk: Desk, chat: Reporter) -> list[tuple[str, str]]:
    """Return kind and deadline of what the clock told *chat*."""
    return [(item.kind, item.params["deadline"]) for item in desk.told(chat) if "deadline" in item.params]


def claimed(desk: Desk) -> Case:
    """Submit a report that 马志远 takes on."""
    case = desk.submit()
    with transaction(desk.store):
        return claim(desk.store, case.receipt, actor=desk.village, version=1, now=desk.now)


def worked(desk: Desk) -> Case:
    """Submit a report that 马志远 takes on and acknowledges."""
    case = claimed(desk)
    with transaction(desk.store):
        return acknowledge(desk.store, case.receipt, actor=desk.village, version=case.version, now=desk.now)


# The visit is due on Tuesday 2026-03-17 and that day ends at 16:00 UTC.
LAST_MINUTE = datetime(2026, 3, 17, 15, 59, tzinfo=UTC)
MIDNIGHT = LAST_MINUTE + timedelta(minutes=1)
DAY_BEFORE = datetime(2026, 3, 16, 1, tzinfo=UTC)


def test_a_limit_is_late_when_its_day_has_ended_in_china(desk: Desk) -> None:
    case = desk.submit()
    tick_at(desk, LAST_MINUTE)
    assert not any(deadline.is_overdue for deadline in open_deadlines(desk.store, case.id))
    tick_at(desk, MIDNIGHT)
    late = [deadline.key for deadline in open_deadlines(desk.store, case.id) if deadline.is_overdue]
    assert late == ["home_visit"]


def test_the_holder_is_warned_once_the_day_before_and_once_on_the_day(desk: Desk) -> None:
    village, township = desk.bind("village"), desk.bind("township")
    claimed(desk)
    for instant in (DAY_BEFORE - timedelta(days=1), DAY_BEFORE, DAY_BEFORE, LAST_MINUTE, LAST_MINUTE):
        tick_at(desk, instant)
    assert alarms(desk, village) == [
        (NoticeKind.OFFICER_DUE_SOON, "home_visit"),
        (NoticeKind.OFFICER_DUE_TODAY, "home_visit"),
    ]
    assert alarms(desk, township) == []


def test_a_case_that_nobody_holds_goes_up_a_step_earlier(desk: Desk) -> None:
    village, township = desk.bind("village"), desk.bind("township")
    assert desk.submit().offered_to == desk.village.id
    tick_at(desk, DAY_BEFORE)
    assert alarms(desk, village) == alarms(desk, township) == [(NoticeKind.OFFICER_DUE_SOON, "home_visit")]


def test_a_limit_that_ends_after_a_weekend_is_warned_of_on_friday(desk: Desk) -> None:
    village = desk.bind("village")
    friday = datetime(2026, 3, 6, 2, tzinfo=UTC)
    sunday_case = replace(desk, now=friday - timedelta(days=4))
    case = sunday_case.submit(applied_on=date(2026, 3, 2))
    assert case.due_on == date(2026, 3, 9)
    tick_at(desk, friday)
    assert alarms(desk, village) == [(NoticeKind.OFFICER_DUE_SOON, "home_visit")]


def test_of_two_readings_of_a_limit_only_the_earlier_warns_and_both_are_escalated(desk: Desk) -> None:
    village, township = desk.bind("village"), desk.bind("township")
    worked(desk)
    for day in range(23):
        tick_at(desk, desk.now + timedelta(days=day))
    warned = [key for kind, key in alarms(desk, village) if kind == NoticeKind.OFFICER_DUE_SOON]
    assert "whole_process_national" in warned
    assert "whole_process" not in warned
    late = [key for kind, key in alarms(desk, township) if kind == NoticeKind.OFFICER_OVERDUE]
    assert late == ["home_visit", "whole_process_national", "whole_process"]


def test_the_next_level_hears_once_by_number_only(desk: Desk) -> None:
    township, county = desk.bind("township"), desk.bind("county")
    case = worked(desk)
    for instant in (MIDNIGHT, MIDNIGHT, MIDNIGHT + timedelta(days=1)):
        tick_at(desk, instant)
    (item,) = desk.told(township)
    assert item.kind == NoticeKind.OFFICER_OVERDUE
    assert item.params == {
        "receipt": case.receipt,
        "state": "acknowledged",
        "urgent": False,
        "version": 3,
        "due_on": "2026-03-17",
        "deadline": "home_visit",
        "overdue_since": "2026-03-17",
    }
    assert desk.told(county) == []


def test_a_late_review_is_told_to_the_county(desk: Desk) -> None:
    county = desk.bind("county")
    desk.bring_to(State.UNDER_TOWNSHIP_REVIEW)
    tick_at(desk, datetime(2026, 4, 1, tzinfo=UTC))
    assert alarms(desk, county) == [
        (NoticeKind.OFFICER_OVERDUE, "whole_process_national"),
        (NoticeKind.OFFICER_OVERDUE, "whole_process"),
    ]


def test_what_nobody_holds_when_it_is_late_goes_to_who_has_the_least_to_do(desk: Desk) -> None:
    busy = worked(desk)
    late = desk.submit(submission_id="submission-2")
    tick_at(desk, MIDNIGHT)
    assert load_case(desk.store, busy.id).assignee == desk.village.id
    after = load_case(desk.store, late.id)
    assert after.assignee == desk.colleague.id
    assert history(desk.store, late.id)[-1].event is Event.TRANSFERRED


def test_being_late_is_audited_and_changes_no_version_of_a_held_case(desk: Desk) -> None:
    case = worked(desk)
    tick_at(desk, MIDNIGHT)
    last = audit.rows(desk.store, f"case:{case.id}")[-1]
    assert (last.event, last.actor) == ("case.overdue", "clock")
    assert load_case(desk.store, case.id).version == case.version


def test_what_its_holder_left_lying_goes_to_a_colleague_when_it_is_late(desk: Desk) -> None:
    village = desk.bind("village")
    case = claimed(desk)
    tick_at(desk, MIDNIGHT)
    assert load_case(desk.store, case.id).assignee == desk.colleague.id
    assert desk.told(village)[-1].kind == NoticeKind.OFFICER_PASSED_ON


def test_a_household_under_monitoring_comes_back_to_the_queue_when_its_visit_is_near(desk: Desk) -> None:
    case = desk.bring_to(State.MONITORED)
    for who, details in (
        ("village", Announcement(date(2026, 3, 19), "公开栏")),
        ("township", NationalEntry(date(2026, 3, 19), "6204220001")),
        ("village", AssistancePlan(date(2026, 3, 20), "公益性岗位", "马志远")),
    ):
        case = desk.do(case, who, details)
    assert not case.active
    tick_at(desk, datetime(2026, 4, 28, 2, tzinfo=UTC))
    assert load_case(desk.store, case.id).active
    soon = replace(desk, now=desk.now + timedelta(days=29))
    visited = soon.do(case, "village", Visit(date(2026, 4, 28), ("马志远", "王得福"), "老人身体好转，按时吃药"))
    assert (visited.active, visited.due_on) == (False, date(2026, 5, 28))


def test_a_tick_does_a_bounded_number_of_things_what_nobody_holds_first(desk: Desk) -> None:
    held = claimed(desk)
    free = desk.submit(submission_id="submission-2")
    assert tick_at(desk, MIDNIGHT, limit=1) == 1
    late = {case.id for case in (held, free) if any(one.is_overdue for one in open_deadlines(desk.store, case.id))}
    assert late == {free.id}
    assert tick_at(desk, MIDNIGHT, limit=1) == 1
    assert tick_at(desk, MIDNIGHT) == 0


def test_a_case_whose_holder_is_on_leave_passes_to_his_deputy_who_also_hears(desk: Desk) -> None:
    colleague = desk.bind("colleague")
    case = claimed(desk)
    with transaction(desk.store):
        record_leave(
            desk.store,
            desk.village,
            Leave(date(2026, 3, 12), date(2026, 3, 20), desk.colleague),
            actor=Operator(),
            now=desk.now,
        )
    tick_at(desk, desk.now)
    assert load_case(desk.store, case.id).assignee == desk.village.id
    tick_at(desk, desk.now + timedelta(days=2))
    assert load_case(desk.store, case.id).assignee == desk.colleague.id
    assert NoticeKind.OFFICER_ASSIGNED in {item.kind for item in desk.told(colleague)}


def test_a_notice_period_that_has_run_out_is_not_late(desk: Desk) -> None:
    case = desk.bring_to(State.ON_PUBLIC_NOTICE)
    tick_at(desk, datetime(2026, 3, 24, tzinfo=UTC))
    assert [deadline.key for deadline in open_deadlines(desk.store, case.id) if deadline.is_overdue] == []


def test_what_is_finished_is_never_late(desk: Desk) -> None:
    desk.bring_to(State.RISK_RESOLVED)
    desk.bring_to(State.DECLINED, submission_id="submission-2")
    before = tick_at(desk, datetime(2026, 9, 20, tzinfo=UTC))
    assert before == 0, "before anybody has to look back"


def test_a_month_without_a_plan_is_late_though_the_household_is_enrolled(desk: Desk) -> None:
    township = desk.bind("township")
    case = desk.bring_to(State.MONITORED)
    assert (case.active, case.due_on) == (True, date(2026, 4, 29))
    tick_at(desk, datetime(2026, 4, 30, tzinfo=UTC))
    assert alarms(desk, township) == [
        (NoticeKind.OFFICER_OVERDUE, "assistance_plan"),
        (NoticeKind.OFFICER_OVERDUE, "monthly_visit"),
    ]


def test_a_clock_set_back_undoes_nothing_and_repeats_nothing(desk: Desk) -> None:
    case = claimed(desk)
    tick_at(desk, MIDNIGHT)
    assert tick_at(desk, desk.now) == 0
    assert tick_at(desk, MIDNIGHT) == 0
    assert any(deadline.is_overdue for deadline in open_deadlines(desk.store, case.id))


def test_a_case_under_a_variant_without_the_second_reading_warns_of_its_own(desk: Desk) -> None:
    village = desk.bind("village")
    claimed(replace(desk, workflow=load_workflow("national-2021")))
    tick_at(desk, datetime(2026, 3, 24, 2, tzinfo=UTC))
    assert alarms(desk, village) == [(NoticeKind.OFFICER_DUE_SOON, "whole_process")]


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


def test_a_provisional_date_is_counted_again_when_the_calendar_is_there(desk: Desk) -> None:
    december = replace(desk, now=datetime(2026, 12, 28, 2, tzinfo=UTC))
    case = december.submit(applied_on=date(2026, 12, 28))
    assert (case.due_on, case.due_provisional) == (date(2027, 1, 4), True)
    assert tick_at(desk, december.now) == 0
    folder = desk.store.data_dir / "holidays"
    folder.mkdir()
    (folder / "2027.toml").write_text("year = 2027\nrest = [2027-01-01, 2027-01-04]\nwork = []\n", encoding="utf-8")
    load_calendar.cache_clear()
    assert tick_at(desk, december.now) == 1
    after = load_case(desk.store, case.id)
    assert (after.due_on, after.due_provisional) == (date(2027, 1, 6), False)
    assert tick_at(desk, december.now) == 0
