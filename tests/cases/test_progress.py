"""A reporter asks where the report stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.actors import Reporter
from cases.errors import TooManyLookupsError
from cases.progress import FAILURES_ALLOWED, WAIT_MINUTES, Progress, find_progress, progress_of_chat
from cases.receipts import mint_receipt
from cases.report import Relation
from cases.states import State
from storage.database import transaction
from tests.cases.conftest import REPORTER, Desk

ASKER = Reporter("web", "some-browser")


def ask(desk: Desk, receipt: str, phone: str, *, asker: Reporter = ASKER, minutes: int = 0) -> Progress | None:
    """Ask from *asker* some minutes after ``later``."""
    with transaction(desk.store):
        return find_progress(
            desk.store, receipt=receipt, phone=phone, asker=asker, now=desk.later + timedelta(minutes=minutes)
        )


def test_receipt_and_telephone_together_give_stage_and_day(desk: Desk) -> None:
    case = desk.bring_to(State.UNDER_VERIFICATION)
    expected = Progress(case.receipt, State.UNDER_VERIFICATION, "已入户，核实比对中", True, date(2026, 3, 11))
    assert ask(desk, case.receipt, "138-1234-5678") == expected
    assert ask(desk, f"{case.receipt[:4]} {case.receipt[4:]}", "13812345678") == expected


def test_one_without_the_other_gives_nothing(desk: Desk) -> None:
    case = desk.submit()
    assert ask(desk, case.receipt, "13812345679") is None
    assert ask(desk, mint_receipt(), "13812345678") is None


def test_guessing_is_stopped_for_an_hour_even_when_right_at_last(desk: Desk) -> None:
    case = desk.submit()
    for _ in range(FAILURES_ALLOWED):
        assert ask(desk, case.receipt, "13812345679") is None
    with pytest.raises(TooManyLookupsError):
        ask(desk, case.receipt, "13812345678", minutes=WAIT_MINUTES - 1)
    assert ask(desk, case.receipt, "13812345678", asker=Reporter("web", "another-browser")) is not None
    assert ask(desk, case.receipt, "13812345678", minutes=WAIT_MINUTES) is not None


def test_a_chat_sees_all_its_reports_newest_first(desk: Desk) -> None:
    first = desk.bring_to(State.ACKNOWLEDGED)
    second = desk.submit(submission_id="submission-2")
    desk.submit(submission_id="submission-3", tell=ASKER)
    assert {found.receipt for found in progress_of_chat(desk.store, REPORTER)} == {first.receipt, second.receipt}
    assert progress_of_chat(desk.store, Reporter("telegram", REPORTER.chat)) == []


def test_who_reports_for_another_and_who_has_no_code_read_stages_only(desk: Desk) -> None:
    own = desk.bring_to(State.ACKNOWLEDGED)
    [seen] = progress_of_chat(desk.store, REPORTER)
    assert seen.tasks
    assert seen.details is not None
    by_number = ask(desk, own.receipt, "13812345678")
    assert by_number is not None
    assert (by_number.tasks, by_number.details) == ((), None)
    desk.submit(submission_id="submission-2", tell=ASKER, relation=Relation.NEIGHBOUR, township_first=True)
    [proxy] = progress_of_chat(desk.store, ASKER)
    assert (proxy.tasks, proxy.details, proxy.above) == ((), None, True)
