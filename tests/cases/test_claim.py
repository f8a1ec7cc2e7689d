"""Two officers and one case."""

from __future__ import annotations

import threading

import pytest

from cases.access import access_case
from cases.actions.claim import claim
from cases.actors import Officer
from cases.errors import AlreadyClaimedError, CaseNotFoundError, NotPermittedError, NotPossibleError
from cases.states import State
from storage.database import open_store, transaction
from storage.store import Store
from tests.cases.conftest import Desk


def test_the_first_officer_holds_the_case_and_the_second_learns_who(desk: Desk) -> None:
    case = desk.submit()
    with transaction(desk.store):
        case = claim(desk.store, case.receipt, actor=desk.village, version=case.version, now=desk.now)
    assert case.assignee == desk.village.id
    with pytest.raises(AlreadyClaimedError) as refused, transaction(desk.store):
        claim(desk.store, case.receipt, actor=desk.colleague, version=1, now=desk.now)
    assert refused.value.holder == "马志远"


def test_claiming_ones_own_case_again_changes_nothing(desk: Desk) -> None:
    case = desk.submit()
    with transaction(desk.store):
        first = claim(desk.store, case.receipt, actor=desk.village, version=1, now=desk.now)
        again = claim(desk.store, case.receipt, actor=desk.village, version=1, now=desk.later)
    assert again == first


def test_a_case_is_claimed_only_by_those_who_work_its_state(desk: Desk) -> None:
    case = desk.submit()
    for officer, error in (
        (desk.township, NotPermittedError),
        (desk.inspector, NotPermittedError),
        (desk.stranger, CaseNotFoundError),
    ):
        with pytest.raises(error), transaction(desk.store):
            claim(desk.store, case.receipt, actor=officer, version=1, now=desk.now)
    resting = desk.bring_to(State.DECLINED, submission_id="submission-2")
    with pytest.raises(NotPossibleError), transaction(desk.store):
        claim(desk.store, resting.receipt, actor=desk.village, version=resting.version, now=desk.later)


def test_of_two_who_claim_at_the_same_moment_exactly_one_holds_the_case(desk: Desk, key: bytes) -> None:
    case = desk.submit()
    barrier = threading.Barrier(2)
    results: list[str] = []

    def race(officer: Officer) -> None:
        store = open_store(desk.store.data_dir, key)
        barrier.wait(timeout=60)
        results.append(outcome(store, case.receipt, officer, desk))
        store.db.close()

    threads = [threading.Thread(target=race, args=[officer]) for officer in (desk.village, desk.colleague)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(results) == ["held", "refused"]
    assert access_case(desk.store, case.receipt, actor=desk.county).version == 2


def outcome(store: Store, receipt: str, officer: Officer, desk: Desk) -> str:
    """Claim the case as *officer* saw it and say how it went."""
    try:
        with transaction(store):
            claim(store, receipt, actor=officer, version=1, now=desk.now)
    except AlreadyClaimedError:
        return "refused"
    return "held"
