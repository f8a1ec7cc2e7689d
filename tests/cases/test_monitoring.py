"""The time under monitoring: measures that fit, people who change, visits that come round, papers that run out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases.actions.follow_up import FollowUp, follow_up
from cases.case import Case
from cases.deadlines import open_deadlines
from cases.details import (
    AssistanceMeasure,
    ExpiringPaper,
    MeasureKind,
    Outlook,
    Reassessment,
    SupportChange,
    Visit,
)
from cases.details.describing import WrittenType, written_fields
from cases.errors import MissingFieldsError, NotPossibleError
from cases.history import history
from cases.monitoring.ledger import ledger_of
from cases.monitoring.measures import all_measures, suggested_measures
from cases.notices import NoticeKind
from cases.reminders import remind
from cases.report import Cause
from cases.states import Event, State
from cases.tasks import TaskKind, open_tasks
from storage.database import transaction
from tests.cases.conftest import Desk

DAY = date(2026, 3, 25)


def followed(desk: Desk, case: Case, record: FollowUp) -> Case:
    """Let the village write something down."""
    with transaction(desk.store):
        return follow_up(desk.store, case.receipt, record, actor=desk.village, version=case.version, now=desk.later)


def due(desk: Desk, case: Case) -> dict[str, date]:
    """Return when each running limit ends."""
    return {deadline.key: deadline.due.date for deadline in open_deadlines(desk.store, case.id)}


def test_every_measure_says_where_when_and_who_said_so() -> None:
    for one in all_measures():
        assert one.causes or one.faces
        assert all((one.title, one.what, one.place, one.year, one.source))
    assert {cause for one in all_measures() for cause in one.causes} == set(Cause) - {Cause.OTHER}


@pytest.mark.parametrize(
    ("causes", "sheet", "title", "fits"),
    [
        ((Cause.ILLNESS,), {}, "三重保障：基本医保、大病保险、医疗救助", True),
        ((Cause.ILLNESS,), {}, "国家助学贷款", False),
        ((), {"main_risk": "因病", "second_risks": ["因学"]}, "国家助学贷款", True),
        ((), {"house": "C"}, "农村危房改造", True),
        ((), {"house": "B", "water_minutes": 20}, "农村危房改造", False),
        ((), {"water_minutes": 21}, "饮水安全整改", True),
        ((), {"water_minutes": 20, "water_cut": False}, "饮水安全整改", False),
        ((), {"water_cut": True}, "饮水安全整改", True),
    ],
)
def test_measures_are_suggested_by_risk_house_and_water(
    causes: tuple[Cause, ...], sheet: dict[str, object], title: str, fits: bool
) -> None:
    assert (title in {one.title for one in suggested_measures(causes, sheet)}) is fits


def test_a_new_support_officer_is_told_and_his_card_is_carried_there(desk: Desk) -> None:
    case = followed(desk, desk.bring_to(State.MONITORED), SupportChange(DAY, "王得福", "13900000000", "调离"))
    assert desk.told()[-1].kind == NoticeKind.SUPPORT_CHANGED
    assert desk.told()[-1].params["support_officer"] == "王得福"
    assert TaskKind.HAND_CARD in {task.kind for task in open_tasks(desk.store, case.id)}
    case = followed(desk, case, Visit(DAY, ("王得福",), "好转"))
    assert TaskKind.HAND_CARD in {task.kind for task in open_tasks(desk.store, case.id)}, "a visit without the card"
    case = followed(desk, case, Visit(DAY, ("王得福",), "好转", card_given_on=DAY))
    assert TaskKind.HAND_CARD not in {task.kind for task in open_tasks(desk.store, case.id)}
    case = followed(desk, case, SupportChange(DAY, "马志远"))
    assert TaskKind.HAND_CARD in {task.kind for task in open_tasks(desk.store, case.id)}, "whenever he changes"


def test_visits_and_second_looks_are_counted_anew_from_their_day(desk: Desk) -> None:
    case = desk.bring_to(State.MONITORED)
    before = due(desk, case)
    case = followed(desk, case, Visit(DAY, ("马志远", "王得福"), "好转"))
    assert due(desk, case)["monthly_visit"] == DAY + timedelta(days=30)
    case = followed(desk, case, Reassessment(DAY, Outlook.AT_RISK, "还在吃药"))
    assert due(desk, case)["reassessment"] == DAY + timedelta(days=183) < before["reassessment"] + timedelta(days=1)


def test_after_the_end_somebody_looks_back_once(desk: Desk) -> None:
    case = desk.bring_to(State.RISK_RESOLVED)
    assert set(due(desk, case)) == {"look_back"}
    case = followed(desk, case, Reassessment(date(2026, 3, 30), Outlook.STABLE, "收入稳定"))
    assert due(desk, case) == {}


def test_a_paper_is_reminded_of_once_a_month_before_it_runs_out(desk: Desk) -> None:
    village, case = desk.bind("village"), desk.bring_to(State.MONITORED)
    expires = date(2026, 8, 31)
    followed(desk, case, ExpiringPaper("低保证年审", expires))
    reminded = []
    for days in (31, 30, 29, 0):
        with transaction(desk.store):
            instant = desk.later + (expires - timedelta(days=days) - date(2026, 3, 30))
            reminded.append(remind(desk.store, instant))
    assert reminded == [0, 1, 0, 0]
    (told,) = [item for item in desk.told(village) if item.kind == NoticeKind.OFFICER_PAPER_EXPIRES]
    assert told.params["expires_on"] == "2026-08-31"
    assert "低保" not in str(told.params)


def test_the_ledger_says_what_was_written_late_and_what_ran_out(desk: Desk) -> None:
    case = desk.bring_to(State.MONITORED)
    measure = AssistanceMeasure(DAY, MeasureKind.WORK, "护林员岗位", "500", "乡镇")
    case = followed(desk, case, measure)
    case = followed(desk, case, ExpiringPaper("残疾证", date(2026, 6, 1)))
    lines = ledger_of(history(desk.store, case.id), date(2026, 6, 2))
    assert [(line.what, line.late, line.by) for line in lines] == [
        ("措施", True, "马志远"),
        ("证件（已过期）", False, "马志远"),
    ]


def test_what_is_written_down_must_be_whole_and_only_under_monitoring(desk: Desk) -> None:
    case = desk.bring_to(State.MONITORED)
    with pytest.raises(MissingFieldsError) as refused:
        followed(desk, case, AssistanceMeasure(DAY, what="岗位"))
    assert refused.value.fields == ("kind", "unit_in_charge")
    early = replace(desk).submit(submission_id="submission-2")
    with pytest.raises(NotPossibleError):
        followed(desk, early, Visit(DAY, ("马志远",), "好转"))


@pytest.mark.parametrize("event", Event)
def test_every_field_of_every_event_describes_itself(event: Event) -> None:
    for field in written_fields(event):
        assert field.label
        assert field.help
        assert bool(field.choices) is (field.type is WrittenType.CHOICE)
