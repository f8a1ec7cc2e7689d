"""The tasks of a workflow as a case goes along: opened, done and dropped by its events, and what they hold up."""

from __future__ import annotations

from cases.act import Act
from cases.case import Case
from cases.rules import Workflow
from cases.states import State
from cases.tasks import TaskKind, close_tasks, drop_tasks, is_open, open_task, open_tasks, was_opened
from cases.written import is_empty
from storage.store import Store


def move_tasks(store: Store, case: Case, workflow: Workflow, act: Act, *, before: State | None) -> None:
    """Close what *act* does, drop what nobody needs where the case ends, open what *act* brings.

    *case* is the case after the act, *before* the state that it left.
    """
    for kind in done_by(workflow, act):
        close_tasks(store, case.id, kind, now=act.now)
    if before is not case.state and workflow.is_resting(case.state):
        drop_tasks(store, case.id, workflow.tasks, now=act.now)
    for kind, rule in workflow.tasks.items():
        known = is_open(store, case.id, kind) if rule.repeats else was_opened(store, case.id, kind)
        if act.event in rule.opens_at and not known:
            open_task(store, case.id, kind, about="", now=act.now)
            if kind in done_by(workflow, act):
                close_tasks(store, case.id, kind, now=act.now)


def done_by(workflow: Workflow, act: Act) -> tuple[TaskKind, ...]:
    """Return the tasks that *act* does, by what it is or by what is written down with it."""
    return tuple(
        kind
        for kind, rule in workflow.tasks.items()
        if act.event in rule.done_by
        or (act.event in rule.done_with and not is_empty(getattr(act.details, rule.done_with[act.event])))
    )


def open_stage_tasks(store: Store, case: Case, workflow: Workflow) -> tuple[TaskKind, ...]:
    """Return the tasks of the workflow that are open, oldest first."""
    return tuple(task.kind for task in open_tasks(store, case.id) if task.kind in workflow.tasks)
