"""What comes before a new report goes on: a household that nobody asked, a flood from one phone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.actions.own_case import reinstate
from cases.actions.perform import perform
from cases.actors import Reporter
from cases.case import Case
from cases.details import (
    Acknowledgement,
    Admission,
    CallBack,
    CallOutcome,
    Claim,
    HouseholdAnswer,
    HouseholdAsked,
    UrgentMark,
)
from cases.errors import NoTaskError, NotPermittedError, NotPossibleError, SecondPersonError, TasksOpenError
from cases.notices import NoticeKind
from cases.progress import progress_of_chat
from cases.queue import QueueFilter, count_queue, list_queue
from cases.report import Approach, Danger, Relation
from cases.states import Event, State
from cases.tasks import TaskKind, open_tasks
from storage.database import transaction
from storage.times import local_date
from tests.cases.conftest import REPORTER, Desk

FLOOD = 6
NEIGHBOUR = {"relation": Relation.NEIGHBOUR, "reporter_name": "赵四", "approach": Approach.UNASKED}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Return a desk at which so many reports are a flood."""
    return replace(desk, workflow=replace(desk.workflow, flood_reports=FLOOD))


def kinds(desk: Desk, case: Case) -> set[TaskKind]:
    return {task.kind for task in open_tasks(desk.store, case.id)}


def test_a_neighbours_report_waits_until_the_household_was_asked(desk: Desk) -> None:
    case = desk.submit(**NEIGHBOUR)
    assert TaskKind.ASK_HOUSEHOLD in kinds(desk, case)
    with pytest.raises(TasksOpenError):
        desk.do(case, "village", Acknowledgement())
    case = desk.do(case, "village", HouseholdAsked(local_date(desk.later), HouseholdAnswer.WANTS))
    assert desk.do(case, "village", Acknowledgement()).state is State.ACKNOWLEDGED


@pytest.mark.parametrize(
    "changes",
    [
        {"approach": Approach.AGREED},
        {"danger": (Danger.HUNGER,)},
        {"fast_track": True},
        {"relation": Relation.CHILD, "approach": None},
        {"relation": Relation.SELF, "approach": None},
    ],
)
def test_who_knows_of_it_or_is_in_danger_is_not_asked_first(desk: Desk, changes: dict[str, object]) -> None:
    case = desk.submit(**(NEIGHBOUR | changes))
    assert TaskKind.ASK_HOUSEHOLD not in kinds(desk, case)
    with pytest.raises(NoTaskError):
        desk.do(case, "village", HouseholdAsked(local_date(desk.later), HouseholdAnswer.WANTS))


def test_what_turns_urgent_waits_for_no_question(desk: Desk) -> None:
    case = desk.do(desk.submit(**NEIGHBOUR), "village", UrgentMark("断粮"))
    assert TaskKind.ASK_HOUSEHOLD not in kinds(desk, case)


def unwilling(desk: Desk) -> Case:
    """Return a neighbour's report whose household told the village that it does not want it."""
    case = desk.submit(**NEIGHBOUR)
    return desk.do(case, "village", HouseholdAsked(local_date(desk.later), HouseholdAnswer.DECLINES, "不麻烦了"))


def call_back(desk: Desk, case: Case, outcome: CallOutcome, who: str = "township") -> Case:
    answer = CallBack(local_date(desk.later), outcome, "问的是本人。")
    with transaction(desk.store):
        return perform(desk.store, case.receipt, answer, actor=desk.officer(who), version=case.version, now=desk.later)


def test_a_household_that_does_not_want_it_stops_the_case_and_the_reporter_and_the_township_hear(desk: Desk) -> None:
    township = desk.bind("township")
    case = unwilling(desk)
    assert (case.state, kinds(desk, case)) == (
        State.SUBMITTED,
        {TaskKind.SIGN_CONSENT, TaskKind.ASK_HOUSEHOLD, TaskKind.CALL_BACK},
    )
    with pytest.raises(TasksOpenError):
        desk.do(case, "village", Acknowledgement())
    assert desk.told()[-1].kind == NoticeKind.HOUSEHOLD_UNWILLING
    assert desk.told(township)[-1].kind == NoticeKind.OFFICER_CALL_BACK
    assert [found.unwilling for found in progress_of_chat(desk.store, REPORTER)] == [True]


def test_only_after_the_township_heard_the_same_the_case_ends(desk: Desk) -> None:
    case = call_back(desk, unwilling(desk), CallOutcome.CONFIRMED)
    assert (case.state, case.active, kinds(desk, case)) == (State.WITHDRAWN, False, set())
    told = desk.told()[-1]
    assert told.kind == NoticeKind.HOUSEHOLD_DECLINED
    assert not {"answer", "text", "asked_on"} & set(told.params)
    seen = progress_of_chat(desk.store, REPORTER)[0]
    assert (seen.unwilling, Event.REINSTATED in seen.may) == (True, False)
    with pytest.raises(NotPossibleError), transaction(desk.store):
        reinstate(desk.store, case.receipt, actor=REPORTER, now=desk.later)
    again = desk.submit(**NEIGHBOUR, submission_id="again")
    assert again.state is State.SUBMITTED


def test_what_the_township_hears_otherwise_lets_the_case_go_on(desk: Desk) -> None:
    case = call_back(desk, unwilling(desk), CallOutcome.DENIED)
    assert desk.do(case, "village", Acknowledgement()).state is State.ACKNOWLEDGED


def test_a_household_that_was_not_reached_is_called_again(desk: Desk) -> None:
    case = call_back(desk, unwilling(desk), CallOutcome.UNREACHED)
    assert TaskKind.CALL_BACK in kinds(desk, case)
    assert call_back(desk, case, CallOutcome.CONFIRMED).state is State.WITHDRAWN


def test_who_asked_first_does_not_ask_the_second_time(desk: Desk) -> None:
    case = desk.submit(**NEIGHBOUR)
    case = desk.do(case, "township", HouseholdAsked(local_date(desk.later), HouseholdAnswer.DECLINES))
    with pytest.raises(SecondPersonError):
        call_back(desk, case, CallOutcome.CONFIRMED)
    assert call_back(desk, case, CallOutcome.CONFIRMED, "second_township").state is State.WITHDRAWN


def test_a_household_changes_its_mind_and_danger_waits_for_no_answer(desk: Desk) -> None:
    case = desk.do(unwilling(desk), "village", HouseholdAsked(local_date(desk.later), HouseholdAnswer.WANTS))
    case = desk.do(case, "village", Acknowledgement())
    assert call_back(desk, case, CallOutcome.CONFIRMED).state is State.ACKNOWLEDGED
    other = desk.submit(**NEIGHBOUR, submission_id="other", phone="13700000001")
    other = desk.do(other, "village", HouseholdAsked(local_date(desk.later), HouseholdAnswer.DECLINES))
    other = desk.do(other, "village", UrgentMark("断粮"))
    assert desk.do(other, "village", Acknowledgement()).state is State.ACKNOWLEDGED


def flood(desk: Desk, reports: int, **changes: object) -> list[Case]:
    return [desk.submit(submission_id=f"flood-{number}", **changes) for number in range(reports)]


def listed(desk: Desk, who: str, *, aside: bool = False) -> list[str]:
    wanted = QueueFilter(aside=aside)
    officer, today = desk.officer(who), local_date(desk.later)
    items = list_queue(desk.store, officer=officer, today=today, wanted=wanted)
    assert len(items) == count_queue(desk.store, officer=officer, today=today, wanted=wanted)
    return [item.case.receipt for item in items]


@pytest.mark.parametrize("one", [{"phone": "13900000001"}, {"tell": Reporter("web", "one-phone")}])
def test_a_flood_from_one_phone_is_kept_whole_and_put_aside(desk: Desk, one: dict[str, object]) -> None:
    holders, township = (desk.bind("village"), desk.bind("colleague")), desk.bind("township")
    cases = [
        desk.submit(
            **({"submission_id": f"f-{n}", "phone": f"1390000{n:04}", "tell": Reporter("web", f"chat-{n}")} | one)
        )
        for n in range(10)
    ]
    first = FLOOD - 1
    assert set(listed(desk, "village")) == {case.receipt for case in cases[:first]}
    assert set(listed(desk, "township", aside=True)) == {case.receipt for case in cases[first:]}
    assert [item.kind for item in desk.told(township)] == ["officer.flood"]
    heard = {item.params["receipt"] for chat in holders for item in desk.told(chat)}
    assert heard == {case.receipt for case in cases[:first]}
    assert all(desk.told(chat) for chat in {Reporter("web", f"chat-{n}") for n in range(10)} if "tell" not in one)


def test_only_the_township_lets_in_what_was_put_aside(desk: Desk) -> None:
    holders = desk.bind("village"), desk.bind("colleague")
    case = flood(desk, FLOOD)[-1]
    for step in (Claim(), Acknowledgement()):
        with pytest.raises(TasksOpenError):
            desk.do(case, "village", step)
    with pytest.raises(NotPermittedError):
        desk.do(case, "village", Admission("都是真的。"))
    before = [item.id for chat in holders for item in desk.told(chat)]
    with transaction(desk.store):
        case = perform(
            desk.store, case.receipt, Admission("问过了，是真的。"), actor=desk.township, version=None, now=desk.later
        )
    assert case.receipt in listed(desk, "village")
    assert listed(desk, "township", aside=True) == []
    told = [item for chat in holders for item in desk.told(chat) if item.id not in before]
    assert [(item.kind, item.params["receipt"]) for item in told] == [("officer.waiting", case.receipt)]
    assert desk.do(case, "village", Acknowledgement()).state is State.ACKNOWLEDGED


def test_danger_is_never_put_aside(desk: Desk) -> None:
    flood(desk, FLOOD)
    assert TaskKind.CHECK_FLOOD not in kinds(desk, desk.submit(submission_id="danger", danger=(Danger.HOMELESS,)))


def test_an_officer_going_from_door_to_door_makes_no_flood(desk: Desk) -> None:
    chat = desk.bind("village")
    cases = [desk.submit(submission_id=f"d-{n}", tell=chat, phone=f"1380000{n:04}") for n in range(10)]
    assert not any(TaskKind.CHECK_FLOOD in kinds(desk, case) for case in cases)


def test_reports_far_apart_make_no_flood(desk: Desk) -> None:
    for number in range(FLOOD):
        later = replace(desk, now=desk.now + timedelta(minutes=number * desk.workflow.flood_minutes))
        case = later.submit(submission_id=f"apart-{number}")
        assert TaskKind.CHECK_FLOOD not in kinds(desk, case)
