"""Where a report stands, for the person who made it: stage and date, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from cases.actors import Reporter, Role
from cases.case import Case, find_case, load_case
from cases.chats import cases_of_chat, chat_key
from cases.errors import TooManyLookupsError
from cases.history import state_since
from cases.people import has_phone
from cases.receipts import canonical_receipt
from cases.stage_tasks import open_stage_tasks
from cases.states import Event, State
from cases.tasks import TaskKind
from cases.workflow import workflow_of
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import to_text

FAILURES_ALLOWED: Final = 5
WAIT_MINUTES: Final = 60


@dataclass(frozen=True)
class Progress:
    """The stage of a case, ``label`` in words, and the day on which it came there.

    ``active``: the report still runs and may be taken back. ``tasks``: open ones that concern the household.
    """

    receipt: str
    state: State
    label: str
    active: bool
    since: date
    tasks: tuple[TaskKind, ...] = ()


def find_progress(store: Store, *, receipt: str, phone: str, asker: Reporter, now: datetime) -> Progress | None:
    """Return the progress of the case that has this receipt and this telephone; None when nothing matches both.

    A failed look-up is counted against the chat that asks. Needs an open transaction.

    Raises:
        TooManyLookupsError: this chat failed too often within the last hour.
    """
    check_in_transaction(store)
    asking = chat_key(store, asker)
    if _failures(store, asking, now) >= FAILURES_ALLOWED:
        raise TooManyLookupsError(minutes=WAIT_MINUTES)
    case = find_case(store, canonical_receipt(receipt))
    if case and has_phone(store, case.id, phone):
        return _progress(store, case)
    store.db.execute("INSERT INTO progress_lookups (chat_key, at) VALUES (?, ?)", [asking, to_text(now)])
    return None


def progress_of_chat(store: Store, chat: Reporter) -> list[Progress]:
    """Return the progress of every report whose notices go to *chat*, newest first."""
    return [_progress(store, load_case(store, case_id)) for case_id in cases_of_chat(store, chat)]


def _progress(store: Store, case: Case) -> Progress:
    workflow = workflow_of(store, case.workflow, case.workflow_version)
    label = workflow.states[case.state].label
    tasks = tuple(kind for kind in open_stage_tasks(store, case, workflow) if workflow.tasks[kind].household)
    runs = Event.WITHDRAWN in workflow.possible(case.state, frozenset({Role.REPORTER}))
    return Progress(case.receipt, case.state, label, runs, state_since(store, case.id), tasks)


def _failures(store: Store, asking: str, now: datetime) -> int:
    since = to_text(now - timedelta(minutes=WAIT_MINUTES))
    store.db.execute("DELETE FROM progress_lookups WHERE at <= ?", [since])
    row = next(store.db.query("SELECT count(*) AS failures FROM progress_lookups WHERE chat_key = ?", [asking]))
    return int(row["failures"])
