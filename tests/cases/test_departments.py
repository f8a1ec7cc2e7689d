"""Departments and administrators: what they see, what they may do, and who hears of a referral."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.access import access_case, open_file
from cases.actions.appoint_officer import appoint_officer, issue_link
from cases.actions.bind_officer import bind_officer
from cases.actions.record_home_visit import record_home_visit
from cases.actions.record_leave import record_leave
from cases.actions.refer_case import close_referral, print_referral, receive_referral, refer_case, sign_referral
from cases.actions.remove_officer import remove_officer
from cases.actors import Grant, Officer, Operator, Reporter, Role
from cases.case import Case
from cases.details import CrossCheck, HomeVisit, Note
from cases.errors import CaseNotFoundError, DepartmentError, NotAdminError, NotPermittedError, PaperNotFoundError
from cases.history import history
from cases.notices import NoticeKind
from cases.paper import to_text
from cases.presence import Leave
from cases.queue import list_queue
from cases.referrals import Department, NewReferral, Referral, list_referrals
from cases.reminders import remind
from cases.states import State
from storage.database import transaction
from tests.cases.conftest import COUNTY, OTHER_COUNTY, REPORTER, TOWNSHIP, VILLAGE, Desk, appoint

DUE = date(2026, 4, 9)


def of_department(desk: Desk, department: Department, scope: str = COUNTY) -> Officer:
    """Appoint somebody of a department."""
    with transaction(desk.store):
        return appoint_officer(
            desk.store,
            f"{department}干事",
            [Grant(Role.DEPARTMENT, scope)],
            actor=Operator(),
            now=desk.now,
            department=department.value,
        )


def referred(desk: Desk, case: Case, department: Department = Department.DISABLED_FEDERATION) -> Referral:
    """Refer a case."""
    new = NewReferral(department, "评残办证", ("诊断证明",), DUE - timedelta(days=8), DUE)
    with transaction(desk.store):
        return refer_case(desk.store, case.receipt, new, actor=desk.village, now=desk.later)


def test_a_department_sees_what_was_referred_to_it_and_nothing_else(desk: Desk) -> None:
    ours, theirs = of_department(desk, Department.DISABLED_FEDERATION), of_department(desk, Department.EDUCATION)
    elsewhere = of_department(desk, Department.DISABLED_FEDERATION, OTHER_COUNTY)
    case = desk.bring_to(State.ACKNOWLEDGED)
    with pytest.raises(CaseNotFoundError):
        access_case(desk.store, case.receipt, actor=ours)
    number = referred(desk, case).number
    assert open_file(desk.store, case.receipt, officer=ours).masked
    for stranger in (theirs, elsewhere):
        with pytest.raises(CaseNotFoundError):
            access_case(desk.store, case.receipt, actor=stranger)
        assert list_referrals(desk.store, officer=stranger) == []
        with pytest.raises(PaperNotFoundError), transaction(desk.store):
            sign_referral(desk.store, number, on=DUE, actor=stranger, now=desk.later)
    assert list_queue(desk.store, officer=ours, today=DUE) == []
    assert [one.number for one in list_referrals(desk.store, officer=ours)] == [number]


def test_a_department_signs_and_answers_itself_and_works_nothing_else_in_the_case(desk: Desk) -> None:
    ours = of_department(desk, Department.DISABLED_FEDERATION)
    case = desk.bring_to(State.UNDER_VERIFICATION)
    number, on = referred(desk, case).number, date(2026, 3, 30)
    with transaction(desk.store):
        sign_referral(desk.store, number, on=on, actor=ours, now=desk.later)
        close_referral(desk.store, number, "残疾证办好了", on=on, returned=False, actor=ours, now=desk.later)
    assert desk.told()[-1].kind == NoticeKind.REFERRAL_ANSWERED
    case = access_case(desk.store, case.receipt, actor=desk.village)
    as_department = Desk(**{**vars(desk), "county": ours})
    with pytest.raises(NotPermittedError):
        as_department.do(case, "county", CrossCheck(on, "无车"))
    assert as_department.do(case, "county", Note("证在窗口，请来取")).version == case.version + 1


def test_a_department_hears_of_a_referral_and_is_reminded_of_it(desk: Desk) -> None:
    ours, chat = of_department(desk, Department.DISABLED_FEDERATION), Reporter("telegram", "chat-of-department")
    with transaction(desk.store):
        code = issue_link(desk.store, ours, actor=Operator(), now=desk.now)
        bind_officer(desk.store, code, actor=chat, now=desk.now)
    referred(desk, desk.bring_to(State.ACKNOWLEDGED))
    with transaction(desk.store):
        assert remind(desk.store, desk.later + timedelta(days=3)) == 1
    kinds = [item.kind for item in desk.told(chat)]
    assert kinds == [NoticeKind.OFFICER_REFERRAL_SENT, NoticeKind.OFFICER_REFERRAL_WAITING]


def test_what_a_department_asks_of_us_is_answered_beside_the_case(desk: Desk) -> None:
    case = desk.bring_to(State.UNDER_VERIFICATION)
    before = len(desk.told())
    new = NewReferral(Department.CIVIL_AFFAIRS, "低保核查时发现可能返贫，请核实", (), date(2026, 3, 30), DUE)
    with transaction(desk.store):
        referral = receive_referral(desk.store, case.receipt, new, actor=desk.village, now=desk.later)
    assert referral.inbound
    assert referral.signed_on == date(2026, 3, 30)
    on = date(2026, 3, 30)
    with transaction(desk.store):
        close_referral(
            desk.store, referral.number, "已入户，正在认定", on=on, returned=False, actor=desk.village, now=desk.later
        )
        paper = print_referral(desk.store, referral.number, original=True, actor=desk.village, now=desk.later)
    assert len(desk.told()) == before, "the household hears of its case, not of papers between offices"
    said = to_text(paper)
    for text in (
        "转办回复单",
        "低保核查时发现可能返贫",
        "2026年3月11日入户，和监测对象核查一次进行",
        "已入户，正在认定",
    ):
        assert text in said
    notes = [entry.details["text"] for entry in history(desk.store, case.id) if "text" in entry.details]
    assert notes[-1] == f"回复民政转来的第 {referral.number} 号：已入户，正在认定"
    assert REPORTER.chat not in said


def test_one_home_visit_serves_every_department_that_waits_for_an_answer(desk: Desk) -> None:
    case = desk.bring_to(State.ACKNOWLEDGED)
    for department in (Department.CIVIL_AFFAIRS, Department.EDUCATION):
        new = NewReferral(department, "请一并核实", (), date(2026, 3, 30), DUE)
        with transaction(desk.store):
            referral = receive_referral(desk.store, case.receipt, new, actor=desk.village, now=desk.later)
    with transaction(desk.store):
        close_referral(
            desk.store, referral.number, "已在读", on=DUE - timedelta(days=10), returned=False, actor=desk.village,
            now=desk.later,
        )  # fmt: skip
    visit = HomeVisit(date(2026, 3, 30), "属实。", joint_with=("残联",))
    with transaction(desk.store):
        record_home_visit(desk.store, case.receipt, visit, actor=desk.village, version=None, now=desk.later)
    assert history(desk.store, case.id)[-1].details["joint_with"] == ["残联", "民政"]


def test_an_administrator_appoints_within_his_area_and_reads_no_case(desk: Desk) -> None:
    admin = appoint(desk.store, desk.now, "管理员", (Role.ADMIN, TOWNSHIP))
    case = desk.submit()
    with pytest.raises(CaseNotFoundError):
        access_case(desk.store, case.receipt, actor=admin)
    with transaction(desk.store):
        fresh = appoint_officer(desk.store, "新干部", [Grant(Role.VILLAGE, VILLAGE)], actor=admin, now=desk.now)
        record_leave(desk.store, fresh, Leave(date(2026, 4, 1), date(2026, 4, 3)), actor=admin, now=desk.now)
        assert remove_officer(desk.store, fresh, actor=admin, now=desk.now) == 0
    for grants in ([Grant(Role.COUNTY, COUNTY)], [Grant(Role.VILLAGE, VILLAGE), Grant(Role.TOWNSHIP, COUNTY + "102")]):
        with pytest.raises(NotAdminError), transaction(desk.store):
            appoint_officer(desk.store, "越权", grants, actor=admin, now=desk.now)
    with pytest.raises(NotAdminError), transaction(desk.store):
        remove_officer(desk.store, desk.county, actor=admin, now=desk.now)


@pytest.mark.parametrize(("role", "department"), [(Role.DEPARTMENT, ""), (Role.COUNTY, "民政")])
def test_only_the_role_of_a_department_has_one(desk: Desk, role: Role, department: str) -> None:
    with pytest.raises(DepartmentError), transaction(desk.store):
        appoint_officer(
            desk.store, "某人", [Grant(role, COUNTY)], actor=Operator(), now=desk.now, department=department
        )
