"""What a reporter may do with a report afterwards, and how a reporter without a chat is told."""

from __future__ import annotations

from datetime import date

import pytest

from cases.actions.own_case import withdraw
from cases.actions.supplement import supplement
from cases.actions.tell_reporter import ask_to_tell, record_telling
from cases.actors import Reporter
from cases.deadlines import open_deadlines
from cases.details import (
    Acknowledgement,
    CallBack,
    CallOutcome,
    Mark,
    Supplement,
    Telling,
    TellingMeans,
)
from cases.errors import (
    CaseNotFoundError,
    InvalidReportError,
    ProofMissingError,
)
from cases.history import history
from cases.notices import NoticeKind
from cases.report import STORY_LIMIT
from cases.states import State
from cases.tasks import TaskKind, open_tasks
from cases.telling import untold_cases
from storage import attachments
from storage.database import transaction
from tests.cases.conftest import (
    REPORTER,
    Desk,
)


def test_the_reporter_supplements_and_the_holder_hears(desk: Desk) -> None:
    village = desk.bind("village")
    case = desk.bring_to(State.ACKNOWLEDGED)
    with transaction(desk.store):
        photo = attachments.save(desk.store, b"photo", media_type="image/jpeg", now=desk.now)
        addition = Supplement("还有一张住院单子。", (photo,))
        case = supplement(desk.store, case.receipt, addition, actor=REPORTER, now=desk.later)
    assert desk.told(village)[-1].kind == NoticeKind.OFFICER_SUPPLEMENTED
    assert attachments.describe(desk.store, photo).case_id == case.id
    assert history(desk.store, case.id)[-1].details == {"text": "还有一张住院单子。", "attachments": [photo]}


@pytest.mark.parametrize("addition", [Supplement(" "), Supplement("长" * (STORY_LIMIT + 1))])
def test_an_empty_or_endless_supplement_is_refused(desk: Desk, addition: Supplement) -> None:
    case = desk.submit()
    with pytest.raises(InvalidReportError), transaction(desk.store):
        supplement(desk.store, case.receipt, addition, actor=REPORTER, now=desk.later)


def test_the_reporter_withdraws_and_nothing_is_owed_any_more(desk: Desk) -> None:
    village = desk.bind("village")
    case = desk.bring_to(State.ACKNOWLEDGED)
    with transaction(desk.store):
        case = withdraw(desk.store, case.receipt, actor=REPORTER, now=desk.later)
    assert (case.state, case.due_on) == (State.WITHDRAWN, None)
    assert open_deadlines(desk.store, case.id) == []
    assert desk.told(village)[-1].kind == NoticeKind.OFFICER_WITHDRAWN
    assert not desk.do(case, "township", CallBack(date(2026, 3, 30), CallOutcome.CONFIRMED, "是本人的意思。")).active


def test_somebody_else_can_neither_withdraw_nor_supplement(desk: Desk) -> None:
    case = desk.submit()
    stranger = Reporter("web", "chat-of-another")
    with pytest.raises(CaseNotFoundError), transaction(desk.store):
        withdraw(desk.store, case.receipt, actor=stranger, now=desk.later)
    with pytest.raises(CaseNotFoundError), transaction(desk.store):
        supplement(desk.store, case.receipt, Supplement("不是我的"), actor=stranger, now=desk.later)


def test_a_reporter_without_chat_is_told_by_a_person(desk: Desk) -> None:
    case = desk.submit(tell=None)
    case = desk.do(case, "village", Acknowledgement())
    assert [task.kind for task in open_tasks(desk.store, case.id)].count(TaskKind.TELL_REPORTER) == 2
    with transaction(desk.store):
        case = record_telling(
            desk.store,
            case.receipt,
            Telling(date(2026, 3, 12), TellingMeans.DOOR, "苏秀英", Mark.THUMBPRINT),
            actor=desk.village,
            version=case.version,
            now=desk.later,
        )
    assert TaskKind.TELL_REPORTER not in {task.kind for task in open_tasks(desk.store, case.id)}


@pytest.mark.parametrize(
    ("means", "mark", "witness", "missing"),
    [
        (TellingMeans.DOOR, Mark.NONE, "", ("mark",)),
        (TellingMeans.PAPER, Mark.NONE, "王得福", ("mark",)),
        (TellingMeans.DOOR, Mark.REFUSED, " ", ("witness",)),
        (TellingMeans.CALL, Mark.NONE, "", ()),
        (TellingMeans.PAPER, Mark.SIGNATURE, "", ()),
        (TellingMeans.DOOR, Mark.REFUSED, "王得福", ()),
    ],
)
def test_told_counts_only_with_proof(
    desk: Desk, means: TellingMeans, mark: Mark, witness: str, missing: tuple[str, ...]
) -> None:
    case = desk.submit(tell=None)

    def tell() -> None:
        telling = Telling(date(2026, 3, 12), means, "苏秀英", mark, witness)
        with transaction(desk.store):
            record_telling(desk.store, case.receipt, telling, actor=desk.village, version=None, now=desk.later)

    if missing:
        with pytest.raises(ProofMissingError) as refused:
            tell()
        assert refused.value.fields == missing
    else:
        tell()
    assert bool(untold_cases(desk.store, officer=desk.village)) == bool(missing)


def test_a_photo_of_the_proof_comes_under_the_key_of_the_case(desk: Desk) -> None:
    case = desk.submit(tell=None)
    with transaction(desk.store):
        photo = attachments.save(desk.store, b"photo", media_type="image/jpeg", now=desk.later)
        telling = Telling(date(2026, 3, 12), TellingMeans.PAPER, "苏秀英", Mark.SIGNATURE, photo=photo)
        record_telling(desk.store, case.receipt, telling, actor=desk.village, version=None, now=desk.later)
    assert attachments.describe(desk.store, photo).case_id == case.id


def test_what_was_not_told_is_listed_in_its_place_even_after_the_end(desk: Desk) -> None:
    case = desk.bring_to(State.DECLINED, tell=None)
    ((listed, things),) = untold_cases(desk.store, officer=desk.village)
    assert (listed.id, things) == (case.id, 3)
    assert untold_cases(desk.store, officer=desk.stranger) == []


def test_a_notice_that_did_not_arrive_becomes_a_task(desk: Desk) -> None:
    case = desk.submit()
    with transaction(desk.store):
        ask_to_tell(desk.store, case.id, NoticeKind.RECEIVED, now=desk.later)
    about = [task.about for task in open_tasks(desk.store, case.id) if task.kind is TaskKind.TELL_REPORTER]
    assert about == [NoticeKind.RECEIVED]
