"""What lies before an officer, and in which order."""

from __future__ import annotations

from datetime import date

import pytest

from cases.actions.claim import claim
from cases.case import Case
from cases.details import Acknowledgement, CallBack, CallOutcome, DeclineProposal, UrgentMark
from cases.duplicates import possible_duplicates
from cases.queue import Due, QueueFilter, list_queue
from cases.states import Event, State
from storage.database import transaction
from tests.cases.conftest import OTHER_COUNTY, SISTER_VILLAGE, VILLAGE, Desk

TODAY = date(2026, 3, 17)


def receipts(desk: Desk, who: str, wanted: QueueFilter | None = None, today: date = TODAY) -> list[str]:
    """Return the numbers that the officer called *who* sees."""
    items = list_queue(desk.store, officer=desk.officer(who), today=today, wanted=wanted)
    return [item.case.receipt for item in items]


def numbered(desk: Desk, number: int, **changes: object) -> Case:
    """Submit another report."""
    return desk.submit(submission_id=f"submission-{number}", **changes)


def test_each_officer_lists_the_cases_of_his_area(desk: Desk) -> None:
    here = numbered(desk, 1)
    sister = numbered(desk, 2, area_code=SISTER_VILLAGE)
    numbered(desk, 3, area_code=OTHER_COUNTY)
    assert receipts(desk, "village") == [here.receipt]
    assert receipts(desk, "stranger") == [sister.receipt]
    for who in ("township", "county", "inspector"):
        assert set(receipts(desk, who)) == {here.receipt, sister.receipt}


def test_urgent_comes_first_then_the_date_then_what_nobody_holds(desk: Desk) -> None:
    held = desk.do(numbered(desk, 1), "village", Acknowledgement())
    free = numbered(desk, 2)
    early = numbered(desk, 3, applied_on=date(2026, 3, 6))
    urgent = desk.do(numbered(desk, 4), "village", UrgentMark("断粮"))
    assert receipts(desk, "village") == [case.receipt for case in (urgent, early, free, held)]


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 3, 17), Due.TODAY),
        (date(2026, 3, 16), Due.TOMORROW),
        (date(2026, 3, 18), Due.OVERDUE),
        (date(2026, 3, 15), None),
    ],
)
def test_cases_are_found_by_when_they_fall_due(desk: Desk, today: date, due: Due | None) -> None:
    case = desk.submit()
    assert case.due_on == date(2026, 3, 17)
    for wanted in Due:
        expected = [case.receipt] if wanted is due else []
        assert receipts(desk, "village", QueueFilter(due=wanted), today) == expected


def test_mine_and_unclaimed_part_the_queue(desk: Desk) -> None:
    mine, free = numbered(desk, 1), numbered(desk, 2)
    with transaction(desk.store):
        claim(desk.store, mine.receipt, actor=desk.village, version=1, now=desk.now)
    assert receipts(desk, "village", QueueFilter(mine=True)) == [mine.receipt]
    assert receipts(desk, "village", QueueFilter(unclaimed=True)) == [free.receipt]
    assert free.offered_to == desk.colleague.id, "who has less to do"
    assert receipts(desk, "colleague", QueueFilter(mine=True)) == [free.receipt]


def test_waiting_lists_what_is_this_levels_to_do(desk: Desk) -> None:
    village = numbered(desk, 1)
    township = desk.bring_to(State.UNDER_TOWNSHIP_REVIEW, submission_id="submission-2")
    waiting, early = QueueFilter(waiting=True), date(2026, 3, 12)
    assert receipts(desk, "village", waiting, early) == [village.receipt]
    assert receipts(desk, "township", waiting, early) == [township.receipt]
    assert receipts(desk, "county", waiting, early) == []


def test_what_is_late_below_waits_for_those_above(desk: Desk) -> None:
    late = desk.submit()
    waiting = QueueFilter(waiting=True)
    assert receipts(desk, "township", waiting, date(2026, 3, 17)) == []
    assert receipts(desk, "township", waiting, date(2026, 3, 18)) == [late.receipt]


def test_what_is_finished_leaves_the_queue_and_is_listed_apart(desk: Desk) -> None:
    declined = desk.bring_to(State.DECLINED)
    done = desk.do(declined, "township", CallBack(date(2026, 3, 30), CallOutcome.CONFIRMED, "说给本人听了。"))
    going = numbered(desk, 2)
    assert receipts(desk, "village") == [going.receipt]
    assert receipts(desk, "village", QueueFilter(active=False)) == [done.receipt]
    assert receipts(desk, "village", QueueFilter(active=False, state=State.MONITORED)) == []


def test_a_state_is_listed_alone(desk: Desk) -> None:
    numbered(desk, 1)
    known = desk.bring_to(State.ACKNOWLEDGED, submission_id="submission-2")
    assert receipts(desk, "village", QueueFilter(state=State.ACKNOWLEDGED)) == [known.receipt]


def test_a_long_queue_is_cut_at_its_limit(desk: Desk) -> None:
    for number in range(3):
        numbered(desk, number)
    assert len(list_queue(desk.store, officer=desk.village, today=TODAY, limit=2)) == 2


def test_a_line_says_what_this_officer_may_do_now(desk: Desk) -> None:
    case = desk.do(desk.bring_to(State.UNDER_TOWNSHIP_REVIEW), "township", DeclineProposal("不符合"))
    (mine,) = list_queue(desk.store, officer=desk.township, today=TODAY)
    (other,) = list_queue(desk.store, officer=desk.second_township, today=TODAY)
    assert (mine.case, mine.state_label, mine.proposal_open) == (case, "乡镇审核中", True)
    assert not {Event.DECLINE_CONFIRMED, Event.TOWNSHIP_APPROVED} & set(mine.possible)
    assert {Event.DECLINE_CONFIRMED, Event.DECLINE_REFUSED} <= set(other.possible)


def test_another_report_of_the_household_is_noticed_by_telephone_or_sound(desk: Desk) -> None:
    first = numbered(desk, 1)
    same_phone = numbered(desk, 2, householder="马有福", phone="13812345678")
    same_sound = numbered(desk, 3, householder="苏秀瑛", phone="13900000001")
    numbered(desk, 4, householder="高金花", phone="13900000002")
    elsewhere = numbered(desk, 5, area_code=SISTER_VILLAGE)
    found = possible_duplicates(desk.store, first, officer=desk.village)
    assert [case.receipt for case in found] == [same_phone.receipt, same_sound.receipt]
    wider = possible_duplicates(desk.store, first, officer=desk.township)
    assert {case.receipt for case in wider} == {same_phone.receipt, same_sound.receipt, elsewhere.receipt}
    assert first.area_code == VILLAGE
