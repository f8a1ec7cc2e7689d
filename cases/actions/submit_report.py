"""A reporter hands in a report: it becomes a case, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cases.act import Act
from cases.actions.step import record, take_step
from cases.actors import SCOPE_DIGITS, Actor, Clock, Reporter, Role
from cases.calendar import calendar_of
from cases.case import Case, find_case, find_submitted, load_case
from cases.chats import keep_chat
from cases.details import Recusal, Submission, UrgentMark
from cases.forms import keep_form
from cases.holds import hold_up, tell_of_flood
from cases.merged_areas import present_area
from cases.officers import officer_of_chat
from cases.other_areas import keep_other_area
from cases.people import Part, Person, keep_person
from cases.receipts import mint_receipt
from cases.report import Report, canonical_phone, check_report
from cases.rules import Workflow
from cases.states import State
from cases.workflow import keep_workflow
from storage import attachments
from storage.case_keys import create_case_key
from storage.database import check_in_transaction
from storage.ids import new_id
from storage.store import Store
from storage.times import local_date, to_text

# Entered more than so many working days after the application, a case shows 补录 for ever.
_ENTERED_IN_TIME: Final = 2


@dataclass(frozen=True)
class Submitted:
    """The case that a report made. ``repeated``: the same submission had made it before, and nothing was done."""

    case: Case
    repeated: bool


def submit_report(store: Store, report: Report, *, actor: Actor, workflow: Workflow, now: datetime) -> Submitted:
    """Make a case of *report* under *workflow*, open its clocks, and tell its reporter the receipt.

    The same submission again makes nothing new. Any danger and plain disaster mark the case urgent. One
    that goes to the township first lies at the township until it is placed: no village account sees it. An officer
    who enters a report from his own chat steps back from it. Needs an open transaction.

    Raises:
        InvalidReportError: names every field at fault.
    """
    check_in_transaction(store)
    check_report(report, today=local_date(now))
    known = find_submitted(store, report.submission_id)
    if known:
        return Submitted(known, repeated=True)
    keep_workflow(store, workflow)
    case = _insert(store, report, workflow, now)
    _keep_content(store, case.id, report, now)
    hold_up(store, case, report, workflow, now=now)
    act = Act(Submission(report.applied_on), actor, now)
    case = record(store, case, workflow, act, before=None, held_before=None)
    tell_of_flood(store, case, workflow, now=now)
    if report.danger or report.fast_track:
        mark = UrgentMark(reason="、".join(report.danger) or "灾害、意外，事实清楚")
        case = take_step(store, case.receipt, Act(mark, Clock(), now), version=case.version)
    officer = officer_of_chat(store, actor) if isinstance(actor, Reporter) else None
    if officer and officer.roles_at(case.area_code):
        case = take_step(store, case.receipt, Act(Recusal("本人录入"), officer, now), version=case.version)
    return Submitted(case, repeated=False)


def _insert(store: Store, report: Report, workflow: Workflow, now: datetime) -> Case:
    case_id = new_id()
    area = present_area(store, report.area_code)
    receipt = next(fresh for fresh in iter(mint_receipt, None) if find_case(store, fresh) is None)
    store.db.execute(
        "INSERT INTO cases (id, receipt, submission_id, state, version, active, urgent, area_code, due_provisional,"
        " workflow, workflow_version, applied_on, created_at, changed_at, entered_late)"
        " VALUES (?, ?, ?, ?, 1, 1, 0, ?, 0, ?, ?, ?, ?, ?, ?)",
        [
            case_id,
            receipt,
            report.submission_id,
            State.SUBMITTED.value,
            area[: SCOPE_DIGITS[Role.TOWNSHIP]] if report.township_first else area,
            workflow.name,
            workflow.version,
            report.applied_on.isoformat(),
            to_text(now),
            to_text(now),
            calendar_of(store).working_days_after(report.applied_on, local_date(now)) > _ENTERED_IN_TIME,
        ],
    )
    return load_case(store, case_id)


def _keep_content(store: Store, case_id: str, report: Report, now: datetime) -> None:
    create_case_key(store, case_id, now=now)
    keep_person(store, case_id, Person(Part.HOUSEHOLDER, report.householder.strip(), canonical_phone(report.phone)))
    if report.reporter_name.strip():
        keep_person(store, case_id, Person(Part.REPORTER, report.reporter_name.strip()))
    keep_form(store, case_id, report, now=now)
    if report.living_code and not report.township_first:
        keep_other_area(store, case_id, report.living_code)
    if report.tell:
        keep_chat(store, case_id, report.tell)
    for attachment in report.attachments:
        attachments.adopt(store, attachment, case_id=case_id)
