"""The states of a case and the events that move it: the closed vocabulary of every workflow file."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a case stands."""

    SUBMITTED = "submitted"
    ACKNOWLEDGED = "acknowledged"
    UNDER_VERIFICATION = "under_verification"
    UNDER_APPRAISAL = "under_appraisal"
    ON_PUBLIC_NOTICE = "on_public_notice"
    UNDER_TOWNSHIP_REVIEW = "under_township_review"
    AWAITING_COUNTY_DECISION = "awaiting_county_decision"
    MONITORED = "monitored"
    RESOLUTION_PROPOSED = "resolution_proposed"
    RESOLUTION_VERIFIED = "resolution_verified"
    RESOLUTION_APPRAISED = "resolution_appraised"
    ON_RESOLUTION_NOTICE = "on_resolution_notice"
    RESOLUTION_UNDER_REVIEW = "resolution_under_review"
    AWAITING_RESOLUTION = "awaiting_resolution"
    RISK_RESOLVED = "risk_resolved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Event(StrEnum):
    """What happens to a case. Each is written by one action."""

    SUBMITTED = "submitted"
    CLAIMED = "claimed"
    RELEASED = "released"
    TRANSFERRED = "transferred"
    RECUSED = "recused"
    PLACED = "placed"
    ACKNOWLEDGED = "acknowledged"
    CONSENT_SIGNED = "consent_signed"
    HOME_VISIT_RECORDED = "home_visit_recorded"
    HOUSEHOLD_RECORDED = "household_recorded"
    CROSS_CHECKED = "cross_checked"
    APPRAISAL_RECORDED = "appraisal_recorded"
    NOTICE_POSTED = "notice_posted"
    NOTICE_ENDED = "notice_ended"
    TOWNSHIP_APPROVED = "township_approved"
    COUNTY_APPROVED = "county_approved"
    ANNOUNCED = "announced"
    ENTERED_NATIONALLY = "entered_nationally"
    PLAN_MADE = "plan_made"
    RETURNED = "returned"
    DECLINE_PROPOSED = "decline_proposed"
    DECLINE_CONFIRMED = "decline_confirmed"
    DECLINE_REFUSED = "decline_refused"
    MARKED_URGENT = "marked_urgent"
    AID_RECORDED = "aid_recorded"
    SUPPLEMENTED = "supplemented"
    NOTED = "noted"
    TOLD = "told"
    WITHDRAWN = "withdrawn"
    RESOLUTION_PROPOSED = "resolution_proposed"
    RESOLUTION_DROPPED = "resolution_dropped"
    RISK_RESOLVED = "risk_resolved"
