"""What is still to be told a household by a person, and its last result, each as the notice that it is."""

from __future__ import annotations

from cases.access import reveal_file
from cases.actions.refer_case import refer_case
from cases.details import Acknowledgement
from cases.notices import NoticeKind
from cases.referrals import Department, NewReferral
from cases.states import State
from cases.to_tell import ToTell, last_result, to_tell
from storage.database import transaction
from storage.times import local_date
from tests.cases.conftest import Desk


def told(desk: Desk, receipt: str) -> list[ToTell]:
    """Return what is still to be told of a case."""
    with transaction(desk.store):
        return to_tell(desk.store, reveal_file(desk.store, receipt, officer=desk.township, now=desk.later))


def test_a_household_without_a_chat_is_told_each_thing_in_its_own_words(desk: Desk) -> None:
    case = desk.bring_to(State.DECLINED, tell=None)
    things = told(desk, case.receipt)
    assert [one.kind for one in things] == [NoticeKind.RECEIVED, NoticeKind.ACKNOWLEDGED, NoticeKind.DECLINED]
    assert things[0].params["code"]
    assert things[-1].params["reason"] == "不在本村。"


def test_a_household_with_a_chat_has_nothing_to_be_told_but_its_result_again(desk: Desk) -> None:
    case = desk.bring_to(State.DECLINED)
    assert told(desk, case.receipt) == []
    with transaction(desk.store):
        file = reveal_file(desk.store, case.receipt, officer=desk.township, now=desk.later)
    result = last_result(desk.store, file)
    assert result is not None
    assert result.params["reason"] == "不在本村。"


def test_before_a_result_there_is_none_to_tell_again(desk: Desk) -> None:
    case = desk.submit()
    with transaction(desk.store):
        file = reveal_file(desk.store, case.receipt, officer=desk.township, now=desk.later)
    assert last_result(desk.store, file) is None


def test_a_referral_is_told_with_its_department(desk: Desk) -> None:
    case = desk.do(desk.submit(tell=None), "village", Acknowledgement())
    today = local_date(desk.later)
    with transaction(desk.store):
        new = NewReferral(Department.CIVIL_AFFAIRS, "请看低保", (), today, today)
        refer_case(desk.store, case.receipt, new, actor=desk.village, now=desk.later)
    referred = next(one for one in told(desk, case.receipt) if one.kind is NoticeKind.REFERRED)
    assert referred.params["department"] == "民政"
