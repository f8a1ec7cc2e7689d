"""Asking for a person: a call back, a complaint passed on."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.alarms import call_area, call_phone, goes_above
from bot.conversation.buttons import Tap, Verb
from bot.conversation.causes import find_causes
from bot.conversation.commands import AddPhoneToCall, CallReason, MakeAnonymous, OpenCall
from bot.conversation.drafting import fill
from bot.conversation.findings import CallOpened
from bot.conversation.grievance import clauses_beside
from bot.conversation.kinds import Say
from bot.conversation.slots import NOTHING_SAID
from bot.conversation.state import Asking, Draft, State
from bot.conversation.understanding import Outcome, Understanding, say
from bot.conversation.whereabouts import NOWHERE
from bot.turn import Json


def ask_for_person(state: State, u: Understanding) -> Outcome:
    """Let a person turn to this chat."""
    return Outcome(state, commands=(OpenCall(CallReason.WISH, u.text, call_phone(state, u), call_area(state, u)),))


def complain(state: State, u: Understanding) -> Outcome:
    """Pass a complaint about an official on to the discipline contact; no village account sees it.

    Only what the complaint itself says goes with it. The hardship beside it, told now or already in the form, goes
    to the township first; of the complaint nothing enters it but what is told of the household alone.
    """
    call = OpenCall(CallReason.COMPLAINT, u.text, "", call_area(state, u))
    hardship = u.signals is not None and u.signals.event and not state.in_form
    reply = say(Say.COMPLAINT, contacts=dict(u.contacts), offer=hardship)
    return Outcome(_township_first(state, u, hardship=hardship), (reply,), (call,))


def _township_first(state: State, u: Understanding, *, hardship: bool) -> State:
    if state.in_form and state.draft is not None:
        return state.with_draft(replace(state.draft, township_first=True))
    if not hardship or (state.draft is not None and not state.draft.is_blank):
        return state
    told = replace(NOTHING_SAID, causes=u.slots.causes, sums=u.slots.sums, where=u.slots.where)
    story = "，".join(clause for clause in clauses_beside(u.heard) if find_causes(clause))
    return state.with_draft(fill(Draft(u.fresh, story=story, offered=True, township_first=True), told))


def opened(state: State, u: Understanding, call: CallOpened) -> Outcome:
    """Say that a person was asked; where only the chat is known, ask for a number to call back."""
    match call.reason:
        case CallReason.DANGER | CallReason.VIOLENCE | CallReason.CHILD:
            return _opened_in_danger(state, u, call)
        case CallReason.COMPLAINT:
            return Outcome(state, (say(Say.COMPLAINT_PASSED, call=call.call, told=call.told),))
        case CallReason.WISH:
            return _opened_by_wish(state, u, call)


def _opened_in_danger(state: State, u: Understanding, call: CallOpened) -> Outcome:
    """Say that it is under way; who can be found only in this chat is asked for a number and a place."""
    wanted = not call_phone(state, u) and u.personal_data and state.asking is Asking.NOTHING
    facts: dict[str, Json] = {"told": call.told, "reason": call.reason.value, "above": goes_above(state, u)}
    reply = say(Say.CALL_SENT, contacts=dict(u.contacts), ask_phone=wanted, **facts)
    waits = replace(state, asking=Asking.CALL_PHONE, call=call.call) if wanted else state
    return Outcome(waits, (reply,))


def _opened_by_wish(state: State, u: Understanding, call: CallOpened) -> Outcome:
    reachable = bool(call_phone(state, u))
    wanted = not reachable and u.personal_data and state.asking is Asking.NOTHING
    reply = say(Say.CALL_OPENED, contacts=dict(u.contacts), ask_phone=wanted, told=call.told, reachable=reachable)
    if wanted:
        return Outcome(replace(state, asking=Asking.CALL_PHONE, call=call.call), (reply,))
    return Outcome(state, (reply,))


def tap(state: State, tapped: Tap, u: Understanding) -> Outcome | None:
    """Make a complaint anonymous, or take a number for it; None for a button without its call."""
    if not tapped.first:
        return None
    if tapped.verb is Verb.ANONYMOUS:
        return Outcome(state, (say(Say.COMPLAINT_ANONYMOUS),), (MakeAnonymous(tapped.first),))
    if not u.personal_data:
        return Outcome(state, (say(Say.PROGRESS_ELSEWHERE, link=u.contacts.get("page", "")),))
    asked = replace(state, asking=Asking.CALL_PHONE, call=tapped.first)
    return Outcome(asked, (say(Say.ASK_COMPLAINT_PHONE),))


def hear_phone(state: State, u: Understanding) -> Outcome | None:
    """Take the number to call back, and where somebody is; None when neither was said. A child may say anything."""
    tells = u.slots.phone or u.slots.where != NOWHERE
    asks = u.signals is not None and (u.signals.asks_rule or u.signals.asks)
    if u.word is not None or not (tells or (state.child and not asks)):
        return None
    kept = state if state.child else replace(state, asking=Asking.NOTHING, call="")
    reply = say(Say.CALL_PHONE_KEPT, phone=bool(u.slots.phone))
    return Outcome(kept, (reply,), (AddPhoneToCall(state.call, u.slots.phone or "", u.text),))
