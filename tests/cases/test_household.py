"""The sheet of the home visit, the income sum, and the concerns that follow from what was written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.actions.record_home_visit import record_home_visit
from cases.actions.record_household import record_household
from cases.case import Case
from cases.concerns import VISITS_A_DAY, ConcernKind, concerns
from cases.details import (
    Acknowledgement,
    Appraisal,
    DeclineProposal,
    HomeVisit,
    HouseholdRecord,
    Posting,
)
from cases.errors import SheetError
from cases.household.form import load_form
from cases.household.income import income_of, income_period
from cases.household.sheet import sheet_problems
from cases.states import State
from storage.database import transaction
from tests.cases.conftest import Desk
from tests.cases.sheets import MEMBER, SHEET

DAY = date(2026, 3, 11)


def recorded(desk: Desk, case: Case, sheet: dict[str, Any] = SHEET, day: date = DAY) -> Case:
    """Hand a sheet in."""
    with transaction(desk.store):
        return record_household(
            desk.store,
            case.receipt,
            HouseholdRecord(day, sheet),
            actor=desk.village,
            version=case.version,
            now=desk.later,
        )


def kinds(desk: Desk, case: Case, today: date = date(2026, 3, 30)) -> set[ConcernKind]:
    """Return the kinds of concern of a case."""
    return {concern.kind for concern in concerns(desk.store, case, today=today)}


def test_a_complete_sheet_is_kept_under_the_case(desk: Desk) -> None:
    case = recorded(desk, desk.bring_to(State.UNDER_VERIFICATION))
    assert desk.store.db["case_incomes"].count == 1
    assert b"11010519491231002X" not in (desk.store.data_dir / "bangfu.db-wal").read_bytes()
    assert case.state is State.UNDER_VERIFICATION


def test_every_field_has_a_label_and_a_help_and_choices_where_it_needs_them() -> None:
    for field in (*load_form().household, *load_form().member):
        assert field.label
        assert field.help
        assert bool(field.choices) == (field.type in {"choice", "many"})


def test_all_that_is_missing_or_wrong_is_named_at_once(desk: Desk) -> None:
    case = desk.bring_to(State.UNDER_VERIFICATION)
    broken = {
        **{key: value for key, value in SHEET.items() if key not in {"wage", "house"}},
        "water_cut": "否",
        "members": [{**MEMBER, "health": "残疾"}, {**MEMBER, "id_number": "110105194912310021"}],
    }
    with pytest.raises(SheetError) as refused:
        recorded(desk, case, broken)
    assert set(refused.value.missing) == {"工资性收入（元）", "住房安全等级", "第 1 个人的残疾类别与等级"}
    assert set(refused.value.wrong) == {"是否断水", "第 2 个人的证件号码"}
    assert desk.store.db["case_incomes"].count == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"people": 3}, "people"),
        ({"members": "两个人"}, "members"),
        ({"wage": -1}, "wage"),
        ({"wage": True}, "wage"),
        ({"song": "x"}, "song"),
        ({"assets": ["飞机"], "assets_note": "飞"}, "assets"),
        ({"intended": "不纳入"}, "not_enrolling_reason"),
        ({"living_address": "县城"}, "address_note"),
        ({"debt": 30000}, "debt_use"),
        ({"assets": ["车辆"]}, "assets_note"),
        ({"uninsured": 1}, "uninsured_who"),
        ({"second_risks": ["因病"]}, "second_risks"),
        ({"second_risks": ["因学", "因残", "其他"]}, "second_risks"),
        ({"visitors": "马志远"}, "visitors"),
        ({"signed": "拒签"}, "signed_note"),
        ({"consent_signed_on": "昨天"}, "consent_signed_on"),
    ],
)
def test_what_cannot_be_is_found(change: dict[str, Any], field: str) -> None:
    assert sheet_problems(SHEET, found_on=DAY) == []
    assert [one.field for one in sheet_problems({**SHEET, **change}, found_on=DAY)] == [field]


def test_a_child_under_fourteen_needs_the_consent_of_a_guardian() -> None:
    child = {**MEMBER, "id_kind": "其他", "id_number": "", "sex": "女", "health": "健康"}
    child["id_number"] = "出生证"

    def problems(**changes: object) -> list[str]:
        sheet = {**SHEET, "members": [MEMBER, {**child, **changes}]}
        return [one.field for one in sheet_problems(sheet, found_on=DAY)]

    assert problems(born_on="2012-03-12") == ["guardian_consent"]
    assert problems(born_on="2012-03-12", guardian_consent=False) == ["guardian_consent"]
    assert problems(born_on="2012-03-12", guardian_consent=True) == []
    assert problems(born_on="2012-03-11") == [], "fourteen years old on the day of the visit"
    assert problems() == ["born_on"]


def test_the_months_are_the_twelve_before_the_month_of_identification() -> None:
    period = income_period(date(2021, 6, 17))
    assert (period.first, period.last) == (date(2020, 6, 1), date(2021, 5, 31))


@given(st.dates(date(2000, 2, 1), date(2100, 1, 1)))
def test_the_months_are_always_twelve_whole_ones(day: date) -> None:
    period = income_period(day)
    assert period.first.day == 1
    assert (period.last + timedelta(days=1)).day == 1
    assert period.last < day
    assert (period.last - period.first).days + 1 in {365, 366}


def test_income_is_shared_by_all_and_out_of_pocket_costs_are_not_taken_off() -> None:
    income = income_of(SHEET, DAY)
    assert income.per_person == Decimal("8300.25")
    assert income.formula == "(12000 + 3000.5 + 0 + 2400 - 800) ÷ 2 = 8300.25"


def test_the_same_items_again_or_at_another_household_are_a_concern(desk: Desk) -> None:
    case = recorded(desk, desk.bring_to(State.UNDER_VERIFICATION))
    assert not kinds(desk, case) & {ConcernKind.SAME_INCOME_AS_BEFORE, ConcernKind.SAME_INCOME_AS_ANOTHER}
    case = recorded(desk, case, {**SHEET, "house": "C"})
    assert ConcernKind.SAME_INCOME_AS_BEFORE in kinds(desk, case)
    other = recorded(desk, desk.bring_to(State.UNDER_VERIFICATION, submission_id="submission-2"))
    assert ConcernKind.SAME_INCOME_AS_ANOTHER in kinds(desk, other)
    case = recorded(desk, case, {**SHEET, "wage": 12100})
    assert ConcernKind.SAME_INCOME_AS_BEFORE not in kinds(desk, case)


def test_two_visitors_who_see_forty_households_in_a_day_are_a_concern(desk: Desk) -> None:
    visit = HomeVisit(DAY, "属实", ("马志远", "王得福"), DAY, DAY)
    for number in range(VISITS_A_DAY):
        case = desk.do(desk.submit(submission_id=f"submission-{number}", tell=None), "village", Acknowledgement())
        if number == VISITS_A_DAY - 1:
            assert ConcernKind.TOO_MANY_VISITS not in kinds(desk, case)
            visit = replace(visit, visitors=("王得福", "马志远 "))
        with transaction(desk.store):
            case = record_home_visit(
                desk.store, case.receipt, visit, actor=desk.village, version=case.version, now=desk.later
            )
    assert [one.count for one in concerns(desk.store, case, today=DAY)] == [VISITS_A_DAY]


def test_dates_that_do_not_follow_each_other_are_concerns(desk: Desk) -> None:
    case = desk.do(desk.submit(), "village", Acknowledgement())
    late, early = date(2026, 3, 20), date(2026, 3, 15)
    visit = HomeVisit(late, "属实", ("马志远",), cross_checked_on=early, consent_signed_on=late)
    case = recorded(desk, desk.do(case, "village", visit), day=early)
    case = desk.do(desk.do(case, "village", Appraisal(late, "同意")), "village", Posting(early, "公开栏"))
    assert kinds(desk, case) >= {
        ConcernKind.ONE_VISITOR,
        ConcernKind.RECORD_BEFORE_VISIT,
        ConcernKind.MEETING_AFTER_NOTICE,
        ConcernKind.COMPARED_BEFORE_CONSENT,
    }
    assert not kinds(desk, desk.bring_to(State.ON_PUBLIC_NOTICE, submission_id="submission-2"))


def test_aid_for_one_in_place_of_monitoring_is_a_concern(desk: Desk) -> None:
    case = recorded(desk, desk.bring_to(State.UNDER_VERIFICATION))
    assert ConcernKind.SINGLE_DIBAO_BESIDE_ILLNESS in kinds(desk, case)
    case = desk.do(case, "village", DeclineProposal("已给临时救助", no_risk="自付少，收入够"))
    assert ConcernKind.AID_INSTEAD_OF_MONITORING in kinds(desk, case)


def test_too_early_and_too_late_an_end_are_concerns(desk: Desk) -> None:
    case = desk.bring_to(State.RESOLUTION_PROPOSED)
    assert ConcernKind.RESOLVED_EARLY in kinds(desk, case)
    waiting = desk.bring_to(State.MONITORED, submission_id="submission-2")
    assert ConcernKind.NOT_LOOKED_AT not in kinds(desk, waiting)
    assert ConcernKind.NOT_LOOKED_AT in kinds(desk, waiting, date(2026, 10, 30))
