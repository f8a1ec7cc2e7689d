"""Tasks beside the main path: what opens them, what does them, and what waits for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cases.actions.own_case import answer_visit
from cases.case import Case
from cases.details import (
    Announcement,
    Appraisal,
    AssistancePlan,
    CallBack,
    CallOutcome,
    Came,
    ConsentSigned,
    CrossCheck,
    DeclineConfirmation,
    DeclineProposal,
    HomeVisit,
    HouseholdRecord,
    NationalEntry,
    Posting,
    PostingEnd,
    TownshipApproval,
    VisitAnswer,
)
from cases.errors import MissingFieldsError, NoTaskError, TasksOpenError
from cases.progress import progress_of_chat
from cases.queue import QueueFilter, list_queue, queue_item
from cases.states import Event, State
from cases.tasks import TaskKind, open_tasks
from cases.workflow import load_workflow
from storage.database import transaction
from tests.cases.conftest import REPORTER, Desk

DAY = date(2026, 3, 11)


def tasks(desk: Desk, case: Case) -> set[TaskKind]:
    """Return the kinds of open task."""
    return {task.kind for task in open_tasks(desk.store, case.id)}


def under_review(desk: Desk) -> Case:
    """Bring a case to the township without written authorisation and comparison."""
    case = desk.do(desk.bring_to(State.ACKNOWLEDGED), "village", HomeVisit(DAY, "属实"))
    case = desk.do(case, "village", HouseholdRecord(DAY, {"members": []}))
    for details in (Appraisal(DAY, "同意"), Posting(DAY, "公开栏"), PostingEnd(date(2026, 3, 17), objections=0)):
        case = desk.do(case, "village", details)
    return case


def test_the_authorisation_is_to_be_signed_from_the_first_day(desk: Desk) -> None:
    assert tasks(desk, desk.submit()) == {TaskKind.SIGN_CONSENT}


def test_no_comparison_without_a_signed_authorisation(desk: Desk) -> None:
    case = under_review(desk)
    with pytest.raises(TasksOpenError) as refused:
        desk.do(case, "county", CrossCheck(DAY, "无车"))
    assert refused.value.tasks == (TaskKind.SIGN_CONSENT,)
    case = desk.do(case, "village", ConsentSigned(DAY))
    assert tasks(desk, desk.do(case, "county", CrossCheck(DAY, "无车"))) == set()


def test_no_comparison_on_the_visit_either_unless_it_was_signed_there(desk: Desk) -> None:
    case = desk.bring_to(State.ACKNOWLEDGED)
    with pytest.raises(TasksOpenError):
        desk.do(case, "village", HomeVisit(DAY, "属实", cross_checked_on=DAY))
    case = desk.do(case, "village", HomeVisit(DAY, "属实", cross_checked_on=DAY, consent_signed_on=DAY))
    assert tasks(desk, case) == {TaskKind.RECORD_HOUSEHOLD}


def test_the_township_waits_for_the_comparison(desk: Desk) -> None:
    case = under_review(desk)
    assert Event.TOWNSHIP_APPROVED not in queue_item(desk.store, case, officer=desk.township).possible
    with pytest.raises(TasksOpenError) as refused:
        desk.do(case, "township", TownshipApproval("同意"))
    assert refused.value.tasks == (TaskKind.CROSS_CHECK,)
    case = desk.do(desk.do(case, "village", ConsentSigned(DAY)), "county", CrossCheck(DAY, "无车"))
    assert desk.do(case, "township", TownshipApproval("同意")).state is State.AWAITING_COUNTY_DECISION


def test_a_task_that_is_not_open_cannot_be_done(desk: Desk) -> None:
    case = desk.bring_to(State.UNDER_VERIFICATION)
    assert Event.CONSENT_SIGNED not in queue_item(desk.store, case, officer=desk.village).possible
    with pytest.raises(NoTaskError):
        desk.do(case, "village", ConsentSigned(DAY))


def test_a_task_lies_on_the_desk_of_who_does_it(desk: Desk) -> None:
    case = under_review(desk)
    waiting = QueueFilter(waiting=True)

    def waits_for(who: str) -> bool:
        found = list_queue(desk.store, officer=desk.officer(who), today=DAY, wanted=waiting)
        return case.receipt in {item.case.receipt for item in found}

    assert waits_for("village"), "the authorisation is to be signed"
    assert waits_for("county"), "the data are to be compared"
    assert not waits_for("inspector")


def test_an_enrolled_household_stays_in_the_queue_until_its_tasks_are_done(desk: Desk) -> None:
    case = desk.bring_to(State.MONITORED)
    assert tasks(desk, case) == {TaskKind.ANNOUNCE, TaskKind.ENTER_NATIONALLY, TaskKind.MAKE_PLAN}
    with pytest.raises(MissingFieldsError) as refused:
        desk.do(case, "township", NationalEntry(date(2026, 3, 19)))
    assert refused.value.fields == ("number",)
    case = desk.do(case, "village", Announcement(date(2026, 3, 19), "公开栏"))
    case = desk.do(case, "township", NationalEntry(date(2026, 3, 19), "6204220001"))
    assert case.active
    case = desk.do(case, "village", AssistancePlan(date(2026, 3, 20), "公益性岗位", "马志远"))
    assert (case.active, case.due_on, tasks(desk, case)) == (False, date(2026, 4, 29), set())


def test_where_a_case_ends_its_tasks_fall_away(desk: Desk) -> None:
    case = desk.do(desk.bring_to(State.ACKNOWLEDGED), "village", DeclineProposal("不在本村"))
    assert TaskKind.SIGN_CONSENT in tasks(desk, case)
    case = desk.do(case, "township", DeclineConfirmation("不在本村"))
    assert tasks(desk, case) == {TaskKind.CALL_BACK}
    case = desk.do(case, "township", CallBack(DAY, CallOutcome.CONFIRMED, "说给本人听了。"))
    assert (case.active, tasks(desk, case)) == (False, set())


def test_a_second_visit_asks_for_nothing_twice(desk: Desk) -> None:
    case = desk.bring_to(State.UNDER_VERIFICATION)
    assert tasks(desk, desk.do(case, "village", HomeVisit(DAY, "再去一次"))) == {TaskKind.RECORD_HOUSEHOLD}


def test_the_household_reads_of_the_tasks_that_concern_it(desk: Desk) -> None:
    case = under_review(desk)
    (progress,) = progress_of_chat(desk.store, REPORTER)
    assert progress.tasks == (TaskKind.SIGN_CONSENT, TaskKind.CROSS_CHECK)
    assert progress.active
    desk.do(case, "village", ConsentSigned(DAY))
    (progress,) = progress_of_chat(desk.store, REPORTER)
    assert progress.tasks == (TaskKind.CROSS_CHECK,)


def test_an_enrolled_household_cannot_take_its_report_back(desk: Desk) -> None:
    desk.bring_to(State.MONITORED)
    (progress,) = progress_of_chat(desk.store, REPORTER)
    assert not progress.active


def test_a_case_keeps_the_tasks_of_the_version_it_started_under(desk: Desk) -> None:
    case = desk.submit()
    edited = load_workflow("national-2021")
    other = replace(desk, workflow=edited).submit(submission_id="submission-2")
    assert (case.workflow, other.workflow) == ("gansu-2023", "national-2021")
    assert queue_item(desk.store, case, officer=desk.village).tasks == (TaskKind.SIGN_CONSENT,)


def test_a_household_that_says_after_its_decline_that_nobody_came_is_on_the_townships_desk_again(desk: Desk) -> None:
    case = desk.bring_to(State.DECLINED)
    case = desk.do(case, "second_township", CallBack(desk.later.date(), CallOutcome.CONFIRMED, "知道了。"))
    waiting = QueueFilter(waiting=True)
    today = desk.later.date()
    assert list_queue(desk.store, officer=desk.township, today=today, wanted=waiting) == []
    with transaction(desk.store):
        answer_visit(desk.store, case.receipt, VisitAnswer(Came.NO), actor=REPORTER, now=desk.later)
    (item,) = list_queue(desk.store, officer=desk.township, today=today, wanted=waiting)
    assert item.tasks == (TaskKind.CALL_BACK,)
