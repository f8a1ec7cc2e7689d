"""What the world brought back re-enters the conversation here."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import calls, earlier, officer_desk, progress, questions, report_form, talk
from bot.conversation.findings import (
    Acted,
    Adopted,
    AlarmAnswered,
    Answered,
    Bound,
    CallClosed,
    CallOpened,
    CallWorked,
    CaseRevealed,
    CaseSeen,
    Changed,
    ChatHidden,
    EarlierFound,
    Kept,
    NoticeDrafted,
    OwnCases,
    PlacesBelow,
    ProgressFound,
    QueueFound,
    Refused,
    Result,
    Shared,
    Submitted,
)
from bot.conversation.kinds import Say
from bot.conversation.review import mark
from bot.conversation.state import KEPT_RECEIPTS, Asking, State
from bot.conversation.understanding import Outcome, Understanding, say
from cases.report import Relation


def enter(state: State, u: Understanding, result: Result) -> Outcome:
    """Return what *result* comes to."""
    match result:
        case Answered():
            return talk.again(talk.keep_story(questions.show(state, u, result), u))
        case PlacesBelow():
            return report_form.places_below(state, result)
        case ProgressFound():
            return progress.show_found(state, result)
        case EarlierFound():
            return earlier.found(state, result)
        case OwnCases():
            return progress.show_own(state, u, result)
        case Submitted() | Adopted() | Shared():
            return _moved(state, u, result)
        case CallOpened():
            return calls.opened(state, u, result)
        case (
            QueueFound()
            | CaseSeen()
            | CaseRevealed()
            | Acted()
            | NoticeDrafted()
            | CallClosed()
            | Bound()
            | AlarmAnswered()
            | CallWorked()
        ):
            return officer_desk.enter(state, u, result)
        case ChatHidden():
            return Outcome(state, (say(Say.COVER),))
        case Refused():
            return Outcome(state, (say(Say.REFUSED, code=result.code, fields=dict(result.fields)),))
        case Changed() | Kept():
            return Outcome(state)


def _moved(state: State, u: Understanding, result: Submitted | Adopted | Shared) -> Outcome:
    """Follow a report that was handed in, or that goes on in another channel."""
    match result:
        case Submitted():
            return _submitted(state, result)
        case Adopted():
            adopted = state.with_draft(replace(result.draft, offered=False))
            return report_form.resume(adopted, u).after(say(Say.REPORT_ADOPTED))
        case Shared():
            return Outcome(state, (say(Say.REPORT_ELSEWHERE, code=result.code, link=result.link),))


def _submitted(state: State, done: Submitted) -> Outcome:
    """Close the draft. The receipt itself is a notice of the case; only a repetition needs words of its own."""
    draft = next((draft for draft in state.drafts if draft.id == done.draft_id), None)
    sent = dict([*state.sent.items(), (mark(done.draft_id), done.receipt)][-KEPT_RECEIPTS:])
    home = draft.place if draft else state.home
    closed = replace(state.without_draft(done.draft_id), asking=Asking.NOTHING, trail=(), sent=sent, home=home)
    if done.repeated:
        return Outcome(closed, (say(Say.ALREADY_SENT, receipt=done.receipt),))
    from_door_to_door = draft is not None and draft.relation is Relation.VILLAGE_CADRE and home is not None
    return Outcome(closed, (say(Say.NEXT_HOUSEHOLD, place=home.path),) if from_door_to_door and home else ())
