"""Tells people what happened to a case, as its workflow says: outbox rows, or a task where no chat is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from cases.act import Act
from cases.actors import SCOPE_DIGITS, Actor, Officer, Role
from cases.case import Case, load_case
from cases.chats import chat_of_case
from cases.deadlines import open_deadlines
from cases.duties import in_areas
from cases.forms import is_proxy
from cases.notices import EXTRA_PARAMS, RESULTS, NoticeKind
from cases.officers import chats_of_officer, officers_over
from cases.presence import is_recused, with_deputies
from cases.receipts import receipt_code
from cases.rules import Audience, Workflow
from cases.tasks import TaskKind, is_open, open_task
from cases.workflow import workflow_of
from cases.written import to_json
from storage import outbox
from storage.areas import gazetteer_of
from storage.heads import head_text
from storage.store import Store
from storage.times import local_date


def tell_all(store: Store, case: Case, workflow: Workflow, act: Act, *, held_before: str | None) -> None:
    """Tell everybody whom the workflow names for *act*; *held_before* is the officer who held the case then.

    Of a case that is put aside as one of a flood no officer hears until it is let in.
    """
    written = to_json(act.details)
    aside = is_open(store, case.id, TaskKind.CHECK_FLOOD)
    for tell in workflow.events[act.event].tell:
        extra = {name: written.get(name) for name in EXTRA_PARAMS.get(tell.notice, ())}
        if tell.who is Audience.REPORTER:
            tell_reporter(store, case, tell.notice, extra, actor=act.actor, now=act.now)
        elif not aside:
            listeners = _listeners(store, case, workflow, tell.who, held_before)
            others = [officer for officer in listeners if officer != _acting_officer(act)]
            tell_officers(store, case, tell.notice, others, extra=extra, now=act.now)


def tell_officers(
    store: Store, case: Case, kind: NoticeKind, officers: Iterable[str], *, extra: dict[str, Any], now: datetime
) -> int:
    """Put one notice into each chat of each of *officers*: the number, never the household. Return how many.

    Who stands in for an officer on leave is told as well.
    """
    common = {
        "receipt": case.receipt,
        "state": case.state.value,
        "urgent": case.urgent,
        "version": case.version,
        "due_on": case.due_on.isoformat() if case.due_on else None,
    }
    present = with_deputies(store, officers, local_date(now))
    chats = [chat for officer in present for chat in chats_of_officer(store, officer)]
    for chat in chats:
        outbox.put(
            store,
            channel=chat.channel,
            chat=chat.chat,
            kind=kind.value,
            params={**common, **extra},
            notice=True,
            case_id=case.id,
            now=now,
        )
    return len(chats)


def untold_cases(store: Store, *, officer: Officer, limit: int = 200, skip: int = 0) -> list[tuple[Case, int]]:
    """Return the cases in the officer's areas with something a person must tell, oldest first, and how many things.

    They are at most *limit* after the first *skip*. Cases that have ended are among them: a decline counts as told
    only when somebody was.
    """
    condition, params = in_areas(officer)
    rows = store.db.query(
        "SELECT case_id, count(*) AS things FROM case_tasks JOIN cases ON cases.id = case_id"  # noqa: S608 - our own
        f" WHERE kind = :kind AND done_at IS NULL AND {condition}"
        " GROUP BY case_id ORDER BY min(opened_at), case_id LIMIT :limit OFFSET :skip",
        params | {"kind": TaskKind.TELL_REPORTER.value, "limit": limit, "skip": skip},
    )
    return [(load_case(store, row["case_id"]), row["things"]) for row in list(rows)]


def count_untold(store: Store, *, officer: Officer) -> int:
    """Return how many cases ``untold_cases`` would list without a limit."""
    condition, params = in_areas(officer)
    rows = store.db.query(
        "SELECT count(DISTINCT case_id) AS cases FROM case_tasks JOIN cases ON cases.id = case_id"  # noqa: S608 - our own
        f" WHERE kind = :kind AND done_at IS NULL AND {condition}",
        params | {"kind": TaskKind.TELL_REPORTER.value},
    )
    return int(next(rows)["cases"])


def superiors_of(store: Store, case: Case, workflow: Workflow) -> list[str]:
    """Return the officers who answer for those who hold *case*; the county's where there are none."""
    rule = workflow.states[case.state]
    return officers_over(store, rule.superiors, case.area_code) or officers_over(store, [Role.COUNTY], case.area_code)


def holders_of(store: Store, case: Case, workflow: Workflow) -> list[str]:
    """Return who holds *case* or is offered it, or else all whose role works it there, or else their superiors."""
    if working := case.assignee or case.offered_to:
        return [working]
    rule = workflow.states[case.state]
    holders = officers_over(store, rule.holders, case.area_code)
    impartial = [officer for officer in holders if not is_recused(store, case.id, officer)]
    return impartial or superiors_of(store, case, workflow)


def tell_reporter(
    store: Store, case: Case, kind: NoticeKind, extra: Mapping[str, Any], *, actor: Actor, now: datetime
) -> None:
    """Put a notice into the reporter's chat; where there is none, a person is asked to tell, and to prove it.

    Who reports for another household reads numbers and stages only; of a result the household itself is told.
    """
    chat = chat_of_case(store, case.id)
    proxy = is_proxy(store, case.id)
    if chat is None or (proxy and kind in RESULTS):
        open_task(store, case.id, TaskKind.TELL_REPORTER, about=kind.value, now=now)
    if chat is None:
        return
    workflow = workflow_of(store, case.workflow, case.workflow_version)
    received = {"code": receipt_code(store, case.id)} if kind is NoticeKind.RECEIVED and not proxy else {}
    common = {**reporter_params(store, case, workflow), **({"proxy": True} if proxy else extra), **received}
    outbox.put(
        store,
        channel=chat.channel,
        chat=chat.chat,
        kind=kind.value,
        params=common,
        notice=chat != actor,
        case_id=case.id,
        now=now,
    )


def reporter_params(store: Store, case: Case, workflow: Workflow) -> dict[str, Any]:
    """Return what every notice to a reporter carries."""
    return {
        "receipt": case.receipt,
        "state": case.state.value,
        "urgent": case.urgent,
        "due": promises_of(store, case, workflow),
        "head": head_text(store),
        "register": _register(store, case),
        "above": is_above_villages(case),
    }


def is_above_villages(case: Case) -> bool:
    """Tell whether a case lies with the township itself, and no village has it."""
    return len(case.area_code) == SCOPE_DIGITS[Role.TOWNSHIP]


def _register(store: Store, case: Case) -> str:
    """Return the name of the township whose register a case stands in; empty while the township is not known."""
    code, gazetteer = case.area_code[: SCOPE_DIGITS[Role.TOWNSHIP]], gazetteer_of(store)
    known = len(code) == SCOPE_DIGITS[Role.TOWNSHIP] and code in gazetteer
    return gazetteer.area(code).name if known else ""


def promises_of(store: Store, case: Case, workflow: Workflow) -> dict[str, dict[str, Any]]:
    """Return what a household is promised: the open deadlines, other readings of the same limit left out."""
    return {
        deadline.key: {"date": deadline.due.date.isoformat(), "provisional": deadline.due.provisional}
        for deadline in open_deadlines(store, case.id)
        if not workflow.deadlines[deadline.key].beside
    }


def _listeners(store: Store, case: Case, workflow: Workflow, who: Audience, held_before: str | None) -> list[str]:
    if who is Audience.ASSIGNEE:
        return [held_before] if held_before else []
    if who is Audience.SUPERIORS:
        return superiors_of(store, case, workflow)
    return holders_of(store, case, workflow)


def _acting_officer(act: Act) -> str | None:
    return act.actor.id if isinstance(act.actor, Officer) else None
