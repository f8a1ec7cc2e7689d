"""A village drafts a public notice for one or more of its households."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from cases.access import access_case, actor_name
from cases.act import Act
from cases.actions.checks import find_transition
from cases.actors import SCOPE_DIGITS, Officer, Role
from cases.calendar import calendar_of
from cases.case import Case
from cases.details import Posting, PostingEnd
from cases.errors import LeakError, MissingFieldsError, WrongDateError
from cases.forms import load_form
from cases.history import state_since
from cases.paper import about_case, shared_area, shared_purpose
from cases.people import Part, load_people
from cases.public_notice.late import hung_without_paper
from cases.public_notice.leaks import Entry, Leak, find_leaks, folded
from cases.public_notice.members import people_to_keep_out
from cases.public_notice.notice import NewNotice, PublicNotice, access_notice, keep_notice
from cases.rules import DeadlineKind, Workflow
from cases.states import Event
from cases.workflow import workflow_of
from storage import audit
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import local_date


def draft_public_notice(
    store: Store, receipts: Sequence[str], *, starts_on: date, supervision: str, actor: Officer, now: datetime
) -> PublicNotice:
    """Draft a notice that hangs from *starts_on* for the days of the workflow, with the telephone *supervision*.

    One that hung before it was entered (补录) keeps its true day; of a case that is on notice without a paper, only
    the day that was written down then is true. It holds the householder's name and the villagers'
    group, nothing else. Needs an open transaction.

    Raises:
        LeakError: names everything that must not hang in public, and where it stands.
        PaperMixedError: no case, or cases of several villages or purposes.
        WrongDateError: a day before one of the households came to its notice, or not the one it hung from.
        MissingFieldsError: no telephone for supervision.
        PaperItemError: a case is not to be found, or not to be put up by this officer now.
    """
    check_in_transaction(store)
    today = local_date(now)
    if not supervision.strip():
        raise MissingFieldsError(event=Event.NOTICE_POSTED, fields=["supervision"])
    cases, ends_on = [], starts_on
    for receipt in dict.fromkeys(receipts):
        with about_case(receipt):
            case = access_case(store, receipt, actor=actor)
            workflow = workflow_of(store, case.workflow, case.workflow_version)
            hung = hung_without_paper(store, case)
            find_transition(store, case, workflow, Act(PostingEnd(today) if hung else Posting(starts_on), actor, now))
            earliest, latest = (hung.on, hung.on) if hung else (state_since(store, case.id), date.max)
            if not earliest <= starts_on <= latest:
                raise WrongDateError(field="starts_on", given=starts_on, earliest=earliest, latest=latest)
        cases.append(case)
        ends_on = max(ends_on, _end(store, workflow, starts_on))
    new = NewNotice(
        shared_purpose(store, cases),
        shared_area(cases, SCOPE_DIGITS[Role.VILLAGE]),
        starts_on,
        ends_on,
        supervision.strip(),
    )
    number = keep_notice(store, new, [(case, _entry(store, case, today)) for case in cases], now=now)
    audit.append(
        store,
        actor=actor_name(store, actor),
        event="public_notice.drafted",
        subject=f"public_notice:{number}",
        now=now,
        facts={"cases": [case.id for case in cases], "starts_on": starts_on.isoformat()},
    )
    return access_notice(store, number, officer=actor)


def _end(store: Store, workflow: Workflow, starts_on: date) -> date:
    spans = [
        rule.days
        for rule in workflow.deadlines.values()
        if rule.kind is DeadlineKind.SPAN and rule.starts_at is Event.NOTICE_POSTED
    ]
    calendar = calendar_of(store)
    return max((calendar.due_on(starts_on, days).date for days in spans), default=starts_on)


def _entry(store: Store, case: Case, today: date) -> Entry:
    people, form = load_people(store, case.id), load_form(store, case.id)
    householder = people[Part.HOUSEHOLDER].name
    entry = Entry(folded(householder), folded(form.group))
    kept_out = people_to_keep_out(store, case.id, entry.householder, today)
    reported = {folded(person.name) for person in people.values()} - {entry.householder}
    others = reported | kept_out.others
    leaks = list(find_leaks(case.receipt, entry, others=others, minors=kept_out.minors))
    if leaks:
        raise LeakError(leaks=[_plain(leak) for leak in leaks])
    return entry


def _plain(leak: Leak) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(leak).items()}
