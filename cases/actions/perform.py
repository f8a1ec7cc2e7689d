"""Which action carries out what somebody wrote down: one table for the chat and the console."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from cases.actions.acknowledge import acknowledge
from cases.actions.add_note import add_note
from cases.actions.claim import claim
from cases.actions.confirm_decline import confirm_decline, refuse_decline
from cases.actions.decide_at_county import decide_at_county
from cases.actions.end_notice import end_notice
from cases.actions.follow_up import follow_up
from cases.actions.hand_over import release, transfer
from cases.actions.mark_urgent import mark_urgent
from cases.actions.place_case import place_case
from cases.actions.post_notice import post_notice
from cases.actions.propose_decline import propose_decline
from cases.actions.record_aid import record_aid
from cases.actions.record_answer import record_answer
from cases.actions.record_appraisal import record_appraisal
from cases.actions.record_home_visit import record_home_visit
from cases.actions.record_household import record_household
from cases.actions.record_task import record_task
from cases.actions.recuse import recuse_oneself
from cases.actions.resolve_risk import drop_resolution, propose_resolution, resolve_risk
from cases.actions.review_at_township import review_at_township
from cases.actions.settle_link import settle_link
from cases.actions.tell_reporter import record_telling
from cases.actors import Officer
from cases.case import Case
from cases.details import DeclineConfirmation, Details
from cases.errors import NotPermittedError
from cases.states import Event
from storage.store import Store

_WITH_DETAILS: Final[Mapping[Event, Callable[..., Case]]] = {
    Event.PLACED: place_case,
    Event.RELEASED: release,
    Event.TRANSFERRED: transfer,
    Event.RECUSED: recuse_oneself,
    Event.CONSENT_SIGNED: record_task,
    Event.HOME_VISIT_RECORDED: record_home_visit,
    Event.HOUSEHOLD_RECORDED: record_household,
    Event.CROSS_CHECKED: record_task,
    Event.APPRAISAL_RECORDED: record_appraisal,
    Event.NOTICE_POSTED: post_notice,
    Event.NOTICE_ENDED: end_notice,
    Event.TOWNSHIP_APPROVED: review_at_township,
    Event.RETURNED: review_at_township,
    Event.COUNTY_APPROVED: decide_at_county,
    Event.ANNOUNCED: record_task,
    Event.ENTERED_NATIONALLY: record_task,
    Event.PLAN_MADE: record_task,
    Event.MEASURE_RECORDED: follow_up,
    Event.SUPPORT_CHANGED: follow_up,
    Event.VISITED: follow_up,
    Event.PAPER_KEPT: follow_up,
    Event.REASSESSED: follow_up,
    Event.DECLINE_PROPOSED: propose_decline,
    Event.DECLINE_REFUSED: refuse_decline,
    Event.MARKED_URGENT: mark_urgent,
    Event.AID_RECORDED: record_aid,
    Event.FALSE_ALARM: record_answer,
    Event.CALLED_BACK: record_answer,
    Event.REVIEW_UPHELD: record_answer,
    Event.REVIEW_REOPENED: record_answer,
    Event.HOUSEHOLD_ASKED: record_task,
    Event.ADMITTED: record_task,
    Event.LINK_SETTLED: settle_link,
    Event.NOTED: add_note,
    Event.TOLD: record_telling,
    Event.RESOLUTION_PROPOSED: propose_resolution,
    Event.RESOLUTION_DROPPED: drop_resolution,
    Event.RISK_RESOLVED: resolve_risk,
}
_WITHOUT_DETAILS: Final[Mapping[Event, Callable[..., Case]]] = {
    Event.CLAIMED: claim,
    Event.ACKNOWLEDGED: acknowledge,
}
# What officers do; the rest is the reporter's and the clock's.
OFFICER_EVENTS: Final = frozenset({*_WITH_DETAILS, *_WITHOUT_DETAILS, Event.DECLINE_CONFIRMED})


def perform(
    store: Store, receipt: str, details: Details, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Let *actor* do what *details* say and return the case as it then is. Needs an open transaction.

    Raises:
        NotPermittedError: the event is not an officer's.
        CasesError: as the action itself.
    """
    event = details.event
    known: Mapping[str, Any] = {"actor": actor, "version": version, "now": now}
    if event in _WITHOUT_DETAILS:
        return _WITHOUT_DETAILS[event](store, receipt, **known)
    if isinstance(details, DeclineConfirmation):
        return confirm_decline(store, receipt, reason=details.reason, **known)
    if event not in OFFICER_EVENTS:
        raise NotPermittedError(event=event, roles=[])
    return _WITH_DETAILS[event](store, receipt, details, **known)
