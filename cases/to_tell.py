"""What a person must still tell a household, and the result it was told last: each as the notice that it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from cases.access import CaseFile
from cases.history import HistoryEntry
from cases.notices import EXTRA_PARAMS, RESULTS, NoticeKind
from cases.receipts import receipt_code
from cases.referrals import Referral, referrals_of
from cases.rules import Audience, Workflow
from cases.tasks import TaskKind
from cases.telling import reporter_params
from cases.workflow import workflow_of
from storage.store import Store
from storage.times import local_date

_OF_REFERRALS: Final = frozenset({NoticeKind.REFERRED, NoticeKind.REFERRAL_ANSWERED})


@dataclass(frozen=True)
class ToTell:
    """One notice: its kind and parameters, as it would have gone to the household's chat."""

    kind: NoticeKind
    params: Mapping[str, Any]


def to_tell(store: Store, file: CaseFile) -> list[ToTell]:
    """Return what is still to be told about a revealed case, oldest first."""
    workflow = workflow_of(store, file.case.workflow, file.case.workflow_version)
    open_ = [task for task in file.tasks if task.kind is TaskKind.TELL_REPORTER]
    return [_notice(store, file, workflow, NoticeKind(task.about), task.opened_at) for task in open_]


def last_result(store: Store, file: CaseFile) -> ToTell | None:
    """Return the last result of a revealed case, to be told once more on paper; None: there is none yet."""
    workflow = workflow_of(store, file.case.workflow, file.case.workflow_version)
    for entry in reversed(file.history):
        kind = next((kind for kind in RESULTS if entry.event in _telling(workflow, kind)), None)
        if kind is not None:
            return _notice(store, file, workflow, kind, entry.recorded_at)
    return None


def _notice(store: Store, file: CaseFile, workflow: Workflow, kind: NoticeKind, at: datetime) -> ToTell:
    if kind in _OF_REFERRALS:
        extra = _of_referrals(referrals_of(store, file.case), kind, local_date(at))
    else:
        events = _telling(workflow, kind)
        entries = [entry for entry in file.history if entry.event in events and entry.recorded_at <= at]
        extra = _written(entries, kind)
    if kind is NoticeKind.RECEIVED:
        extra["code"] = receipt_code(store, file.case.id)
    return ToTell(kind, {**reporter_params(store, file.case, workflow), **extra})


def _telling(workflow: Workflow, kind: NoticeKind) -> set[str]:
    """Return the events of which the reporter is told by a notice of this kind."""
    return {
        event
        for event, rule in workflow.events.items()
        if any(tell.who is Audience.REPORTER and tell.notice is kind for tell in rule.tell)
    }


def _written(entries: Iterable[HistoryEntry], kind: NoticeKind) -> dict[str, Any]:
    details: Mapping[str, Any] = {}
    for entry in entries:
        details = entry.details
    return {name: details.get(name, "") for name in EXTRA_PARAMS.get(kind, ())}


def _of_referrals(referrals: Sequence[Referral], kind: NoticeKind, day: date) -> dict[str, Any]:
    """Return what a notice says of the referrals that were sent, or answered, last: several of one day together.

    The answer itself stands on the referral's own paper, which goes along.
    """
    answered = kind is NoticeKind.REFERRAL_ANSWERED
    days = {one.id: one.closed_on if answered else one.sent_on for one in referrals if not one.inbound}
    last = max((on for on in days.values() if on is not None and on <= day), default=None)
    found = [one for one in referrals if last is not None and days.get(one.id) == last]
    said = {"department": "、".join(dict.fromkeys(one.department.value for one in found))}
    numbers = "、".join(str(one.number) for one in found)
    return said | ({"result": f"见第 {numbers} 号转办单，随这张纸一起给您看"} if answered else {})
