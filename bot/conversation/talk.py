"""Steering words and small replies: what a chat needs besides its business."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import alarms, calls, officer_desk, progress, report_form
from bot.conversation.kinds import Say
from bot.conversation.state import Asking, Place, State
from bot.conversation.understanding import Outcome, Understanding, say
from bot.conversation.words import Word


def welcome(state: State, u: Understanding) -> Outcome:
    """Greet, say what this is and what it never asks for."""
    return Outcome(state, (say(Say.WELCOME, officer=u.is_officer),))


def welcome_in(state: State, village: Place) -> Outcome:
    """Greet whoever scanned a village's poster: the village is known from now on; a report that is open goes on."""
    return again(Outcome(state, (say(Say.VILLAGE_KNOWN, place=village.path),)))


def old_button(state: State) -> Outcome:
    """Answer a button that no longer fits; what is being asked is asked again."""
    return again(Outcome(state, (say(Say.OLD_BUTTON),)))


def again(outcome: Outcome) -> Outcome:
    """Let the form go on after something else was said: ask its question again."""
    if not outcome.state.in_form:
        return outcome
    asked = report_form.ask(outcome.state, outcome.state.asking)
    return Outcome(asked.state, (*outcome.replies, *asked.replies), (*outcome.commands, *asked.commands))


def steer(state: State, u: Understanding, word: Word) -> Outcome:
    """Follow a steering word; every state knows them all."""
    match word:
        case Word.CANCEL:
            return _cancel(state)
        case Word.BACK:
            return report_form.back(state) if state.in_form else _leave(state)
        case Word.RESTART:
            return _restart(state, u)
        case Word.HUMAN:
            return calls.ask_for_person(state, u)
        case Word.CONTINUE:
            return _continue(state, u)
        case Word.REPORT:
            return _report(state, u)
        case Word.PROGRESS:
            return progress.begin(state, u)
        case Word.QUEUE if u.is_officer:
            return officer_desk.list_queue(state)
        case Word.QUEUE:
            return again(Outcome(state, (say(Say.DESK_NOT_OFFICER),)))
        case _:
            return again(Outcome(state, (say(Say.HELP, officer=u.is_officer),)))


def offer_report(state: State, u: Understanding) -> Outcome:
    """Offer to make a report of the hardship that was just told; what was said is filled in already."""
    if state.child:
        return alarms.refuse_form(state, u)
    draft = report_form.draft_of_story(state, u)
    offered = replace(state.with_draft(draft), asking=Asking.NOTHING)
    return Outcome(offered, (say(Say.OFFER_REPORT, **report_form.heard_so_far(draft, u)),))


def keep_story(outcome: Outcome, u: Understanding) -> Outcome:
    """Keep what a question told of the household, where its answer offers a report: it is not asked for twice."""
    state = outcome.state
    offered = any(reply.params.get("offer") for reply in outcome.replies)
    if not offered or state.child or (state.draft is not None and not state.draft.offered):
        return outcome
    return replace(outcome, state=state.with_draft(report_form.draft_of_story(state, u)))


def accept_or_decline(state: State, u: Understanding) -> Outcome | None:
    """Take "好" and "不用" as the answer to an offer; None when nothing is offered or it was something else."""
    draft = state.draft
    if draft is None or not draft.offered:
        return None
    if u.word is Word.YES:
        return _continue(state, u)
    if u.word in (Word.NO, Word.NONE):
        return Outcome(state.without_draft(draft.id), (say(Say.WHAT_NEXT, officer=u.is_officer),))
    return None


def discard(state: State) -> Outcome:
    """Throw the report away that is worked on: the villager asked for it."""
    if state.draft is None:
        return Outcome(state, (say(Say.NOTHING_TO_CANCEL),))
    thrown = state.without_draft(state.draft.id)
    return Outcome(replace(thrown, asking=Asking.NOTHING, trail=(), candidates=()), (say(Say.DISCARDED),))


def _cancel(state: State) -> Outcome:
    draft = state.draft
    if state.in_form:
        assert draft is not None
        if draft.is_blank:
            return discard(state)
        return Outcome(replace(state, asking=Asking.NOTHING), (say(Say.SET_ASIDE),))
    if state.asking is not Asking.NOTHING:
        return _leave(state)
    if draft is not None and draft.offered:
        return discard(state)
    return Outcome(state, (say(Say.NOTHING_TO_CANCEL),))


def _leave(state: State) -> Outcome:
    left = replace(state, asking=Asking.NOTHING, desk=None, receipt="", call="")
    return Outcome(left, (say(Say.WHAT_NEXT),))


def _restart(state: State, u: Understanding) -> Outcome:
    if state.child:
        return alarms.refuse_form(state, u)
    draft = state.draft
    if draft is None or draft.is_blank or draft.offered:
        return report_form.begin(state, u, story=False)
    if state.in_form:
        return report_form.ask(state, Asking.RESTART)
    return Outcome(state, (say(Say.OFFER_CONTINUE),))


def _continue(state: State, u: Understanding) -> Outcome:
    if state.child:
        return alarms.refuse_form(state, u)
    draft = state.draft
    if draft is None:
        return Outcome(state, (say(Say.NOTHING_TO_CONTINUE),))
    return report_form.resume(state.with_draft(replace(draft, offered=False)), u)


def _report(state: State, u: Understanding) -> Outcome:
    if state.child:
        return alarms.refuse_form(state, u)
    draft = state.draft
    if draft is None or (draft.is_blank and not state.in_form):
        return report_form.begin(state, u, story=u.word is None and u.slots.tells)
    if draft.offered:
        return _continue(state, u)
    if state.in_form:
        return again(Outcome(state))
    return Outcome(state, (say(Say.OFFER_CONTINUE),))
