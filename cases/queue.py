"""What an officer sees of the work before him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from cases.actors import Officer
from cases.case import Case, case_of
from cases.duplicates import has_open_link
from cases.duties import Condition, in_area, in_areas, waits_for
from cases.history import last_officer
from cases.presence import is_recused
from cases.rules import Proposal, Workflow
from cases.states import Event, State
from cases.tasks import TaskKind, open_tasks
from cases.workflow import workflow_of
from storage.store import Store

_WANTED: Final = """
    active = :active
    AND (:mine = 0 OR assignee = :officer OR offered_to = :officer)
    AND (:unclaimed = 0 OR assignee IS NULL)
    AND (:urgent = 0 OR urgent = 1)
    AND (:state IS NULL OR state = :state)
    AND (:earliest IS NULL OR due_on >= :earliest)
    AND (:latest IS NULL OR due_on <= :latest)
    AND :aside = (id IN (SELECT case_id FROM case_tasks WHERE kind = 'check_flood' AND done_at IS NULL))
"""
_ORDER: Final = "urgent DESC, due_on IS NULL, due_on, assignee IS NOT NULL, created_at, rowid"


class Due(StrEnum):
    """When a case's earliest limit falls, seen from a day."""

    TODAY = "today"
    TOMORROW = "tomorrow"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class QueueFilter:
    """What to list; all conditions hold together. ``waiting``: what is this officer's to work now: cases in a state
    of his, with a task of his, or past a limit of those below him.

    ``active`` False lists the cases where nothing is owed any more. ``area`` is a prefix of area codes. ``aside``: only
    what was put aside as one of a flood, which is not listed otherwise.
    """

    mine: bool = False
    unclaimed: bool = False
    waiting: bool = False
    due: Due | None = None
    state: State | None = None
    active: bool = True
    urgent: bool = False
    area: str = ""
    aside: bool = False


@dataclass(frozen=True)
class QueueItem:
    """One line of the queue. ``possible`` is what this officer may do now, in the order of the workflow.

    ``state_label`` is the Chinese name of the state in the case's own workflow. ``tasks`` are open.
    """

    case: Case
    state_label: str
    possible: tuple[Event, ...]
    proposal_open: bool
    tasks: tuple[TaskKind, ...]


def list_queue(
    store: Store,
    *,
    officer: Officer,
    today: date,
    wanted: QueueFilter | None = None,
    limit: int = 200,
    skip: int = 0,
) -> list[QueueItem]:
    """Return at most *limit* of the cases in the officer's areas that *wanted* describes, after the first *skip*.

    Urgent ones come first, then by date, and of one date those that nobody holds before those that somebody does.
    """
    condition, params = _condition(store, officer, today, wanted or QueueFilter())
    rows = store.db.query(
        f"SELECT * FROM cases WHERE {condition} ORDER BY {_ORDER} LIMIT :limit OFFSET :skip",  # noqa: S608 - our own
        params | {"limit": limit, "skip": skip},
    )
    return [queue_item(store, case_of(row), officer=officer) for row in list(rows)]


def count_queue(store: Store, *, officer: Officer, today: date, wanted: QueueFilter) -> int:
    """Return how many cases ``list_queue`` would list without a limit."""
    condition, params = _condition(store, officer, today, wanted)
    query = f"SELECT count(*) AS cases FROM cases WHERE {condition}"  # noqa: S608 - names of our own
    return int(next(store.db.query(query, params))["cases"])


def queue_item(store: Store, case: Case, *, officer: Officer) -> QueueItem:
    """Return the line of one case that the officer got through ``cases.access``."""
    workflow = workflow_of(store, case.workflow, case.workflow_version)
    tasks = tuple(task.kind for task in open_tasks(store, case.id))
    possible = tuple(
        event
        for event in workflow.possible(case.state, officer.roles_at(case.area_code))
        if _fits_proposal(workflow, event, tasks)
        and _fits_tasks(workflow, event, tasks)
        and _fits_person(store, case, workflow, event, officer)
    )
    return QueueItem(case, workflow.states[case.state].label, possible, TaskKind.CONFIRM_DECLINE in tasks, tasks)


def _fits_proposal(workflow: Workflow, event: Event, tasks: tuple[TaskKind, ...]) -> bool:
    is_open = TaskKind.CONFIRM_DECLINE in tasks
    forbidden = {Proposal.OPENS, Proposal.WAITS} if is_open else {Proposal.CLOSES}
    return workflow.events[event].proposal not in forbidden


def _fits_tasks(workflow: Workflow, event: Event, tasks: tuple[TaskKind, ...]) -> bool:
    meant = workflow.tasks_done_by(event)
    blocked = any(event in workflow.tasks[kind].blocks for kind in tasks if kind in workflow.tasks)
    return not blocked and (not meant or bool(set(meant).intersection(tasks)))


def _fits_person(store: Store, case: Case, workflow: Workflow, event: Event, officer: Officer) -> bool:
    rule, holds = workflow.events[event], case.assignee == officer.id
    above = bool(officer.roles_at(case.area_code).intersection(workflow.states[case.state].superiors))
    allowed = {Event.CLAIMED: not case.assignee, Event.RELEASED: holds, Event.TRANSFERRED: holds or above}
    if not allowed.get(event, True) or any(last_officer(store, case.id, one) == officer.id for one in rule.other_than):
        return False
    if rule.lifts_urgent and not case.urgent:
        return False
    if event is Event.LINK_SETTLED and not has_open_link(store, case.id):
        return False
    recused = (rule.impartial or event is Event.RECUSED) and is_recused(store, case.id, officer.id)
    return not recused


def _condition(store: Store, officer: Officer, today: date, wanted: QueueFilter) -> Condition:
    earliest, latest = _span(wanted.due, today)
    waits = waits_for(store, officer, today) if wanted.waiting else ("1", {})
    parts: tuple[Condition, ...] = (in_areas(officer), in_area(wanted.area), waits)
    own = {
        "active": wanted.active,
        "mine": wanted.mine,
        "officer": officer.id,
        "unclaimed": wanted.unclaimed,
        "urgent": wanted.urgent,
        "aside": wanted.aside,
        "state": wanted.state,
        "earliest": earliest and earliest.isoformat(),
        "latest": latest and latest.isoformat(),
    }
    params = own | {name: value for _, named in parts for name, value in named.items()}
    return " AND ".join([_WANTED, *(text for text, _ in parts)]), params


def _span(due: Due | None, today: date) -> tuple[date | None, date | None]:
    tomorrow, yesterday = today + timedelta(days=1), today - timedelta(days=1)
    spans: dict[Due | None, tuple[date | None, date | None]] = {
        None: (None, None),
        Due.TODAY: (today, today),
        Due.TOMORROW: (tomorrow, tomorrow),
        Due.OVERDUE: (None, yesterday),
    }
    return spans[due]
