"""What a reporter does about his own report: corrects, answers, takes back, takes that back, does not agree."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from cases.access import access_case
from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Reporter
from cases.call_backs import tell_township
from cases.case import Case, load_case
from cases.deadlines import run_again
from cases.details import Correction, Reinstatement, ReviewRequest, VisitAnswer, Withdrawal
from cases.errors import InvalidReportError, NotPossibleError
from cases.history import history, last_of
from cases.notices import NoticeKind
from cases.people import Part, change_person
from cases.report import STORY_LIMIT, canonical_phone, is_phone
from cases.states import Event
from cases.tasks import take_up_again
from storage.store import Store

UNDO_DAYS: Final = 30
_NAME_LIMIT: Final = 100


def withdraw(
    store: Store, receipt: str, *, actor: Reporter, now: datetime, withdrawal: Withdrawal | None = None
) -> Case:
    """End a case at its reporter's own wish; whoever held it is told, and the township asks back.

    Raises as ``take_step``.
    """
    return take_step(store, receipt, Act(withdrawal or Withdrawal(), actor, now), version=None)


def reinstate(store: Store, receipt: str, *, actor: Reporter, now: datetime) -> Case:
    """Take a withdrawal back within ``UNDO_DAYS``: the case stands where it stood, its clocks run on as if never
    stopped, its tasks are open again.

    Raises:
        NotPossibleError: it was not withdrawn, or too long ago.
        CasesError: as ``take_step``.
    """
    case = access_case(store, receipt, actor=actor)
    left = last_of(history(store, case.id), Event.WITHDRAWN, Event.HOUSEHOLD_DECLINED)
    if left is None or left.event is not Event.WITHDRAWN or left.from_state is None:
        raise NotPossibleError(event=Event.REINSTATED, state=case.state)
    if now > left.recorded_at + timedelta(days=UNDO_DAYS):
        raise NotPossibleError(event=Event.REINSTATED, state=case.state)
    case = take_step(store, receipt, Act(Reinstatement(left.from_state), actor, now), version=case.version)
    run_again(store, case.id, ended_by=Event.WITHDRAWN)
    take_up_again(store, case.id, dropped_at=left.recorded_at)
    return load_case(store, case.id)


def correct(store: Store, receipt: str, correction: Correction, *, actor: Reporter, now: datetime) -> Case:
    """Correct the name or the telephone of a household; what was there before stays in the history of the case.

    Raises:
        InvalidReportError: neither was given, or it cannot be one.
        CasesError: as ``take_step``.
    """
    wrong = [
        *(["phone"] if correction.phone and not is_phone(correction.phone) else []),
        *(["householder"] if len(correction.householder) > _NAME_LIMIT else []),
    ]
    if wrong or not (correction.phone.strip() or correction.householder.strip()):
        raise InvalidReportError(fields=wrong or ["phone"])
    case = take_step(store, receipt, Act(correction, actor, now), version=None)
    name, phone = correction.householder.strip(), canonical_phone(correction.phone)
    change_person(store, case.id, Part.HOUSEHOLDER, name=name, phone=phone)
    return case


def answer_visit(store: Store, receipt: str, answer: VisitAnswer, *, actor: Reporter, now: datetime) -> Case:
    """Keep the household's own word on whether anybody came; a no becomes a task of the township.

    Raises as ``take_step``.
    """
    return take_step(store, receipt, Act(answer, actor, now), version=None)


def request_review(store: Store, receipt: str, request: ReviewRequest, *, actor: Reporter, now: datetime) -> Case:
    """Let the township look again at a result that the household does not agree with; a clock of its own runs.

    Raises:
        InvalidReportError: too many words.
        CasesError: as ``take_step``.
    """
    if len(request.reason) > STORY_LIMIT:
        raise InvalidReportError(fields=["reason"])
    case = take_step(store, receipt, Act(request, actor, now), version=None)
    tell_township(store, case, NoticeKind.OFFICER_REVIEW, now=now)
    return case
