"""A case passes from hand to hand: given back, passed to a colleague, or passed on by the clock."""

from __future__ import annotations

from datetime import datetime

from cases.access import access_case
from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Clock, Officer
from cases.case import Case
from cases.details import Release, Transfer
from cases.officers import load_officer
from cases.presence import deputies_of, is_away, least_loaded, may_hold
from cases.rules import Workflow
from cases.workflow import workflow_of
from storage.store import Store
from storage.times import local_date


def release(
    store: Store, receipt: str, release: Release, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Give a case back to the queue; who works such cases is told.

    Raises:
        NotHolderError: *actor* does not hold it.
        CasesError: as ``take_step``.
    """
    return take_step(store, receipt, Act(release, actor, now), version=version)


def transfer(
    store: Store, receipt: str, transfer: Transfer, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Pass a case to another officer, who is told; the holder may, and those who answer for him.

    Raises:
        CannotHoldError: the other officer cannot work it, is on leave, or stepped back from it.
        CasesError: as ``take_step``.
    """
    return take_step(store, receipt, Act(transfer, actor, now), version=version)


def pass_on(store: Store, receipt: str, *, actor: Clock, now: datetime) -> Case:
    """Give a case that nobody works to the holder's deputy, or to the present officer with the fewest cases.

    Where there is nobody, a case whose holder is away goes back to the queue; any other stays where it is. Needs a
    transaction.
    """
    case = access_case(store, receipt, actor=actor)
    workflow = workflow_of(store, case.workflow, case.workflow_version)
    chosen = _successor(store, case, workflow, now)
    if chosen is not None:
        details = Transfer(chosen, _why(store, case, now))
        return take_step(store, receipt, Act(details, actor, now), version=case.version)
    if case.assignee is not None and is_away(store, case.assignee, local_date(now)):
        return take_step(store, receipt, Act(Release("原承办人不在岗"), actor, now), version=case.version)
    return case


def _why(store: Store, case: Case, now: datetime) -> str:
    if case.assignee is None:
        return "没有人领办"
    return "原承办人不在岗" if is_away(store, case.assignee, local_date(now)) else "超期没有办"


def _successor(store: Store, case: Case, workflow: Workflow, now: datetime) -> str | None:
    today = local_date(now)
    for deputy in deputies_of(store, case.assignee, today) if case.assignee else []:
        if may_hold(store, case, workflow, load_officer(store, deputy)) and not is_away(store, deputy, today):
            return deputy
    return least_loaded(store, case, workflow, today)
