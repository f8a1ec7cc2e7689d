"""What must hold before a case changes, each rule on its own, all read from the case's workflow."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from cases.access import roles_in
from cases.act import Act
from cases.actors import Clock, Officer
from cases.case import Case
from cases.deadlines import open_deadlines
from cases.details import (
    DeclineProposal,
    Details,
    HomeVisit,
    Release,
    ResolutionProposal,
    Transfer,
    VisitManner,
)
from cases.errors import (
    CannotHoldError,
    ChecklistError,
    MissingFieldsError,
    NoProposalError,
    NoTaskError,
    NotHolderError,
    NotPermittedError,
    NotPossibleError,
    NotUrgentError,
    ProposalOpenError,
    RecusedError,
    SecondPersonError,
    StaleVersionError,
    TasksOpenError,
    TooEarlyError,
    WrongDateError,
)
from cases.history import changes_since, last_officer
from cases.officers import load_officer
from cases.presence import is_away, is_recused, may_hold
from cases.rules import DeadlineKind, Proposal, Transition, Workflow
from cases.stage_tasks import done_by, open_stage_tasks
from cases.tasks import has_open_proposal
from cases.terms import speaks_of_relief
from cases.written import missing_fields
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


def check_urgent(case: Case, workflow: Workflow, act: Act) -> None:
    """Refuse to call off an urgency that there is not.

    Raises:
        NotUrgentError: the case is not urgent.
    """
    if workflow.events[act.event].lifts_urgent and not case.urgent:
        raise NotUrgentError


def check_second_person(store: Store, case: Case, workflow: Workflow, act: Act) -> None:
    """Refuse an officer who already did what this event wants another person for.

    Raises:
        SecondPersonError: names the earlier event.
    """
    for earlier in workflow.events[act.event].other_than:
        if isinstance(act.actor, Officer) and last_officer(store, case.id, earlier) == act.actor.id:
            raise SecondPersonError(event=act.event, earlier=earlier)


def check_impartial(store: Store, case: Case, workflow: Workflow, act: Act) -> None:
    """Refuse an officer who stepped back from this case what must be done without him.

    Raises:
        RecusedError: he did, and it must.
    """
    impartial = workflow.events[act.event].impartial
    if impartial and isinstance(act.actor, Officer) and is_recused(store, case.id, act.actor.id):
        raise RecusedError(event=act.event)


def check_tasks(store: Store, case: Case, workflow: Workflow, act: Act) -> None:
    """Refuse what an open task holds up, and what would do a task that is not open.

    Raises:
        NoTaskError: the event exists to do tasks, none of which is open.
        TasksOpenError: names the tasks to be done first.
    """
    is_open, does = open_stage_tasks(store, case, workflow), done_by(workflow, act)
    meant = workflow.tasks_done_by(act.event)
    if meant and not set(meant).intersection(is_open):
        raise NoTaskError(event=act.event)
    happening = {act.event, *(event for kind in does for event in workflow.tasks[kind].done_by)}
    first = [kind for kind in is_open if kind not in does and happening.intersection(workflow.tasks[kind].blocks)]
    if first:
        raise TasksOpenError(event=act.event, tasks=first)


def check_hand_over(store: Store, case: Case, workflow: Workflow, act: Act) -> None:
    """Refuse to give away what one does not hold, or to somebody who cannot hold it.

    Raises:
        NotHolderError: the actor neither holds the case nor answers for those who do.
        OfficerNotFoundError: there is no such officer.
        CannotHoldError: says why the chosen officer cannot.
    """
    if not isinstance(act.details, Release | Transfer):
        return
    holds = isinstance(act.actor, Officer) and case.assignee == act.actor.id
    above = roles_in(store, case, act.actor).intersection(workflow.states[case.state].superiors)
    by_clock = isinstance(act.actor, Clock)
    if isinstance(act.details, Release):
        if not (holds or (by_clock and case.assignee)):
            raise NotHolderError(event=act.event)
        return
    if not (holds or above or by_clock):
        raise NotHolderError(event=act.event)
    chosen = load_officer(store, act.details.officer)
    reasons = {
        "holds": chosen.id == case.assignee,
        "recused": is_recused(store, case.id, chosen.id),
        "role": not may_hold(store, case, workflow, chosen),
        "away": is_away(store, chosen.id, act.today),
    }
    for why, applies in reasons.items():
        if applies:
            raise CannotHoldError(why=why)


def check_checklist(workflow: Workflow, act: Act) -> None:
    """Refuse to propose the end of monitoring while a statement of the checklist is not confirmed.

    Raises:
        ChecklistError: names all that are missing.
    """
    if isinstance(act.details, ResolutionProposal):
        unmet = [text for key, text in workflow.required_checks().items() if key not in act.details.checks]
        if unmet:
            raise ChecklistError(unmet=unmet)


def check_fields(workflow: Workflow, act: Act) -> None:
    """Refuse an act that leaves required fields empty.

    Raises:
        MissingFieldsError: names all of them at once.
    """
    missing = missing_fields(act.details, (*workflow.events[act.event].required, *_also_required(act.details)))
    if missing:
        raise MissingFieldsError(event=act.event, fields=missing)


def _also_required(details: Details) -> tuple[str, ...]:
    """Return the fields that what was written elsewhere makes necessary."""
    match details:
        case DeclineProposal(reason=reason, instead=instead) if instead or speaks_of_relief(reason):
            return ("no_risk",)
        case HomeVisit(manner=VisitManner.CALL | VisitManner.VIDEO):
            return ("spoke_with", "away")
        case _:
            return ()


def check_dates(case: Case, act: Act) -> None:
    """Refuse days before the report was made or after today: no record is made of what did not happen.

    Raises:
        WrongDateError: names the field and the days that can be.
    """
    for field in fields(act.details):
        day = getattr(act.details, field.name)
        latest = date.max if field.name in act.details.ahead else act.today
        if isinstance(day, date) and not case.applied_on <= day <= latest:
            raise WrongDateError(field=field.name, given=day, earliest=case.applied_on, latest=latest)


def check_spans(store: Store, case: Case, workflow: Workflow, act: Act) -> None:
    """Refuse to end a span, such as a public notice, before its days have run.

    Raises:
        TooEarlyError: says on which day it ends.
    """
    for deadline in open_deadlines(store, case.id):
        ends = act.event in workflow.deadlines[deadline.key].closed_by
        if deadline.kind is DeadlineKind.SPAN and ends and act.on < deadline.due.date:
            raise TooEarlyError(event=act.event, ends_on=deadline.due.date)
