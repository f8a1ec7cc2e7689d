"""Asking for a person: a call back, a complaint passed on."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.alarms import call_area, call_phone
from bot.conversation.commands import AddPhoneToCall, CallReason, OpenCall
from bot.conversation.findings import CallOpened
from bot.conversation.kinds import Say
from bot.conversation.state import Asking, State
from bot.conversation.understanding import Outcome, Understanding, say


def ask_for_person(state: State, u: Understanding) -> Outcome:
    """Let a person turn to this chat."""
    return Outcome(state, commands=(OpenCall(CallReason.WISH, u.text, call_phone(state, u), call_area(state, u)),))


def complain(state: State, u: Understanding) -> Outcome:
    """Pass a complaint about an official on to the discipline contact; no village account sees it."""
    call = OpenCall(CallReason.COMPLAINT, u.text, call_phone(state, u), call_area(state, u))
    hardship = u.signals is not None and u.signals.event and not state.in_form
    return Outcome(state, (say(Say.COMPLAINT, contacts=dict(u.contacts), offer=hardship),), (call,))


def opened(state: State, u: Understanding, call: CallOpened) -> Outcome:
    """Say that a person was asked; where only the chat is known, ask for a number to call back."""
    if call.reason is CallReason.DANGER:
        return Outcome(state, (say(Say.CALL_SENT, told=call.told),))
    if call.reason is not CallReason.WISH:
        return Outcome(state)
    reachable = bool(call_phone(state, u))
    wanted = not reachable and u.personal_data and state.asking is Asking.NOTHING
    reply = say(Say.CALL_OPENED, contacts=dict(u.contacts), ask_phone=wanted)
    if wanted:
        return Outcome(replace(state, asking=Asking.CALL_PHONE, call=call.call), (reply,))
    return Outcome(state, (reply,))


def hear_phone(state: State, u: Understanding) -> Outcome | None:
    """Take the number to call back; None when none was said."""
    if u.slots.phone is None:
        return None
    kept = replace(state, asking=Asking.NOTHING, call="")
    return Outcome(kept, (say(Say.CALL_PHONE_KEPT),), (AddPhoneToCall(state.call, u.slots.phone),))
