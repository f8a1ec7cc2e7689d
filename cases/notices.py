"""What people are told of a case: kinds and their parameters. The sentences are made elsewhere, when sent.

Every notice to a reporter carries ``receipt``, ``state``, ``urgent``, ``due``: the open deadlines as
``{key: {"date": ISO date, "provisional": bool}}``, ``head``: the latest signed head of the audit trail, or "", and
``township``: the code of whose register it is. One to a proxy carries ``proxy`` instead of what its kind adds.
Every notice to an officer carries ``receipt``, ``state``, ``urgent``, ``version`` and ``due_on`` (ISO date or null):
the number, never the household.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class NoticeKind(StrEnum):
    """The closed list of notices. ``notice.*`` go to the reporter, ``officer.*`` to officers."""

    RECEIVED = "notice.received"
    HOUSEHOLD_UNWILLING = "notice.household_unwilling"
    HOUSEHOLD_DECLINED = "notice.household_declined"
    ACKNOWLEDGED = "notice.acknowledged"
    VISITED = "notice.visited"
    APPRAISED = "notice.appraised"
    POSTED = "notice.posted"
    UNDER_TOWNSHIP_REVIEW = "notice.under_township_review"
    UNDER_COUNTY_DECISION = "notice.under_county_decision"
    ENROLLED = "notice.enrolled"
    DECLINED = "notice.declined"
    RETURNED = "notice.returned"
    URGENT = "notice.urgent"
    AIDED = "notice.aided"
    SUPPLEMENTED = "notice.supplemented"
    WITHDRAWN = "notice.withdrawn"
    REINSTATED = "notice.reinstated"
    CORRECTED = "notice.corrected"
    PLACED = "notice.placed"
    FALSE_ALARM = "notice.false_alarm"
    VISIT_ANSWERED = "notice.visit_answered"
    REVIEW_REQUESTED = "notice.review_requested"
    REVIEW_UPHELD = "notice.review_upheld"
    REVIEW_REOPENED = "notice.review_reopened"
    RESOLUTION_PROPOSED = "notice.resolution_proposed"
    RESOLUTION_DROPPED = "notice.resolution_dropped"
    RISK_RESOLVED = "notice.risk_resolved"
    SUPPORT_CHANGED = "notice.support_changed"
    REFERRED = "notice.referred"
    REFERRAL_ANSWERED = "notice.referral_answered"

    OFFICER_WAITING = "officer.waiting"
    OFFICER_DECLINE_PROPOSED = "officer.decline_proposed"
    OFFICER_PROPOSAL_REFUSED = "officer.proposal_refused"
    OFFICER_RETURNED = "officer.returned"
    OFFICER_URGENT = "officer.urgent"
    OFFICER_SUPPLEMENTED = "officer.supplemented"
    OFFICER_WITHDRAWN = "officer.withdrawn"
    OFFICER_OVERDUE = "officer.overdue"
    OFFICER_TAKE_DOWN = "officer.take_down"
    OFFICER_OBJECTION = "officer.objection"
    OFFICER_REFERRAL_SENT = "officer.referral_sent"
    OFFICER_REFERRAL_RECEIVED = "officer.referral_received"
    OFFICER_REFERRAL_WAITING = "officer.referral_waiting"
    OFFICER_REFERRAL_BACK = "officer.referral_back"
    OFFICER_DUE_SOON = "officer.due_soon"
    OFFICER_DUE_TODAY = "officer.due_today"
    OFFICER_ASSIGNED = "officer.assigned"
    OFFICER_PASSED_ON = "officer.passed_on"
    OFFICER_RELEASED = "officer.released"
    OFFICER_RECUSED = "officer.recused"
    OFFICER_PAPER_EXPIRES = "officer.paper_expires"

    OFFICER_CALL_BACK = "officer.call_back"
    OFFICER_REVIEW = "officer.review"
    OFFICER_FLOOD = "officer.flood"
    OFFICER_ALARM = "officer.alarm"
    OFFICER_ALARM_TAKEN = "officer.alarm_taken"


# What the chat that is in danger is told of its alarm: whether anybody confirmed, and as what he serves.
ALARM_UNHEARD: Final = "alarm.unheard"
ALARM_CONFIRMED: Final = "alarm.confirmed"
ALARM_FALSE: Final = "alarm.false"

# Of these the household itself is told, whoever reported for it.
RESULTS: Final = frozenset(
    {NoticeKind.ENROLLED, NoticeKind.DECLINED, NoticeKind.REVIEW_UPHELD, NoticeKind.RISK_RESOLVED}
)

# What these say of a household is only whether it wants to be helped: who reports for it reads them too.
FOR_PROXIES: Final = frozenset({NoticeKind.RECEIVED, NoticeKind.HOUSEHOLD_UNWILLING, NoticeKind.HOUSEHOLD_DECLINED})

REPORTER_PARAMS: Final = ("receipt", "state", "urgent", "due", "head", "register", "above")
OFFICER_PARAMS: Final = ("receipt", "state", "urgent", "version", "due_on")

# What a kind carries beyond the common parameters.
EXTRA_PARAMS: Final[Mapping[NoticeKind, tuple[str, ...]]] = {
    NoticeKind.VISITED: ("visited_on",),
    NoticeKind.APPRAISED: ("held_on",),
    NoticeKind.POSTED: ("posted_on",),
    NoticeKind.DECLINED: ("reason",),
    NoticeKind.REVIEW_UPHELD: ("reason",),
    NoticeKind.REVIEW_REOPENED: ("reason",),
    NoticeKind.VISIT_ANSWERED: ("came",),
    NoticeKind.AIDED: ("given_on",),
    NoticeKind.SUPPORT_CHANGED: ("support_officer", "support_phone"),
    NoticeKind.REFERRED: ("department",),
    NoticeKind.REFERRAL_ANSWERED: ("department", "result"),
    NoticeKind.OFFICER_TAKE_DOWN: ("notice",),
    NoticeKind.OFFICER_OBJECTION: ("notice",),
    NoticeKind.OFFICER_REFERRAL_SENT: ("referral",),
    NoticeKind.OFFICER_REFERRAL_RECEIVED: ("referral",),
    NoticeKind.OFFICER_REFERRAL_WAITING: ("referral",),
    NoticeKind.OFFICER_REFERRAL_BACK: ("referral",),
    NoticeKind.OFFICER_PAPER_EXPIRES: ("expires_on",),
    NoticeKind.OFFICER_OVERDUE: ("deadline", "overdue_since"),
    NoticeKind.OFFICER_DUE_SOON: ("deadline", "last_day"),
    NoticeKind.OFFICER_DUE_TODAY: ("deadline", "last_day"),
}
