"""A household parts into two, or two become one: cases are linked, and each goes its own way in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cases.access import access_case, actor_name, reveal_file
from cases.actions.add_note import add_note
from cases.actions.submit_report import submit_report
from cases.actors import Officer
from cases.case import Case
from cases.chats import chat_of_case
from cases.details import Note
from cases.errors import InvalidReportError, PaperMixedError
from cases.households import LinkKind, keep_link
from cases.receipts import canonical_receipt
from cases.report import Relation, Report
from cases.workflow import workflow_of
from storage import audit
from storage.database import check_in_transaction
from storage.ids import new_id
from storage.store import Store
from storage.times import local_date


@dataclass(frozen=True)
class NewHousehold:
    """The part that goes: its householder, telephone, and what its own hardship is."""

    householder: str
    phone: str
    story: str


def split_household(store: Store, receipt: str, part: NewHousehold, *, actor: Officer, now: datetime) -> Case:
    """Make a case of its own for the part of a household that moved out, linked to the first. Needs a transaction.

    The new case starts at the beginning, under the same workflow: nothing was verified of it yet. It takes over the
    consent, to be signed anew, and the causes.

    Raises:
        InvalidReportError: names what is missing of the new household.
        CasesError: the case is not to be found, or this officer may write nothing into it.
    """
    check_in_transaction(store)
    file = reveal_file(store, receipt, officer=actor, now=now)
    case, form = file.case, file.form
    if form is None or part.householder.strip() == file.householder.name:
        raise InvalidReportError(fields=["householder"])
    report = Report(
        submission_id=f"split-{new_id()}",
        relation=Relation.OTHER,
        householder=part.householder,
        phone=part.phone,
        area_code=case.area_code,
        story=part.story,
        consent=form.consent,
        applied_on=local_date(now),
        causes=form.causes,
        place_text=form.place_text,
        group=form.group,
        reporter_name=actor.name,
        tell=None if part.phone != file.householder.phone else chat_of_case(store, case.id),
    )
    workflow = workflow_of(store, case.workflow, case.workflow_version)
    made = submit_report(store, report, actor=actor, workflow=workflow, now=now).case
    keep_link(store, LinkKind.SPLIT, case, made, now=now)
    _note(store, case, f"分户：分出的一户另立编号 {made.receipt}。", actor=actor, now=now)
    _note(store, made, f"分户：从编号 {case.receipt} 分出。", actor=actor, now=now)
    _audit(store, "case.split", case, made, actor, now)
    return made


def join_households(store: Store, receipt: str, into: str, *, actor: Officer, now: datetime) -> None:
    """Link the case of a household to that of another with which it became one. Needs an open transaction.

    Neither ends by this: the one that is not gone on with is proposed to be declined, and a second person confirms.

    Raises:
        PaperMixedError: it is the same case.
        CasesError: a case is not to be found, or this officer may write nothing into it.
    """
    check_in_transaction(store)
    if canonical_receipt(receipt) == canonical_receipt(into):
        raise PaperMixedError(why="same")
    case, other = access_case(store, receipt, actor=actor), access_case(store, into, actor=actor)
    keep_link(store, LinkKind.JOINED, case, other, now=now)
    _note(store, case, f"并户：并到编号 {other.receipt}，以那一件为准接着办。", actor=actor, now=now)
    _note(store, other, f"并户：编号 {case.receipt} 的一户并进来，请按合并后的人口重新填采集表。", actor=actor, now=now)
    _audit(store, "case.joined", case, other, actor, now)


def _note(store: Store, case: Case, text: str, *, actor: Officer, now: datetime) -> None:
    """Write into a case what became of its household, which also checks that the officer may."""
    add_note(store, case.receipt, Note(text), actor=actor, version=None, now=now)


def _audit(store: Store, event: str, case: Case, other: Case, officer: Officer, now: datetime) -> None:
    audit.append(
        store,
        actor=actor_name(store, officer),
        event=event,
        subject=f"case:{case.id}",
        now=now,
        facts={"other": other.id},
    )
