"""An officer refers a case to a department, and writes down what the department does with it."""

from __future__ import annotations

from datetime import date, datetime

from cases.access import CaseFile, access_case, actor_name, reveal_file
from cases.actions.add_note import add_note
from cases.actors import Officer
from cases.case import Case, load_case
from cases.details import Note
from cases.errors import MissingFieldsError, PaperStateError, WrongDateError
from cases.history import last_of
from cases.notices import NoticeKind
from cases.paper import Paper, numbered
from cases.referrals import (
    NewReferral,
    Referral,
    ReferralText,
    access_referral,
    keep_outcome,
    keep_referral,
    keep_signature,
    read_referral,
    to_details,
)
from cases.referred import people_of
from cases.states import Event
from cases.telling import holders_of, tell_officers, tell_reporter
from cases.workflow import workflow_of
from language.dates import full_date
from storage import audit
from storage.database import check_in_transaction
from storage.heads import head_text
from storage.store import Store
from storage.times import local_date


def refer_case(store: Store, receipt: str, new: NewReferral, *, actor: Officer, now: datetime) -> Referral:
    """Refer a case, note it in the case, and tell the household. Needs an open transaction.

    Raises:
        MissingFieldsError: it does not say what is asked.
        WrongDateError: it must be signed for before today, or answered before it is signed for.
        CasesError: the case is not to be found, or this officer may write nothing into it.
    """
    check_in_transaction(store)
    today = local_date(now)
    if not new.asked.strip():
        raise MissingFieldsError(event=Event.NOTED, fields=["asked"])
    if new.sign_by < today:
        raise WrongDateError(field="sign_by", given=new.sign_by, earliest=today, latest=new.due_on)
    if new.due_on < new.sign_by:
        raise WrongDateError(field="due_on", given=new.due_on, earliest=new.sign_by, latest=date.max)
    case = access_case(store, receipt, actor=actor)
    number = keep_referral(store, case, new, officer=actor, today=today)
    text = f"转办{new.department}（第 {number} 号，{full_date(new.due_on)}前办结）：{new.asked}"
    _note(store, case, text, actor=actor, now=now)
    audit.append(
        store,
        actor=actor_name(store, actor),
        event="referral.sent",
        subject=f"referral:{number}",
        now=now,
        facts={"case": case.id, "department": new.department, "due_on": new.due_on.isoformat()},
        details=to_details(new),
    )
    tell_reporter(store, case, NoticeKind.REFERRED, {"department": new.department.value}, actor=actor, now=now)
    people = people_of(store, new.department, case.area_code)
    tell_officers(store, case, NoticeKind.OFFICER_REFERRAL_SENT, people, extra={"referral": number}, now=now)
    return access_referral(store, number, officer=actor)


def receive_referral(store: Store, receipt: str, new: NewReferral, *, actor: Officer, now: datetime) -> Referral:
    """Take in what a department asks about a case; its holders are told, so that one home visit serves both.

    Needs an open transaction.

    Raises:
        MissingFieldsError: it does not say what is asked.
        WrongDateError: it had to be answered before today.
        CasesError: the case is not to be found, or this officer may write nothing into it.
    """
    check_in_transaction(store)
    today = local_date(now)
    if not new.asked.strip():
        raise MissingFieldsError(event=Event.NOTED, fields=["asked"])
    if new.due_on < today:
        raise WrongDateError(field="due_on", given=new.due_on, earliest=today, latest=date.max)
    case = access_case(store, receipt, actor=actor)
    number = keep_referral(store, case, new, officer=actor, today=today, inbound=True)
    text = f"{new.department}转来（第 {number} 号，{full_date(new.due_on)}前回复）：{new.asked}"
    _note(store, case, text, actor=actor, now=now)
    facts = {"case": case.id, "department": new.department, "due_on": new.due_on.isoformat()}
    audit.append(
        store,
        actor=actor_name(store, actor),
        event="referral.received",
        subject=f"referral:{number}",
        now=now,
        facts=facts,
        details=to_details(new),
    )
    workflow = workflow_of(store, case.workflow, case.workflow_version)
    others = [officer for officer in holders_of(store, case, workflow) if officer != actor.id]
    tell_officers(store, case, NoticeKind.OFFICER_REFERRAL_RECEIVED, others, extra={"referral": number}, now=now)
    return access_referral(store, number, officer=actor)


def sign_referral(store: Store, number: int, *, on: date, actor: Officer, now: datetime) -> Referral:
    """Write down that the department signed for a referral (签收). Needs an open transaction.

    Raises:
        PaperNotFoundError: no such referral in the officer's area.
        PaperStateError: it was signed for before, or has ended.
        WrongDateError: a day before it was sent, or after today.
    """
    check_in_transaction(store)
    referral = _open_referral(store, number, actor)
    if referral.signed_on is not None:
        raise PaperStateError(why="signed_before")
    _check_day("signed_on", on, referral.sent_on, now)
    keep_signature(store, referral, on)
    _note(store, referral.case, f"{referral.department}签收第 {number} 号转办单。", actor=actor, now=now)
    _audit(store, "referral.signed", referral, {"on": on.isoformat()}, actor, now)
    return access_referral(store, number, officer=actor)


def close_referral(  # noqa: PLR0913 - one outcome, its parts named by keyword
    store: Store, number: int, outcome: str, *, on: date, returned: bool, actor: Officer, now: datetime
) -> Referral:
    """Write down the department's result, or, if it *returned* the referral (退回), its reason.

    The result is noted in the case and told to the household; the officers of the case hear that an answer is there.
    Needs an open transaction.

    Raises:
        PaperNotFoundError: no such referral in the officer's area.
        PaperStateError: it has ended, or has a result that nobody signed for.
        MissingFieldsError: no result or reason.
        WrongDateError: a day before it was sent or signed for, or after today.
    """
    check_in_transaction(store)
    referral = _open_referral(store, number, actor)
    if not outcome.strip():
        raise MissingFieldsError(event=Event.NOTED, fields=["reason" if returned else "text"])
    if referral.signed_on is None and not returned:
        raise PaperStateError(why="not_signed")
    _check_day("closed_on", on, referral.signed_on or referral.sent_on, now)
    keep_outcome(store, referral, outcome, on=on, returned=returned)
    _note(store, referral.case, _outcome_note(referral, outcome, returned=returned), actor=actor, now=now)
    _audit(
        store, "referral.returned" if returned else "referral.answered", referral, {"on": on.isoformat()}, actor, now
    )
    case = load_case(store, referral.case.id)
    workflow = workflow_of(store, case.workflow, case.workflow_version)
    people = list(dict.fromkeys([referral.officer, *holders_of(store, case, workflow)]))
    others = [officer for officer in people if officer != actor.id]
    tell_officers(store, case, NoticeKind.OFFICER_REFERRAL_BACK, others, extra={"referral": number}, now=now)
    if not returned and not referral.inbound:
        said = {"department": referral.department.value, "result": outcome}
        tell_reporter(store, case, NoticeKind.REFERRAL_ANSWERED, said, actor=actor, now=now)
    return access_referral(store, number, officer=actor)


def print_referral(store: Store, number: int, *, original: bool, actor: Officer, now: datetime) -> Paper:
    """Return the paper that goes to the department; it names the household, so the case notes who saw it.

    Needs an open transaction.

    Raises:
        PaperNotFoundError: no such referral in the officer's area.
    """
    check_in_transaction(store)
    referral = access_referral(store, number, officer=actor)
    file = reveal_file(store, referral.case.receipt, officer=actor, now=now, reason="打印转办单")
    _audit(store, "referral.printed", referral, {"original": original}, actor, now)
    words = read_referral(store, referral)
    if referral.inbound:
        return _reply(store, referral, words, file, original=original)
    return Paper(
        title=f"转办单（第 {number} 号）",
        opening=(
            f"{referral.department}部门：",
            f"请协助办理：{words.asked}",
            f"请于{full_date(referral.sign_by)}前签收，{full_date(referral.due_on)}前办结回复。办不了的，请写明理由退回。",
        ),
        columns=("编号", "户主", "联系电话"),
        rows=[(numbered(referral.case), file.householder.name, file.householder.phone)],
        after=(
            f"所附材料：{'、'.join(words.papers) or '无'}。",
            "转办与监测对象认定同时进行，互不代替。",
            "签收人（签字）____________　签收日期____________",
            "办理结果或退回理由：________________________________",
        ),
        closing=(full_date(referral.sent_on),),
        head=head_text(store),
        original=original,
    )


def _reply(store: Store, referral: Referral, words: ReferralText, file: CaseFile, *, original: bool) -> Paper:
    """Return the paper that answers a department which asked us."""
    visit = last_of(file.history, Event.HOME_VISIT_RECORDED)
    visited = f"{full_date(visit.happened_on)}入户，和监测对象核查一次进行。" if visit else "还没有入户。"
    return Paper(
        title=f"转办回复单（第 {referral.number} 号）",
        opening=(f"{referral.department}部门：", f"来件要求：{words.asked}", visited),
        columns=("编号", "户主", "联系电话"),
        rows=[(numbered(referral.case), file.householder.name, file.householder.phone)],
        after=(
            f"回复：{words.outcome or '________________________________'}",
            "转办与监测对象认定同时进行，互不代替。",
        ),
        closing=("（盖章）", full_date(referral.closed_on or referral.sent_on)),
        head=head_text(store),
        original=original,
    )


def _outcome_note(referral: Referral, outcome: str, *, returned: bool) -> str:
    if referral.inbound:
        return f"{'退回' if returned else '回复'}{referral.department}转来的第 {referral.number} 号：{outcome}"
    return f"{referral.department}{'退回' if returned else '办结'}第 {referral.number} 号转办单：{outcome}"


def _open_referral(store: Store, number: int, officer: Officer) -> Referral:
    referral = access_referral(store, number, officer=officer)
    if not referral.is_open:
        raise PaperStateError(why="closed_before")
    return referral


def _check_day(field: str, on: date, earliest: date, now: datetime) -> None:
    today = local_date(now)
    if not earliest <= on <= today:
        raise WrongDateError(field=field, given=on, earliest=earliest, latest=today)


def _note(store: Store, case: Case, text: str, *, actor: Officer, now: datetime) -> None:
    """Write what happened to a referral into its case, which also checks that the officer may."""
    add_note(store, case.receipt, Note(text), actor=actor, version=None, now=now)


def _audit(
    store: Store, event: str, referral: Referral, facts: dict[str, object], officer: Officer, now: datetime
) -> None:
    audit.append(
        store,
        actor=actor_name(store, officer),
        event=event,
        subject=f"referral:{referral.number}",
        now=now,
        facts={"case": referral.case.id, **facts},
    )
