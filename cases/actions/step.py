"""The five steps of every act on a case: permission, version, change, audit row, outbox rows, in one transaction."""

from __future__ import annotations

from dataclasses import replace

from cases.access import access_case, actor_name
from cases.act import Act
from cases.actions.checks import (
    check_checklist,
    check_dates,
    check_fields,
    check_hand_over,
    check_impartial,
    check_proposal,
    check_second_person,
    check_spans,
    check_tasks,
    check_urgent,
    check_version,
    find_transition,
)
from cases.actors import Officer
from cases.call_backs import follow_up
from cases.case import Case, load_case
from cases.deadlines import has_called, move_deadlines
from cases.details import Placement, Recusal, Reinstatement, Release, Transfer
from cases.duty.following import follow
from cases.history import append_event
from cases.offers import move_offer
from cases.officers import load_officer
from cases.presence import is_recused, recuse
from cases.rules import Proposal, Transition, Workflow
from cases.stage_tasks import move_tasks, open_stage_tasks
from cases.states import State
from cases.tasks import TaskKind, close_tasks, open_task
from cases.telling import tell_all
from cases.workflow import workflow_of
from cases.written import to_json
from storage import audit
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import to_text


def take_step(store: Store, receipt: str, act: Act, *, version: int | None) -> Case:
    """Do *act* on a case, all of it or nothing, and return the case as it then is.

    *version* is the one that the actor saw; None when he acts without having seen one. Needs an open transaction.

    Raises:
        CaseNotFoundError: no such case, or none that this actor may know of.
        StaleVersionError: the case changed since.
        NotPossibleError, NotPermittedError: the workflow has no such step here, or not for him.
        NoProposalError, ProposalOpenError, SecondPersonError: the rules of declining.
        NotUrgentError: nothing is to be called off.
        RecusedError, NotHolderError, CannotHoldError: it is not this person's, or cannot become that one's.
        NoTaskError, TasksOpenError: tasks come first.
        MissingFieldsError, ChecklistError, WrongDateError, TooEarlyError: what was written down cannot stand.
    """
    check_in_transaction(store)
    before = access_case(store, receipt, actor=act.actor)
    workflow = workflow_of(store, before.workflow, before.workflow_version)
    check_version(store, before, version)
    transition = find_transition(store, before, workflow, act)
    check_proposal(store, before, workflow, act)
    check_urgent(before, workflow, act)
    check_second_person(store, before, workflow, act)
    check_impartial(store, before, workflow, act)
    check_fields(workflow, act)
    check_checklist(workflow, act)
    check_hand_over(store, before, workflow, act)
    check_tasks(store, before, workflow, act)
    check_dates(before, act)
    check_spans(store, before, workflow, act)
    after = _changed(store, before, workflow, transition, act)
    save(store, after, act)
    return record(store, after, workflow, act, before=before.state, held_before=before.assignee)


def record(
    store: Store, case: Case, workflow: Workflow, act: Act, *, before: State | None, held_before: str | None
) -> Case:
    """Write what follows from a change that was saved: event, clocks, tasks, audit row, notices."""
    append_event(store, case, act, before=before)
    move_deadlines(store, case, workflow, act)
    move_tasks(store, case, workflow, act, before=before)
    follow_up(store, case, workflow, act)
    _move_proposal(store, case, workflow, act)
    if isinstance(act.details, Recusal) and isinstance(act.actor, Officer):
        recuse(store, case.id, act.actor.id, now=act.now)
    gave_up = held_before if isinstance(act.details, Release) else None
    case = move_offer(store, case, workflow, act.today, but_not=gave_up)
    _refresh_active(store, case, workflow)
    case = load_case(store, case.id)
    audit.append(
        store,
        actor=actor_name(store, act.actor),
        event=f"case.{act.event.value}",
        subject=f"case:{case.id}",
        now=act.now,
        facts={
            "from": before,
            "to": case.state,
            "version": case.version,
            "on": act.on.isoformat(),
            "offered_to": case.offered_to,
        },
        details=to_json(act.details),
    )
    tell_all(store, case, workflow, act, held_before=held_before)
    follow(store, case, workflow, act)
    return load_case(store, case.id)


def _changed(store: Store, case: Case, workflow: Workflow, transition: Transition, act: Act) -> Case:
    rule = workflow.events[act.event]
    after = replace(
        case,
        state=_next_state(case, transition, act),
        version=case.version + 1,
        urgent=(case.urgent or rule.marks_urgent) and not rule.lifts_urgent,
        area_code=act.details.area_code if isinstance(act.details, Placement) else case.area_code,
    )
    return replace(after, assignee=_holder(store, case, after, workflow, act))


def _next_state(case: Case, transition: Transition, act: Act) -> State:
    if isinstance(act.details, Reinstatement) and act.details.back_to is not None:
        return act.details.back_to
    return transition.to or case.state


def _holder(store: Store, before: Case, after: Case, workflow: Workflow, act: Act) -> str | None:
    """Return who holds the case now: it is let go when it leaves what its holder answers for."""
    holder = before.assignee
    match act.details:
        case Release():
            return None
        case Transfer():
            return act.details.officer
        case Recusal() if isinstance(act.actor, Officer) and holder == act.actor.id:
            return None
    claims = workflow.events[act.event].claims
    if holder is None and claims and isinstance(act.actor, Officer) and not is_recused(store, before.id, act.actor.id):
        holder = act.actor.id
    moved = (after.state, after.area_code) != (before.state, before.area_code)
    if holder is None or not moved:
        return holder
    roles = load_officer(store, holder).roles_at(after.area_code)
    return holder if roles.intersection(workflow.states[after.state].holders) else None


def save(store: Store, case: Case, act: Act) -> None:
    """Compare and set: the row changes only if it still is the version before."""
    changed = store.db.execute(
        "UPDATE cases SET state = ?, version = ?, urgent = ?, area_code = ?, assignee = ?, changed_at = ?"
        " WHERE id = ? AND version = ?",
        [
            case.state.value,
            case.version,
            case.urgent,
            case.area_code,
            case.assignee,
            to_text(act.now),
            case.id,
            case.version - 1,
        ],
    )
    assert changed.rowcount == 1, "the write lock is held since the version was read"


def _refresh_active(store: Store, case: Case, workflow: Workflow) -> None:
    """A case is active while its main path goes on, or where it rests a task is owed or a limit is near or past."""
    active = (
        not workflow.is_resting(case.state)
        or bool(open_stage_tasks(store, case, workflow))
        or has_called(store, case.id)
    )
    store.db.execute("UPDATE cases SET active = ? WHERE id = ?", [active, case.id])


def _move_proposal(store: Store, case: Case, workflow: Workflow, act: Act) -> None:
    proposal = workflow.events[act.event].proposal
    if proposal is Proposal.OPENS:
        open_task(store, case.id, TaskKind.CONFIRM_DECLINE, about=str(case.version), now=act.now)
    elif proposal is Proposal.CLOSES or workflow.is_resting(case.state):
        close_tasks(store, case.id, TaskKind.CONFIRM_DECLINE, now=act.now)
