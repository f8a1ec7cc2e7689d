"""The end of monitoring goes the same way as its beginning, by a checklist."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cases.actors import Role
from cases.case import Case
from cases.details import (
    HomeVisit,
    Posting,
    PostingEnd,
    Resolution,
    ResolutionDrop,
    ResolutionProposal,
    Return,
    TownshipApproval,
)
from cases.errors import (
    ChecklistError,
    NotPermittedError,
    NotPossibleError,
    SecondPersonError,
    TasksOpenError,
    TooEarlyError,
)
from cases.notices import NoticeKind
from cases.states import State
from cases.tasks import TaskKind, open_tasks
from cases.workflow import WORKFLOW_FILES, load_workflow
from tests.cases.conftest import CHECKS, COUNTY, TOWNSHIP, Desk, appoint


def enrolled(desk: Desk) -> Case:
    """Bring a case to monitoring with its tasks done."""
    case = desk.bring_to(State.RESOLUTION_PROPOSED)
    return desk.do(case, "village", ResolutionDrop("收入还不稳定。"))


def test_the_checklist_holds_what_several_places_have_and_not_what_only_one_has() -> None:
    checks = load_workflow("gansu-2023").resolution_checks
    assert {key for key, check in checks.items() if not check.on} == {"half_year", "measure"}
    assert all(check.only for check in checks.values() if not check.on)
    assert set(load_workflow("gansu-2023").required_checks()) == set(CHECKS)


def test_every_statement_must_be_confirmed_and_all_missing_ones_are_named(desk: Desk) -> None:
    case = enrolled(desk)
    with pytest.raises(ChecklistError) as refused:
        desk.do(case, "village", ResolutionProposal("收入稳定。", CHECKS[:2]))
    assert refused.value.unmet == tuple(load_workflow("gansu-2023").required_checks().values())[2:]
    assert desk.do(case, "village", ResolutionProposal("收入稳定。", CHECKS)).state is State.RESOLUTION_PROPOSED


def test_a_county_switches_on_what_only_one_place_has(tmp_path: Path) -> None:
    base = (WORKFLOW_FILES / "national-2021.toml").read_text(encoding="utf-8")
    (tmp_path / "national-2021.toml").write_text(base, encoding="utf-8")
    path = tmp_path / "county.toml"
    path.write_text('extends = "national-2021"\n[resolution_checks.half_year]\non = true\n', encoding="utf-8")
    assert "half_year" in load_workflow(str(path)).required_checks()


def test_monitoring_does_not_end_before_its_own_tasks_are_done(desk: Desk) -> None:
    case = desk.bring_to(State.MONITORED)
    with pytest.raises(TasksOpenError) as refused:
        desk.do(case, "village", ResolutionProposal("收入稳定。", CHECKS))
    assert set(refused.value.tasks) == {TaskKind.ANNOUNCE, TaskKind.ENTER_NATIONALLY, TaskKind.MAKE_PLAN}


def test_the_county_cannot_skip_the_chain(desk: Desk) -> None:
    case = enrolled(desk)
    with pytest.raises(NotPossibleError):
        desk.do(case, "county", Resolution("收入稳定。"))
    with pytest.raises(NotPermittedError):
        desk.do(case, "county", ResolutionProposal("收入稳定。", CHECKS))


def test_the_notice_of_resolution_stands_for_its_days(desk: Desk) -> None:
    case = desk.do(desk.bring_to(State.RESOLUTION_APPRAISED), "village", Posting(date(2026, 3, 25), "公开栏"))
    with pytest.raises(TooEarlyError) as refused:
        desk.do(case, "village", PostingEnd(date(2026, 3, 29), objections=0))
    assert refused.value.ends_on == date(2026, 3, 30)


def test_another_person_than_the_townships_decides(desk: Desk) -> None:
    both = appoint(desk.store, desk.now, "身兼两职", (Role.TOWNSHIP, TOWNSHIP), (Role.COUNTY, COUNTY))
    desk_of_both = Desk(**{**vars(desk), "township": both, "county": both})
    case = desk_of_both.do(desk.bring_to(State.RESOLUTION_UNDER_REVIEW), "township", TownshipApproval("同意。"))
    with pytest.raises(SecondPersonError):
        desk_of_both.do(case, "county", Resolution("收入稳定。", "2号"))
    assert desk.do(case, "second_county", Resolution("收入稳定。", "2号")).state is State.RISK_RESOLVED


def test_a_resolution_is_returned_and_dropped_and_the_household_hears(desk: Desk) -> None:
    case = desk.do(desk.bring_to(State.AWAITING_RESOLUTION), "county", Return("收入没有印证。"))
    assert case.state is State.RESOLUTION_UNDER_REVIEW
    case = desk.do(case, "township", Return("请重新入户。"))
    assert case.state is State.RESOLUTION_VERIFIED
    case = desk.do(case, "village", HomeVisit(date(2026, 3, 29), "又住院了。"))
    case = desk.do(case, "village", ResolutionDrop("又住院了。"))
    assert (case.state, case.due_on) == (State.MONITORED, date(2026, 4, 29)), "the monthly visit"
    assert desk.told()[-1].kind == NoticeKind.RESOLUTION_DROPPED


def test_a_resolved_risk_is_announced_and_marked(desk: Desk) -> None:
    case = desk.bring_to(State.RISK_RESOLVED)
    assert {task.kind for task in open_tasks(desk.store, case.id)} == {
        TaskKind.ANNOUNCE_RESOLUTION,
        TaskKind.MARK_RESOLUTION,
    }
    assert case.active
