"""Which action of the cases room carries out which event of an officer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from bot.conversation.commands import ActOnCase
from cases.actions.acknowledge import acknowledge
from cases.actions.add_note import add_note
from cases.actions.claim import claim
from cases.actions.confirm_decline import confirm_decline, refuse_decline
from cases.actions.decide_at_county import decide_at_county
from cases.actions.end_notice import end_notice
from cases.actions.hand_over import release
from cases.actions.mark_urgent import mark_urgent
from cases.actions.place_case import place_case
from cases.actions.post_notice import post_notice
from cases.actions.propose_decline import propose_decline
from cases.actions.record_aid import record_aid
from cases.actions.record_appraisal import record_appraisal
from cases.actions.record_home_visit import record_home_visit
from cases.actions.record_task import record_task
from cases.actions.recuse import recuse_oneself
from cases.actions.resolve_risk import drop_resolution, resolve_risk
from cases.actions.review_at_township import review_at_township
from cases.actions.tell_reporter import record_telling
from cases.actors import Officer
from cases.case import Case
from cases.details import DETAILS, DeclineConfirmation, Details
from cases.errors import MissingFieldsError, NotPermittedError
from cases.states import Event
from storage.store import Store

_WITH_DETAILS: Final[Mapping[Event, Callable[..., Case]]] = {
    Event.PLACED: place_case,
    Event.HOME_VISIT_RECORDED: record_home_visit,
    Event.APPRAISAL_RECORDED: record_appraisal,
    Event.NOTICE_POSTED: post_notice,
    Event.NOTICE_ENDED: end_notice,
    Event.TOWNSHIP_APPROVED: review_at_township,
    Event.RETURNED: review_at_township,
    Event.COUNTY_APPROVED: decide_at_county,
    Event.DECLINE_PROPOSED: propose_decline,
    Event.DECLINE_REFUSED: refuse_decline,
    Event.MARKED_URGENT: mark_urgent,
    Event.AID_RECORDED: record_aid,
    Event.NOTED: add_note,
    Event.TOLD: record_telling,
    Event.CONSENT_SIGNED: record_task,
    Event.CROSS_CHECKED: record_task,
    Event.ANNOUNCED: record_task,
    Event.ENTERED_NATIONALLY: record_task,
    Event.PLAN_MADE: record_task,
    Event.RELEASED: release,
    Event.RECUSED: recuse_oneself,
    Event.RESOLUTION_DROPPED: drop_resolution,
    Event.RISK_RESOLVED: resolve_risk,
}
_WITHOUT_DETAILS: Final[Mapping[Event, Callable[..., Case]]] = {
    Event.CLAIMED: claim,
    Event.ACKNOWLEDGED: acknowledge,
}
# What an officer may do from a chat.
OFFICER_EVENTS: Final = frozenset({*_WITH_DETAILS, *_WITHOUT_DETAILS, Event.DECLINE_CONFIRMED})


def carry_out(store: Store, command: ActOnCase, *, officer: Officer, now: datetime) -> Case:
    """Let *officer* do what the command says and return the case as it then is.

    Raises:
        NotPermittedError: the event is not an officer's.
        MissingFieldsError: what was written down is not complete.
        CasesError: as the action itself.
    """
    event = command.event
    known: Mapping[str, Any] = {"actor": officer, "version": command.version, "now": now}
    if event in _WITHOUT_DETAILS:
        return _WITHOUT_DETAILS[event](store, command.receipt, **known)
    if event not in OFFICER_EVENTS:
        raise NotPermittedError(event=event, roles=[])
    details = _details(event, command.filled)
    if isinstance(details, DeclineConfirmation):
        return confirm_decline(store, command.receipt, reason=details.reason, **known)
    return _WITH_DETAILS[event](store, command.receipt, details, **known)


def _details(event: Event, filled: Mapping[str, str]) -> Details:
    kind = DETAILS[event]
    try:
        details: Details = TypeAdapter(kind).validate_python(dict(filled))
    except ValidationError as error:
        fields = [str(problem["loc"][0]) for problem in error.errors(include_url=False, include_input=False)]
        raise MissingFieldsError(event=event, fields=fields) from None
    return details
