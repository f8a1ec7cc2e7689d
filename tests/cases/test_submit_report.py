"""A report becomes one case, with clocks, a receipt and a first notice."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

import pytest

from cases.access import reveal_file
from cases.actions.submit_report import submit_report
from cases.actors import Reporter
from cases.deadlines import open_deadlines
from cases.errors import InvalidReportError
from cases.notices import NoticeKind
from cases.people import Part, Person
from cases.receipts import is_receipt
from cases.report import Danger, Relation
from cases.states import State
from cases.tasks import TaskKind, open_tasks
from storage import attachments, audit
from storage.database import open_store, transaction
from storage.errors import TransactionError
from tests.cases.conftest import REPORT, REPORTER, TOWNSHIP, VILLAGE, Desk


def test_a_report_becomes_a_case_with_its_dates(desk: Desk) -> None:
    case = desk.submit()
    assert is_receipt(case.receipt)
    assert (case.state, case.version, case.area_code, case.assignee) == (State.SUBMITTED, 1, VILLAGE, None)
    assert (case.urgent, case.active) == (False, True)
    dates = {deadline.key: deadline.due.date for deadline in open_deadlines(desk.store, case.id)}
    assert dates == {
        "home_visit": date(2026, 3, 17),
        "whole_process": date(2026, 3, 31),
        "whole_process_national": date(2026, 3, 25),
    }
    assert case.due_on == date(2026, 3, 17)


def test_the_reporter_is_told_the_receipt_and_the_dates(desk: Desk) -> None:
    case = desk.submit()
    (item,) = desk.told()
    assert (item.kind, item.case_id, item.notice) == (NoticeKind.RECEIVED, case.id, False)
    code = item.params["code"]
    assert len(code) == 6
    assert item.params == {
        "receipt": case.receipt,
        "state": "submitted",
        "urgent": False,
        "head": "",
        "code": code,
        "register": "郭城驿镇",
        "above": False,
        "due": {
            "home_visit": {"date": "2026-03-17", "provisional": False},
            "whole_process": {"date": "2026-03-31", "provisional": False},
        },
    }


def test_days_count_from_the_day_of_application(desk: Desk) -> None:
    case = desk.submit(applied_on=date(2026, 3, 6))
    assert case.due_on == date(2026, 3, 13)


def test_dates_in_a_year_without_calendar_are_provisional(desk: Desk) -> None:
    late = replace(REPORT, applied_on=date(2026, 12, 30))
    now = desk.now.replace(month=12, day=30)
    with transaction(desk.store):
        case = submit_report(desk.store, late, actor=REPORTER, workflow=desk.workflow, now=now).case
    assert case.due_on == date(2027, 1, 6)
    assert case.due_provisional


def test_the_same_submission_again_makes_nothing_new(desk: Desk) -> None:
    first = desk.submit()
    with transaction(desk.store):
        again = submit_report(
            desk.store,
            replace(REPORT, story="又点了一次提交"),
            actor=REPORTER,
            workflow=desk.workflow,
            now=desk.later,
        )
    assert again.repeated
    assert again.case == first
    assert len(desk.told()) == 1
    assert len(audit.rows(desk.store, f"case:{first.id}")) == 1


def test_the_same_submission_on_two_channels_at_the_same_moment_makes_one_case(desk: Desk, key: bytes) -> None:
    barrier = threading.Barrier(2)
    made: list[tuple[str, bool]] = []

    def race(channel: str) -> None:
        store, chat = open_store(desk.store.data_dir, key), Reporter(channel, "su")
        barrier.wait(timeout=60)
        with transaction(store):
            done = submit_report(store, replace(REPORT, tell=chat), actor=chat, workflow=desk.workflow, now=desk.now)
        made.append((done.case.receipt, done.repeated))
        store.db.close()

    threads = [threading.Thread(target=race, args=[channel]) for channel in ("web", "telegram")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len({receipt for receipt, _ in made}) == 1
    assert sorted(repeated for _, repeated in made) == [False, True]
    assert next(desk.store.db.query("SELECT count(*) AS n FROM cases"))["n"] == 1


def test_another_submission_of_the_same_words_is_another_case(desk: Desk) -> None:
    first, second = desk.submit(), desk.submit(submission_id="submission-2")
    assert first.receipt != second.receipt


def test_danger_marks_the_case_urgent_at_once(desk: Desk) -> None:
    case = desk.submit(danger=(Danger.HUNGER, Danger.HOMELESS))
    assert case.urgent
    assert [item.kind for item in desk.told()] == [NoticeKind.RECEIVED, NoticeKind.URGENT]
    assert case.due_on == date(2026, 3, 11), "urgent aid comes before all other dates"


def test_without_a_chat_a_person_is_asked_to_tell(desk: Desk) -> None:
    case = desk.submit(tell=None)
    (about,) = [task.about for task in open_tasks(desk.store, case.id) if task.kind is TaskKind.TELL_REPORTER]
    assert about == NoticeKind.RECEIVED


def test_what_was_said_is_kept_whole(desk: Desk) -> None:
    with transaction(desk.store):
        photo = attachments.save(desk.store, b"photo", media_type="image/jpeg", now=desk.now)
    case = desk.submit(relation=Relation.NEIGHBOUR, reporter_name="邻居马大爷", attachments=(photo,))
    with transaction(desk.store):
        file = reveal_file(desk.store, case.receipt, officer=desk.village, now=desk.now)
    assert file.householder == Person(Part.HOUSEHOLDER, "苏秀英", "13812345678")
    assert file.reporter == Person(Part.REPORTER, "邻居马大爷")
    assert file.form is not None
    assert (file.form.story, file.form.causes, file.form.group) == (REPORT.story, REPORT.causes, REPORT.group)
    assert file.form.consent == REPORT.consent
    assert file.form.attachments == (photo,)
    assert attachments.describe(desk.store, photo).case_id == case.id


def test_an_incomplete_report_leaves_nothing_behind(desk: Desk) -> None:
    with pytest.raises(InvalidReportError):
        desk.submit(householder="")
    assert desk.store.db["cases"].count == 0
    assert desk.told() == []


def test_submitting_needs_an_open_transaction(desk: Desk) -> None:
    with pytest.raises(TransactionError):
        submit_report(desk.store, REPORT, actor=REPORTER, workflow=desk.workflow, now=desk.now)


def test_officers_of_the_village_hear_of_a_new_case_by_number_only(desk: Desk) -> None:
    chat = desk.bind("village")
    case = desk.submit()
    (item,) = desk.told(chat)
    assert item.kind == NoticeKind.OFFICER_WAITING
    assert item.params == {
        "receipt": case.receipt,
        "state": "submitted",
        "urgent": False,
        "version": 1,
        "due_on": "2026-03-17",
    }


def test_a_case_of_a_township_without_village_goes_to_the_township(desk: Desk) -> None:
    village, township = desk.bind("village"), desk.bind("township")
    desk.submit(area_code=TOWNSHIP)
    assert desk.told(village) == []
    assert [item.kind for item in desk.told(township)] == [NoticeKind.OFFICER_WAITING]
