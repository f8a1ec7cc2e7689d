"""Whoever edits a case behind the product is found by its trail."""

from __future__ import annotations

import pytest

from cases.case import Case
from cases.proof import Difference, Mismatch, differences
from cases.states import State
from storage.database import transaction
from tests.cases.conftest import Desk


def test_cases_that_went_their_way_agree_with_their_trail(desk: Desk) -> None:
    desk.bring_to(State.RISK_RESOLVED)
    desk.bring_to(State.DECLINED, submission_id="submission-2")
    desk.bring_to(State.WITHDRAWN, submission_id="submission-3")
    assert differences(desk.store) == []


@pytest.mark.parametrize(
    ("tampering", "kind", "version"),
    [
        ("UPDATE cases SET state = 'monitored'", Mismatch.STATE, 3),
        ("UPDATE cases SET version = 9", Mismatch.VERSION, 9),
        ("UPDATE case_events SET happened_on = '2026-03-09' WHERE version = 2", Mismatch.EVENT, 2),
        ("DELETE FROM case_events WHERE version = 2", Mismatch.EVENT, 2),
        ("UPDATE case_events SET details = zeroblob(60) WHERE version = 3", Mismatch.DETAILS, 3),
    ],
)
def test_an_edit_in_the_database_is_found(desk: Desk, tampering: str, kind: Mismatch, version: int) -> None:
    case = desk.bring_to(State.UNDER_VERIFICATION)
    desk.store.db.execute(tampering)
    assert Difference(case.receipt, version, kind) in differences(desk.store)


def test_details_of_another_event_do_not_pass_for_ones_own(desk: Desk) -> None:
    case = desk.bring_to(State.UNDER_VERIFICATION)
    other = desk.bring_to(State.UNDER_VERIFICATION, submission_id="submission-2")
    swap(desk, case, other)
    assert {one.kind for one in differences(desk.store)} == {Mismatch.DETAILS}


def test_what_was_erased_is_gone_and_no_difference(desk: Desk) -> None:
    case = desk.bring_to(State.UNDER_VERIFICATION)
    desk.store.db.execute("DELETE FROM case_keys WHERE case_id = ?", [case.id])
    assert differences(desk.store) == []


def swap(desk: Desk, case: Case, other: Case) -> None:
    """Put the sealed words of one case's visit into another's."""
    with transaction(desk.store):
        desk.store.db.execute(
            "UPDATE case_events SET details = (SELECT details FROM case_events WHERE case_id = ? AND version = 3)"
            " WHERE case_id = ? AND version = 3",
            [other.id, case.id],
        )
