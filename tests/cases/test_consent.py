"""The authorisation is a paper for every grown member, and only the comparison of data waits for it."""

from __future__ import annotations

from datetime import date

import pytest

from cases.access import reveal_file
from cases.consent.authorisation import authorisation, print_authorisation
from cases.details import ConsentSigned, CrossCheck, HomeVisit, HouseholdRecord
from cases.errors import CaseNotFoundError, TasksOpenError
from cases.paper import to_html, to_text
from cases.states import Event, State
from cases.tasks import TaskKind, open_tasks
from storage import audit
from storage.database import transaction
from tests.cases.conftest import Desk

DAY = date(2026, 3, 11)
MEMBERS = [
    {"name": "苏秀英", "relation": "本人", "id_kind": "其他", "born_on": "1960-05-01"},
    {"name": "苏小满", "relation": "孙女", "id_kind": "其他", "born_on": "2014-05-01"},
]


def test_paper_has_a_row_for_each_grown_member_and_room_for_others(desk: Desk) -> None:
    case = desk.bring_to(State.UNDER_VERIFICATION)
    case = desk.do(case, "village", HouseholdRecord(DAY, {"members": MEMBERS}))
    with transaction(desk.store):
        paper = print_authorisation(
            desk.store, case.receipt, village="会宁县会师镇南家咀头村", officer=desk.village, now=desk.later
        )
    assert paper.rows[0][:2] == ("苏秀英", "本人")
    assert "苏小满" not in to_text(paper)
    assert ("", "", "", "", "") in paper.rows
    assert all(word in to_html(paper) for word in ("手印", "监护人", "不收一分钱", "照样受理", case.receipt))
    assert audit.rows(desk.store, f"case:{case.id}")[-1].event == "case.revealed"


def test_paper_is_no_ones_outside_the_area(desk: Desk) -> None:
    case = desk.submit()
    with pytest.raises(CaseNotFoundError), transaction(desk.store):
        print_authorisation(desk.store, case.receipt, village="", officer=desk.stranger, now=desk.later)


def test_paper_can_be_printed_before_the_visit(desk: Desk) -> None:
    case = desk.submit()
    with transaction(desk.store):
        file = reveal_file(desk.store, case.receipt, officer=desk.village, now=desk.now)
    assert set(authorisation(file, village="南家咀头村", today=DAY, head="").rows) == {("", "", "", "", "")}


def test_only_the_comparison_waits_for_the_signature(desk: Desk) -> None:
    case = desk.bring_to(State.ACKNOWLEDGED)
    case = desk.do(case, "village", HomeVisit(DAY, "属实"))
    assert case.state is State.UNDER_VERIFICATION
    assert TaskKind.SIGN_CONSENT in {task.kind for task in open_tasks(desk.store, case.id)}
    with pytest.raises(TasksOpenError) as refused:
        desk.do(case, "county", CrossCheck(DAY, "没有查到"))
    assert refused.value.event is Event.CROSS_CHECKED
    case = desk.do(case, "village", ConsentSigned(DAY))
    desk.do(case, "county", CrossCheck(DAY, "没有查到"))
