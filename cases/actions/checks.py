"""What must hold before a case changes, each rule on its own, all read from the case's workflow."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from cases.access import roles_in
from cases.act import Act
from cases.actors import Officer
from cases.case import Case
from cases.deadlines import open_deadlines
from cases.details import missing_fields
from cases.errors import (
    MissingFieldsError,
    NoProposalError,
    NotPermittedError,
    NotPossibleError,
    ProposalOpenError,
    SecondPersonError,
    StaleVersionError,
    TooEarlyError,
    WrongDateError,
)
from cases.history import changes_since, last_officer
from cases.rules import DeadlineKind, Proposal, Transition, Workflow
from cases.tasks import has_open_proposal
from storage.store import Store


def check_version(store: Store, case: Case, seen: int | None) -> None:
    """Refuse to act on a case that changed since the actor saw version *seen*; None: the actor saw none.

    Raises:
        StaleVersionError: says what changed.
    """
    if seen is not None and seen != case.version:
        changes = changes_since(store, case.id, seen)
        raise StaleVersionError(seen=seen, current=case.version, changes=changes)


def find_transition(store: Store, case: Case, workflow: Workflow, act: Act) -> Transition:
    """Return the row of the workflow by which the actor may do this here.

    Raises:
        NotPossibleError: nobody can do this in this state.
        NotPermittedError: others can, this actor's roles cannot.
    """
    rows = workflow.leading_from(case.state, act.event)
    if not rows:
        raise NotPossibleError(event=act.event, state=case.state)
    roles = roles_in(store, case, act.actor)
    for row in rows:
        if roles.intersection(row.roles):
            return row
    raise NotPermittedError(event=act.event, roles=[role.value for row in rows for role in row.roles])


def check_proposal(store: Store, case: Case, workflow: Workflow, act: Act) -> None:
    """Refuse what a proposal to decline forbids, or what lacks one.

    Raises:
        NoProposalError: the event ends a proposal, and none is open.
        ProposalOpenError: one is open, and the event must wait for its end.
    """
    needed = workflow.events[act.event].proposal
    if needed is None:
        return
    is_open = has_open_proposal(store, case.id)
    if needed is Proposal.CLOSES and not is_open:
        raise NoProposalError
    if needed is not Proposal.CLOSES and is_open:
        raise ProposalOpenError


def check_second_person(store: Store, case: Case, workflow: Workflow, act: Act) -> None:
    """Refuse an officer who already did what this event wants another person for.

    Raises:
        SecondPersonError: names the earlier event.
    """
    for earlier in workflow.events[act.event].other_than:
        if isinstance(act.actor, Officer) and last_officer(store, case.id, earlier) == act.actor.id:
            raise SecondPersonError(event=act.event, earlier=earlier)


def check_fields(workflow: Workflow, act: Act) -> None:
    """Refuse an act that leaves required fields empty.

    Raises:
        MissingFieldsError: names all of them at once.
    """
    missing = missing_fields(act.details, workflow.events[act.event].required)
    if missing:
        raise MissingFieldsError(event=act.event, fields=missing)


def check_dates(case: Case, act: Act) -> None:
    """Refuse days before the report was made or after today: no record is made of what did not happen.

    Raises:
        WrongDateError: names the field and the days that can be.
    """
    for field in fields(act.details):
        day = getattr(act.details, field.name)
        if isinstance(day, date) and not case.applied_on <= day <= act.today:
            raise WrongDateError(field=field.name, given=day, earliest=case.applied_on, latest=act.today)


def check_spans(store: Store, case: Case, workflow: Workflow, act: Act) -> None:
    """Refuse to end a span, such as a public notice, before its days have run.

    Raises:
        TooEarlyError: says on which day it ends.
    """
    for deadline in open_deadlines(store, case.id):
        ends = act.event in workflow.deadlines[deadline.key].closed_by
        if deadline.kind is DeadlineKind.SPAN and ends and act.on < deadline.due.date:
            raise TooEarlyError(event=act.event, ends_on=deadline.due.date)
