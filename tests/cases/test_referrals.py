"""A referral from the day it is sent to the answer that the household hears."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases.actions.refer_case import close_referral, print_referral, refer_case, sign_referral
from cases.case import Case
from cases.errors import (
    MissingFieldsError,
    NotPermittedError,
    PaperNotFoundError,
    PaperStateError,
    WrongDateError,
)
from cases.history import history
from cases.notices import NoticeKind
from cases.paper import to_text
from cases.referrals import Department, NewReferral, Referral, access_referral, list_referrals
from cases.reminders import remind
from cases.states import Event, State
from cases.tasks import TaskKind, open_tasks
from storage import audit
from storage.database import transaction
from tests.cases.conftest import Desk
from tests.cases.papers import again, events, today


@pytest.fixture
def case(desk: Desk) -> Case:
    """Return a case in the hands of its village."""
    return desk.bring_to(State.ACKNOWLEDGED)


def send(desk: Desk, case: Case, who: str = "village", **changes: object) -> Referral:
    """Refer a case: to be signed for in two days, answered in ten."""
    day = today(desk)
    new = NewReferral(
        Department.DISABLED_FEDERATION,
        "请评残办证",
        ("诊断证明复印件",),
        day + timedelta(days=2),
        day + timedelta(days=10),
    )
    with transaction(desk.store):
        return refer_case(
            desk.store,
            case.receipt,
            replace(new, **changes),  # type: ignore[arg-type]
            actor=desk.officer(who),
            now=desk.later,
        )


def sign(desk: Desk, referral: Referral, on: date | None = None) -> Referral:
    """Sign for a referral."""
    with transaction(desk.store):
        return sign_referral(desk.store, referral.number, on=on or today(desk), actor=desk.township, now=desk.later)


def close(desk: Desk, referral: Referral, text: str = "残疾证办下来了", *, returned: bool = False) -> Referral:
    """Write down what came of a referral."""
    with transaction(desk.store):
        return close_referral(
            desk.store,
            referral.number,
            text,
            on=today(desk),
            returned=returned,
            actor=desk.township,
            now=desk.later,
        )


def test_a_referral_runs_beside_the_case_and_comes_back_into_it(desk: Desk, case: Case) -> None:
    village = desk.bind("village")
    referral = close(desk, sign(desk, send(desk, case)))
    assert not referral.is_open
    after = again(desk, case)
    assert (after.state, after.active) == (case.state, True), "the question of monitoring stays open"
    notes = [entry.details["text"] for entry in history(desk.store, case.id) if entry.event is Event.NOTED]
    assert len(notes) == 3
    assert "残疾证办下来了" in notes[-1]
    assert [item.kind for item in desk.told()][-2:] == [NoticeKind.REFERRED, NoticeKind.REFERRAL_ANSWERED]
    assert [item.kind for item in desk.told(village)] == [NoticeKind.OFFICER_REFERRAL_BACK]
    assert events(desk, f"referral:{referral.number}") == ["referral.sent", "referral.signed", "referral.answered"]


def test_a_household_without_a_chat_is_told_by_a_person(desk: Desk) -> None:
    case = desk.bring_to(State.ACKNOWLEDGED, tell=None)
    close(desk, sign(desk, send(desk, case)))
    asked = [task.about for task in open_tasks(desk.store, case.id) if task.kind is TaskKind.TELL_REPORTER]
    assert asked[-2:] == [NoticeKind.REFERRED, NoticeKind.REFERRAL_ANSWERED]


def test_a_department_returns_with_a_reason_unsigned_or_signed(desk: Desk, case: Case) -> None:
    referral = close(desk, send(desk, case), "缺近三个月病历", returned=True)
    assert (referral.is_open, referral.returned_on) == (False, today(desk))
    assert desk.told()[-1].kind == NoticeKind.REFERRED, "nothing to tell the household yet"
    close(desk, sign(desk, send(desk, case)), "不归本部门", returned=True)


def test_what_is_out_of_order_is_refused(desk: Desk, case: Case) -> None:
    referral = send(desk, case)
    with pytest.raises(PaperStateError, match="not_signed"):
        close(desk, referral)
    sign(desk, referral)
    with pytest.raises(PaperStateError, match="signed_before"):
        sign(desk, referral)
    with pytest.raises(MissingFieldsError):
        close(desk, referral, " ")
    close(desk, referral)
    for again_done in (sign, close):
        with pytest.raises(PaperStateError, match="closed_before"):
            again_done(desk, referral)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"sign_by": -1}, "sign_by"), ({"due_on": 1}, "due_on")],
)
def test_days_that_cannot_be_are_refused(desk: Desk, case: Case, changes: dict[str, int], field: str) -> None:
    days = {name: today(desk) + timedelta(days=days) for name, days in changes.items()}
    with pytest.raises(WrongDateError) as refused:
        send(desk, case, **days)
    assert refused.value.field == field
    with pytest.raises(WrongDateError):
        sign(desk, send(desk, case), today(desk) - timedelta(days=1))


def test_a_referral_says_what_it_asks(desk: Desk, case: Case) -> None:
    with pytest.raises(MissingFieldsError) as refused:
        send(desk, case, asked=" ")
    assert refused.value.fields == ("asked",)


def test_who_may_only_read_refers_nothing(desk: Desk, case: Case) -> None:
    with pytest.raises(NotPermittedError):
        send(desk, case, "inspector")
    assert list_referrals(desk.store, officer=desk.inspector) == []


def test_outside_his_area_an_officer_sees_no_referral(desk: Desk, case: Case) -> None:
    referral = send(desk, case)
    for number in (referral.number, 99):
        with pytest.raises(PaperNotFoundError):
            access_referral(desk.store, number, officer=desk.stranger)
    assert list_referrals(desk.store, officer=desk.stranger) == []


def test_the_paper_names_the_household_and_the_case_notes_who_saw_it(desk: Desk, case: Case) -> None:
    referral = send(desk, case)
    with transaction(desk.store):
        paper = print_referral(desk.store, referral.number, original=True, actor=desk.village, now=desk.later)
    text = to_text(paper)
    for part in ("苏秀英", "请评残办证", "诊断证明复印件"):
        assert part in text
    assert audit.rows(desk.store, f"case:{case.id}")[-1].event == "case.revealed"
    assert events(desk, f"referral:{referral.number}")[-1] == "referral.printed"


def test_people_are_reminded_daily_while_nobody_signs_or_answers(desk: Desk, case: Case) -> None:
    sender, above = desk.bind("village"), desk.bind("township")
    referral = send(desk, case)

    def reminded(days: int) -> int:
        with transaction(desk.store):
            return remind(desk.store, desk.later + timedelta(days=days))

    assert [reminded(days) for days in (2, 3, 3, 4)] == [0, 1, 0, 1]
    sign(desk, referral)
    assert [reminded(days) for days in (5, 10, 11)] == [0, 0, 1]
    close(desk, referral)
    assert reminded(12) == 0
    for chat in (sender, above):
        kinds = [item.kind for item in desk.told(chat)]
        assert kinds.count(NoticeKind.OFFICER_REFERRAL_WAITING) == 3


def test_referrals_are_listed_by_their_day_and_closed_ones_on_demand(desk: Desk, case: Case) -> None:
    late, soon = send(desk, case), send(desk, case, due_on=today(desk) + timedelta(days=3))
    assert [one.number for one in list_referrals(desk.store, officer=desk.county)] == [soon.number, late.number]
    close(desk, sign(desk, soon))
    assert [one.number for one in list_referrals(desk.store, officer=desk.county)] == [late.number]
    assert len(list_referrals(desk.store, officer=desk.county, closed=True)) == 2
