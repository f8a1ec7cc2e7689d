"""What the clock reminds people of beside deadlines: notices that hang too long, referrals nobody answers, papers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from cases.access import actor_name
from cases.actors import Clock, Role
from cases.expiring import expiring_papers, keep_expiry_reminder
from cases.notices import NoticeKind
from cases.officers import officers_over
from cases.public_notice.notice import cases_on, due_to_come_down, keep_notice_reminder
from cases.referrals import keep_reminder, unheard_referrals
from cases.referred import people_of
from cases.telling import holders_of, superiors_of, tell_officers
from cases.workflow import workflow_of
from storage import audit
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import local_date

BATCH: Final = 50


def remind(store: Store, now: datetime, *, limit: int = BATCH) -> int:
    """Remind of at most *limit* things, each once a day, and return how many; 0: nothing is left for today.

    Needs an open transaction.
    """
    check_in_transaction(store)
    done = _remind_of_notices(store, now, limit)
    done += _remind_of_referrals(store, now, limit - done)
    return done + _remind_of_papers(store, now, limit - done)


def _remind_of_notices(store: Store, now: datetime, limit: int) -> int:
    today = local_date(now)
    due = due_to_come_down(store, today, limit=limit)
    for notice in due:
        keep_notice_reminder(store, notice, today)
        facts = {"ends_on": notice.ends_on.isoformat()}
        _audit(store, "public_notice.overdue", f"public_notice:{notice.number}", facts, now)
        village = officers_over(store, [Role.VILLAGE], notice.area_code)
        case = cases_on(store, notice)[0]
        tell_officers(store, case, NoticeKind.OFFICER_TAKE_DOWN, village, extra={"notice": notice.number}, now=now)
    return len(due)


def _remind_of_referrals(store: Store, now: datetime, limit: int) -> int:
    today = local_date(now)
    unheard = unheard_referrals(store, today, limit=limit)
    for referral in unheard:
        keep_reminder(store, referral, today)
        facts = {"due_on": referral.due_on.isoformat(), "signed": referral.signed_on is not None}
        _audit(store, "referral.overdue", f"referral:{referral.number}", facts, now)
        workflow = workflow_of(store, referral.case.workflow, referral.case.workflow_version)
        theirs = people_of(store, referral.department, referral.case.area_code)
        people = dict.fromkeys([referral.officer, *theirs, *superiors_of(store, referral.case, workflow)])
        extra = {"referral": referral.number}
        tell_officers(store, referral.case, NoticeKind.OFFICER_REFERRAL_WAITING, people, extra=extra, now=now)
    return len(unheard)


def _remind_of_papers(store: Store, now: datetime, limit: int) -> int:
    today = local_date(now)
    expiring = expiring_papers(store, today, limit=limit)
    for expiry in expiring:
        keep_expiry_reminder(store, expiry, today)
        facts = {"expires_on": expiry.expires_on.isoformat(), "version": expiry.version}
        _audit(store, "case.paper_expires", f"case:{expiry.case.id}", facts, now)
        workflow = workflow_of(store, expiry.case.workflow, expiry.case.workflow_version)
        people = holders_of(store, expiry.case, workflow)
        extra = {"expires_on": expiry.expires_on.isoformat()}
        tell_officers(store, expiry.case, NoticeKind.OFFICER_PAPER_EXPIRES, people, extra=extra, now=now)
    return len(expiring)


def _audit(store: Store, event: str, subject: str, facts: Mapping[str, object], now: datetime) -> None:
    audit.append(store, actor=actor_name(store, Clock()), event=event, subject=subject, now=now, facts=facts)
