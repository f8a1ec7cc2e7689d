"""An officer settles whether two cases are about one household."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cases.actions.perform import perform
from cases.actors import Officer
from cases.case import Case
from cases.details import LinkSettled, Note, Sameness
from cases.duplicates import Wish, find_earlier, keep_link, links_of, possible_duplicates
from cases.errors import CaseNotFoundError, MissingFieldsError, NotPermittedError, PaperMixedError
from cases.history import last_entry
from cases.households import LinkKind
from cases.households import links_of as households_of
from cases.queue import queue_item
from cases.states import Event
from storage.database import transaction
from tests.cases.conftest import REPORT, REPORTER, SISTER_VILLAGE, Desk


@pytest.fixture
def pair(desk: Desk) -> tuple[Case, Case]:
    """Return an earlier case, and one of the same household that is linked to it."""
    earlier = desk.submit()
    later = desk.submit(submission_id="again")
    (found, _) = find_earlier(desk.store, replace(REPORT, submission_id="third"), chat=REPORTER)
    assert found.case.id == earlier.id
    with transaction(desk.store):
        keep_link(desk.store, later, found, Wish.JOINED, actor=REPORTER, now=desk.now)
    return earlier, later


def settle(desk: Desk, case: Case, other: Case, verdict: Sameness | None, officer: Officer | None = None) -> Case:
    with transaction(desk.store):
        return perform(
            desk.store,
            case.receipt,
            LinkSettled(f"{other.receipt[:3]} {other.receipt[3:]}", verdict),
            actor=officer or desk.village,
            version=None,
            now=desk.later,
        )


def offered(desk: Desk, case: Case) -> bool:
    return Event.LINK_SETTLED in queue_item(desk.store, case, officer=desk.village).possible


def test_one_household_is_said_on_both_cases_and_nothing_is_merged(desk: Desk, pair: tuple[Case, Case]) -> None:
    earlier, later = pair
    assert offered(desk, later)
    done = settle(desk, later, earlier, Sameness.SAME)
    assert done.state is later.state
    (link,) = links_of(desk.store, later)
    assert link.same is True
    assert [(one.kind, one.to_case.id) for one in households_of(desk.store, later.id)] == [
        (LinkKind.JOINED, earlier.id)
    ]
    note = last_entry(desk.store, earlier.id, Event.NOTED)
    assert note is not None
    assert later.receipt in note.details["text"]
    assert [other.id for other in possible_duplicates(desk.store, earlier, officer=desk.village)] == [later.id]
    assert not offered(desk, done)


@pytest.mark.parametrize("turned", [False, True])
def test_another_household_is_no_duplicate_any_more(desk: Desk, pair: tuple[Case, Case], turned: bool) -> None:
    earlier, later = pair
    settle(desk, *((earlier, later) if turned else (later, earlier)), Sameness.OTHER)
    assert [link.same for link in links_of(desk.store, later)] == [False]
    for one in pair:
        assert possible_duplicates(desk.store, one, officer=desk.township) == []
    assert households_of(desk.store, later.id) == []


def test_cases_that_only_look_alike_are_settled_too(desk: Desk) -> None:
    first, second = desk.submit(), desk.submit(submission_id="alike")
    settle(desk, second, first, Sameness.OTHER)
    assert possible_duplicates(desk.store, second, officer=desk.village) == []


def test_what_was_settled_may_be_settled_anew(desk: Desk, pair: tuple[Case, Case]) -> None:
    earlier, later = pair
    settle(desk, later, earlier, Sameness.OTHER)
    settle(desk, later, earlier, Sameness.SAME, desk.township)
    assert [link.same for link in links_of(desk.store, later)] == [True]


def test_who_may_not_know_of_a_case_settles_nothing(desk: Desk, pair: tuple[Case, Case]) -> None:
    earlier, later = pair
    elsewhere = desk.submit(submission_id="elsewhere", area_code=SISTER_VILLAGE)
    with pytest.raises(CaseNotFoundError):
        settle(desk, later, elsewhere, Sameness.SAME)
    with pytest.raises(CaseNotFoundError):
        settle(desk, later, earlier, Sameness.SAME, desk.stranger)
    with pytest.raises(NotPermittedError):
        settle(desk, later, earlier, Sameness.SAME, desk.inspector)
    with pytest.raises(PaperMixedError):
        settle(desk, later, later, Sameness.SAME)
    with pytest.raises(MissingFieldsError):
        settle(desk, later, earlier, None)
    assert [link.same for link in links_of(desk.store, later)] == [None]
    desk.do(later, "village", Note("接着办。"))
