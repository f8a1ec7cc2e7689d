"""Whom the township calls back: was the visit real, was the decline told, was the withdrawal his own wish.

A household that does not want what somebody else reported for it is asked a second time, by the township: no village
ends a report by saying that.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final

from cases.act import Act
from cases.actors import Role
from cases.case import Case
from cases.chats import chat_of_case
from cases.details import Came, HouseholdAnswer, HouseholdAsked, VisitAnswer
from cases.notices import NoticeKind
from cases.officers import officers_over
from cases.rules import Workflow
from cases.states import Event, State
from cases.tasks import TaskKind, is_open, open_task, open_tasks
from cases.telling import tell_officers, tell_reporter
from storage.store import Store

HOUSEHOLDS_OF_A_PROXY: Final = 3


class CallBackReason(StrEnum):
    """Why a household is called back, where its workflow alone does not say so."""

    PROXY_PHONE = "proxy_phone"
    UNREACHED = "unreached"
    DRAWN = "drawn"
    DENIED = "denied"
    UNWILLING = "unwilling"


def is_proxy_phone(store: Store, case_id: str) -> bool:
    """Tell whether a case's telephone is one that somebody else answers (代收): an officer's, or that of three or more
    households."""
    query = (
        "SELECT EXISTS (SELECT 1 FROM officer_phones WHERE phone_key = mine.phone_key) AS officers,"
        " (SELECT count(DISTINCT name_key) FROM case_people AS theirs"
        "  WHERE theirs.phone_key = mine.phone_key AND theirs.part = 'householder') AS households"
        " FROM case_people AS mine WHERE case_id = ? AND part = 'householder' AND phone_key IS NOT NULL"
    )
    row = next(store.db.query(query, [case_id]), None)
    return row is not None and (bool(row["officers"]) or row["households"] >= HOUSEHOLDS_OF_A_PROXY)


def follow_up(store: Store, case: Case, workflow: Workflow, act: Act) -> None:
    """Open the township's task to call back, where *act* wants one beyond what the workflow opens.

    Of an unwilling household the question whether it wants the report stays open until the township has asked too.
    """
    reason = _reason(store, case, workflow, act)
    if reason is CallBackReason.UNWILLING:
        open_task(store, case.id, TaskKind.ASK_HOUSEHOLD, about=reason.value, now=act.now)
    if reason is None or is_open(store, case.id, TaskKind.CALL_BACK):
        return
    open_task(store, case.id, TaskKind.CALL_BACK, about=reason.value, now=act.now)
    if reason is CallBackReason.UNWILLING:
        tell_reporter(store, case, NoticeKind.HOUSEHOLD_UNWILLING, {}, actor=act.actor, now=act.now)
    if reason in {CallBackReason.DENIED, CallBackReason.UNWILLING}:
        tell_township(store, case, NoticeKind.OFFICER_CALL_BACK, now=act.now)


def tell_township(store: Store, case: Case, kind: NoticeKind, *, now: datetime) -> None:
    """Put a notice into the chats of the township's officers."""
    tell_officers(store, case, kind, officers_over(store, [Role.TOWNSHIP], case.area_code), extra={}, now=now)


def _reason(store: Store, case: Case, workflow: Workflow, act: Act) -> CallBackReason | None:
    if isinstance(act.details, VisitAnswer):
        return CallBackReason.DENIED if act.details.came is Came.NO else None
    if isinstance(act.details, HouseholdAsked):
        return CallBackReason.UNWILLING if act.details.answer is HouseholdAnswer.DECLINES else None
    if act.event is not Event.HOME_VISIT_RECORDED or case.state is not State.UNDER_VERIFICATION:
        return None
    if is_proxy_phone(store, case.id):
        return CallBackReason.PROXY_PHONE
    if chat_of_case(store, case.id) is None:
        return CallBackReason.UNREACHED
    return CallBackReason.DRAWN if _is_drawn(store, case, workflow.call_back_percent) else None


def is_unwilling(store: Store, case_id: str) -> bool:
    """Tell whether a household said that it does not want the report, and nothing has settled that since."""
    return any(
        task.kind is TaskKind.ASK_HOUSEHOLD and task.about == CallBackReason.UNWILLING.value
        for task in open_tasks(store, case_id)
    )


def _is_drawn(store: Store, case: Case, percent: int) -> bool:
    """Draw a share of cases: always the same ones, and nobody without the key knows which."""
    return int(store.vault.fingerprint("call-back", case.id)[:8], 16) % 100 < percent
