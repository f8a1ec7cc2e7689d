"""Where a report stands, for the person who made it: stage and date, and more for who holds the receipt's code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from cases.actors import Reporter, Role
from cases.call_backs import is_unwilling
from cases.case import Case, find_case, load_case
from cases.chats import cases_of_chat, chat_key
from cases.duty.alarms import Subject, open_alarm
from cases.errors import TooManyLookupsError
from cases.forms import is_proxy
from cases.history import history, last_of, state_since
from cases.people import has_phone
from cases.receipts import canonical_receipt, is_code_of
from cases.rules import Workflow
from cases.stage_tasks import open_stage_tasks
from cases.states import Event, State
from cases.tasks import TaskKind
from cases.telling import is_above_villages, promises_of
from cases.workflow import workflow_of
from storage.case_keys import is_erased
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import to_text

FAILURES_ALLOWED: Final = 5
WAIT_MINUTES: Final = 60

_RESULTS: Final = (Event.DECLINE_CONFIRMED, Event.REVIEW_UPHELD, Event.REVIEW_REOPENED)


@dataclass(frozen=True)
class ProgressDetails:
    """What only the household reads: days, the reason of a result, the number in the province's own system."""

    due: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    reason: str = ""
    entered_as: str = ""


@dataclass(frozen=True)
class Progress:
    """The stage of a case, ``label`` in words, and the day on which it came there.

    ``active``: the report still runs and may be taken back. ``tasks``: open ones that concern the household.
    ``may``: what the reporter may do now. ``entered``: it was entered in the province's own system. ``unheard``: it
    is urgent and nobody confirmed yet. ``unwilling``: the household does not want what somebody else reported for it.
    ``above``: the township has it, no village does. ``tasks`` and ``details`` are empty for all but the household.
    """

    receipt: str
    state: State
    label: str
    active: bool
    since: date
    tasks: tuple[TaskKind, ...] = ()
    may: frozenset[Event] = frozenset()
    entered: bool = False
    unheard: bool = False
    unwilling: bool = False
    above: bool = False
    details: ProgressDetails | None = None


def find_progress(
    store: Store, *, receipt: str, phone: str, asker: Reporter, now: datetime, code: str = ""
) -> Progress | None:
    """Return the progress of the case that has this receipt and this telephone; None when nothing matches both.

    With the *code* of the receipt there are details. A failed look-up, and a wrong code, is counted against the chat
    that asks. Needs an open transaction.

    Raises:
        TooManyLookupsError: this chat failed too often within the last hour.
    """
    check_in_transaction(store)
    asking = chat_key(store, asker)
    if _failures(store, asking, now) >= FAILURES_ALLOWED:
        raise TooManyLookupsError(minutes=WAIT_MINUTES)
    case = find_case(store, canonical_receipt(receipt))
    found = case is not None and has_phone(store, case.id, phone)
    known = found and case is not None and bool(code.strip()) and is_code_of(store, case.id, code)
    if not found or (code.strip() and not known):
        store.db.execute("INSERT INTO progress_lookups (chat_key, at) VALUES (?, ?)", [asking, to_text(now)])
    if case is None or not found:
        return None
    return replace(_progress(store, case, full=known), may=frozenset())


def progress_of_chat(store: Store, chat: Reporter) -> list[Progress]:
    """Return the progress of every report whose notices go to *chat*, newest first; a proxy sees stages only."""
    cases = [load_case(store, case_id) for case_id in cases_of_chat(store, chat)]
    return [
        _progress(store, case, full=not is_erased(store, case.id) and not is_proxy(store, case.id)) for case in cases
    ]


def _progress(store: Store, case: Case, *, full: bool) -> Progress:
    workflow = workflow_of(store, case.workflow, case.workflow_version)
    declined = _happened(store, case.id, Event.HOUSEHOLD_DECLINED)
    settled = {Event.REINSTATED} if declined else set()
    may = frozenset(workflow.possible(case.state, frozenset({Role.REPORTER}))) - settled
    alarm = open_alarm(store, Subject(case_id=case.id))
    readable = full and not is_erased(store, case.id)
    return Progress(
        receipt=case.receipt,
        state=case.state,
        label=workflow.states[case.state].label,
        active=Event.WITHDRAWN in may,
        since=state_since(store, case.id),
        tasks=_tasks(store, case, workflow) if readable else (),
        may=may,
        entered=_happened(store, case.id, Event.ENTERED_NATIONALLY),
        unheard=alarm is not None and alarm.confirmed_by is None,
        unwilling=declined or is_unwilling(store, case.id),
        above=is_above_villages(case),
        details=_details(store, case, workflow) if readable else None,
    )


def _tasks(store: Store, case: Case, workflow: Workflow) -> tuple[TaskKind, ...]:
    return tuple(kind for kind in open_stage_tasks(store, case, workflow) if workflow.tasks[kind].household)


def _details(store: Store, case: Case, workflow: Workflow) -> ProgressDetails:
    entries = history(store, case.id)
    entry, said = last_of(entries, Event.ENTERED_NATIONALLY), last_of(entries, *_RESULTS)
    ended = case.state in {State.DECLINED, State.RISK_RESOLVED}
    return ProgressDetails(
        due=promises_of(store, case, workflow),
        reason=said.details.get("reason", "") if said and ended else "",
        entered_as=entry.details.get("number", "") if entry else "",
    )


def _happened(store: Store, case_id: str, event: Event) -> bool:
    rows = store.db.query("SELECT 1 FROM case_events WHERE case_id = ? AND event = ? LIMIT 1", [case_id, event.value])
    return next(rows, None) is not None


def _failures(store: Store, asking: str, now: datetime) -> int:
    since = to_text(now - timedelta(minutes=WAIT_MINUTES))
    store.db.execute("DELETE FROM progress_lookups WHERE at <= ?", [since])
    row = next(store.db.query("SELECT count(*) AS failures FROM progress_lookups WHERE chat_key = ?", [asking]))
    return int(row["failures"])
