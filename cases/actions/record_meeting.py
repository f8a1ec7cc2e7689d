"""A village records its appraisal meeting: one record for all its households."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from cases.access import access_case, actor_name
from cases.actions.propose_decline import propose_decline
from cases.actions.record_appraisal import record_appraisal
from cases.actions.resolve_risk import drop_resolution
from cases.actors import SCOPE_DIGITS, Officer, Role
from cases.case import Case
from cases.details import Appraisal, DeclineProposal, ResolutionDrop
from cases.errors import CountError, MissingFieldsError
from cases.meetings.meeting import Item, Meeting, MeetingKind, NewMeeting, access_meeting, keep_meeting
from cases.paper import Purpose, about_case, shared_area, shared_purpose
from cases.states import Event
from storage import attachments, audit
from storage.database import check_in_transaction
from storage.store import Store


@dataclass(frozen=True)
class AppraisalMeeting:
    """A sitting: how many should have come, how many came, how many must come for it to count; the sign-in photo.

    Where there is no photo yet, it is empty; ``hand_in_sign_in`` gives it later, and before that no township agrees.
    """

    held_on: date
    place: str
    expected: int
    attended: int
    quorum: int
    chair: str
    recorder: str
    photo: str = ""


@dataclass(frozen=True)
class Vote:
    """What the meeting concluded on one household. ``recused`` did not vote on it, being kin or otherwise bound."""

    receipt: str
    in_favour: int
    against: int
    abstained: int
    conclusion: str
    recused: tuple[str, ...] = ()

    @property
    def carried(self) -> bool:
        """Tell whether more than half of those who could vote agreed."""
        return self.in_favour * 2 > self.in_favour + self.against + self.abstained

    def concluded(self) -> Vote:
        """Return the vote with the usual conclusion where none was written."""
        usual = "同意上报。" if self.carried else "评议未通过。"
        return replace(self, conclusion=self.conclusion.strip() or usual)


def record_meeting(
    store: Store, meeting: AppraisalMeeting, votes: Sequence[Vote], *, actor: Officer, now: datetime
) -> Meeting:
    """Record the meeting and with it the appraisal of each household, all or nothing. Needs an open transaction.

    Where the meeting did not agree, the village thereby proposes to decline (the township confirms), or drops the
    proposal to end monitoring.

    Raises:
        CountError: too few came, or the votes do not add up.
        MissingFieldsError: place, chair, recorder or a conclusion was left empty.
        PaperMixedError: no household, or households of several villages or purposes.
        PaperItemError: a case cannot be appraised now, or not by this officer.
    """
    check_in_transaction(store)
    _check(meeting, votes)
    if meeting.photo:
        attachments.describe(store, meeting.photo)
    items = []
    for vote in votes:
        with about_case(vote.receipt):
            case = access_case(store, vote.receipt, actor=actor)
        body = {
            "in_favour": vote.in_favour,
            "against": vote.against,
            "abstained": vote.abstained,
            "conclusion": vote.conclusion,
            "recused": vote.recused,
        }
        items.append(Item(case, vote.carried, body))
    cases = [item.case for item in items]
    new = NewMeeting(
        MeetingKind.APPRAISAL,
        shared_purpose(store, cases),
        shared_area(cases, SCOPE_DIGITS[Role.VILLAGE]),
        meeting.held_on,
        {
            "place": meeting.place,
            "expected": meeting.expected,
            "attended": meeting.attended,
            "quorum": meeting.quorum,
            "chair": meeting.chair,
            "recorder": meeting.recorder,
        },
        photo=meeting.photo or None,
    )
    number = keep_meeting(store, new, items, now=now)
    for case, vote in zip(cases, votes, strict=True):
        with about_case(case.receipt):
            _appraise(store, case, meeting, vote, new.purpose, actor=actor, now=now)
    audit.append(
        store,
        actor=actor_name(store, actor),
        event="meeting.recorded",
        subject=f"meeting:{number}",
        now=now,
        facts={"on": meeting.held_on.isoformat(), "cases": [case.id for case in cases], "photo": meeting.photo},
        details={**new.sitting, "votes": [dict(item.body) for item in items]},
    )
    return access_meeting(store, number, officer=actor)


def _check(meeting: AppraisalMeeting, votes: Sequence[Vote]) -> None:
    named = {"place": meeting.place, "chair": meeting.chair, "recorder": meeting.recorder}
    missing = [name for name, text in named.items() if not text.strip()]
    if any(not vote.conclusion.strip() for vote in votes):
        missing.append("conclusion")
    if missing:
        raise MissingFieldsError(event=Event.APPRAISAL_RECORDED, fields=missing)
    if meeting.attended > meeting.expected:
        raise CountError(why="attended")
    if meeting.attended < max(meeting.quorum, 1):
        raise CountError(why="quorum")
    for vote in votes:
        voters = meeting.attended - len(vote.recused)
        if voters < 1:
            raise CountError(why="recused")
        numbers = (vote.in_favour, vote.against, vote.abstained)
        if min(numbers) < 0 or sum(numbers) != voters:
            raise CountError(why="votes")


def _appraise(  # noqa: PLR0913 - one household of one meeting
    store: Store,
    case: Case,
    meeting: AppraisalMeeting,
    vote: Vote,
    purpose: Purpose,
    *,
    actor: Officer,
    now: datetime,
) -> None:
    """Take the village's step for one household, and what follows where the meeting did not agree."""
    appraisal = Appraisal(meeting.held_on, vote.conclusion, meeting.attended, vote.in_favour)
    after = record_appraisal(store, case.receipt, appraisal, actor=actor, version=case.version, now=now)
    if vote.carried:
        return
    if purpose is Purpose.ENROLMENT:
        proposal = DeclineProposal(vote.conclusion)
        propose_decline(store, case.receipt, proposal, actor=actor, version=after.version, now=now)
    else:
        drop = ResolutionDrop(vote.conclusion)
        drop_resolution(store, case.receipt, drop, actor=actor, version=after.version, now=now)
