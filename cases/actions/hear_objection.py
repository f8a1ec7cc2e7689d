"""A village hears an objection to a public notice, and answers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cases.access import actor_name
from cases.actors import Actor, Officer, Reporter
from cases.case import Case, find_case
from cases.errors import (
    CaseErasedError,
    MissingFieldsError,
    PaperMixedError,
    PaperNotFoundError,
    PaperStateError,
    WrongDateError,
)
from cases.notices import NoticeKind
from cases.public_notice.notice import PublicNotice, access_notice, cases_on, find_notice
from cases.public_notice.objections import (
    Means,
    NewObjection,
    Objection,
    ObjectionText,
    find_objection,
    keep_answer,
    keep_objection,
    objection_of,
    read_objection,
)
from cases.receipts import canonical_receipt
from cases.states import Event
from cases.telling import holders_of, superiors_of, tell_officers
from cases.workflow import workflow_of
from storage import audit
from storage.case_keys import is_erased
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import local_date


def hear_objection(
    store: Store, number: int, receipt: str, objection: NewObjection, *, actor: Officer, now: datetime
) -> Objection:
    """Enter an objection against one case of a standing notice; those above are told. Needs an open transaction.

    It must be answered by the last day of the notice, or on the day itself if it came later.

    Raises:
        PaperNotFoundError: no such notice in the officer's area.
        PaperStateError: the notice does not hang.
        PaperMixedError: the case is not on it.
        MissingFieldsError, WrongDateError: what was written down cannot stand.
    """
    check_in_transaction(store)
    notice = _standing(store, number, actor)
    case = next((case for case in cases_on(store, notice) if case.receipt == canonical_receipt(receipt)), None)
    if case is None:
        raise PaperMixedError(why="not_on_it")
    _check(objection.text, objection.raised_on, notice, now)
    raised = _enter(store, notice, case, objection, actor=actor, now=now)
    return find_objection(store, notice, raised)


@dataclass(frozen=True)
class ByCode:
    """What somebody wrote who scanned the code of a notice about the household at ``position`` on it, from 1 on.

    ``id`` is the form's own, so that one that is sent twice is one objection. ``name`` may be empty.
    """

    id: str
    position: int
    text: str
    name: str = ""


def object_by_code(store: Store, number: int, objection: ByCode, *, actor: Reporter, now: datetime) -> Objection:
    """Enter an objection that came by the notice's code; village and those above are told. Needs an open transaction.

    Raises:
        PaperNotFoundError: no such notice.
        PaperStateError: the notice does not hang.
        PaperMixedError: no household stands at that position.
        MissingFieldsError: nothing was written.
    """
    check_in_transaction(store)
    known = objection_of(store, objection.id)
    if known is not None:
        return known
    notice = find_notice(store, number)
    if notice is None:
        raise PaperNotFoundError
    _check_standing(notice)
    cases = cases_on(store, notice)
    if not 1 <= objection.position <= len(cases):
        raise PaperMixedError(why="not_on_it")
    case, today = cases[objection.position - 1], local_date(now)
    if is_erased(store, case.id):
        raise CaseErasedError
    _check(objection.text, today, notice, now)
    new = NewObjection(Means.CODE, today, objection.text, objection.name)
    raised = _enter(store, notice, case, new, actor=actor, now=now, row_id=objection.id)
    return find_objection(store, notice, raised)


def answer_objection(  # noqa: PLR0913 - one answer, its parts named by keyword
    store: Store, number: int, raised: int, text: str, *, upheld: bool, on: date, actor: Officer, now: datetime
) -> Objection:
    """Answer an objection; if it is *upheld*, the township sends the case back. Needs an open transaction.

    Raises:
        PaperNotFoundError: no such notice or objection in the officer's area.
        PaperStateError: the notice does not hang, or the objection was answered.
        MissingFieldsError, WrongDateError: what was written down cannot stand.
    """
    check_in_transaction(store)
    notice = _standing(store, number, actor)
    objection = find_objection(store, notice, raised)
    if objection.answered_on is not None:
        raise PaperStateError(why="answered_before")
    _check(text, on, notice, now, earliest=objection.raised_on)
    case = find_case(store, objection.receipt)
    assert case is not None, "objections point only at cases that exist"
    keep_answer(store, objection, case, text, upheld=upheld, on=on)
    audit.append(
        store,
        actor=actor_name(store, actor),
        event="public_notice.objection_answered",
        subject=f"public_notice:{number}",
        now=now,
        facts={"objection": raised, "upheld": upheld, "on": on.isoformat()},
        details={"text": text},
    )
    return find_objection(store, notice, raised)


def reveal_objection(store: Store, number: int, raised: int, *, actor: Officer, now: datetime) -> ObjectionText:
    """Return the words of an objection, and write down who saw them. Needs an open transaction.

    Raises:
        PaperNotFoundError: no such notice or objection in the officer's area.
        CaseErasedError: the household's data were erased, and with them these words.
    """
    objection = find_objection(store, access_notice(store, number, officer=actor), raised)
    case = find_case(store, objection.receipt)
    if case is None or is_erased(store, case.id):
        raise CaseErasedError
    audit.append(
        store,
        actor=actor_name(store, actor),
        event="public_notice.objection_revealed",
        subject=f"public_notice:{number}",
        now=now,
        facts={"objection": raised},
    )
    return read_objection(store, objection)


def _enter(  # noqa: PLR0913 - one objection, its parts named by keyword
    store: Store,
    notice: PublicNotice,
    case: Case,
    objection: NewObjection,
    *,
    actor: Actor,
    now: datetime,
    row_id: str | None = None,
) -> int:
    answer_by = max(notice.ends_on, objection.raised_on)
    raised = keep_objection(store, notice, case, objection, answer_by=answer_by, row_id=row_id)
    audit.append(
        store,
        actor=actor_name(store, actor),
        event="public_notice.objected",
        subject=f"public_notice:{notice.number}",
        now=now,
        facts={"objection": raised, "case": case.id, "answer_by": answer_by.isoformat()},
        details={"text": objection.text, "objector": objection.objector},
    )
    workflow = workflow_of(store, case.workflow, case.workflow_version)
    here = [] if isinstance(actor, Officer) else holders_of(store, case, workflow)
    told = dict.fromkeys([*here, *superiors_of(store, case, workflow)])
    tell_officers(store, case, NoticeKind.OFFICER_OBJECTION, told, extra={"notice": notice.number}, now=now)
    return raised


def _standing(store: Store, number: int, officer: Officer) -> PublicNotice:
    notice = access_notice(store, number, officer=officer)
    _check_standing(notice)
    return notice


def _check_standing(notice: PublicNotice) -> None:
    if not notice.stands:
        raise PaperStateError(why="not_posted" if notice.posted_on is None else "ended_before")


def _check(text: str, on: date, notice: PublicNotice, now: datetime, *, earliest: date | None = None) -> None:
    if not text.strip():
        raise MissingFieldsError(event=Event.NOTICE_POSTED, fields=["text"])
    first = earliest or notice.starts_on
    if not first <= on <= local_date(now):
        raise WrongDateError(field="raised_on", given=on, earliest=first, latest=local_date(now))
