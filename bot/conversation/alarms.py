"""Danger first: the numbers to call and a person to turn to, before any form or search."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.commands import CallReason, OpenCall
from bot.conversation.drafting import fill, missing, tell
from bot.conversation.kinds import Say
from bot.conversation.state import Asking, State
from bot.conversation.understanding import Outcome, Understanding, say
from bot.turn import Json


def sound(state: State, u: Understanding) -> Outcome:
    """Give the emergency numbers and ask a person to turn to this chat.

    Violence at home goes to the township's protection contact; nothing of it enters a report that the village
    reads. Any other danger enters the report that is being made, and marks it urgent.
    """
    reason = CallReason.VIOLENCE if u.alarm.violence else CallReason.DANGER
    kind = Say.VIOLENCE if u.alarm.violence else Say.EMERGENCY
    danger: list[Json] = [danger.value for danger in u.alarm.dangers]
    call = OpenCall(reason, u.text, call_phone(state, u), call_area(state, u), u.alarm.dangers)
    reply = say(kind, danger=danger, contacts=dict(u.contacts), offer=not state.in_form and not u.alarm.violence)
    return Outcome(_noted(state, u), (reply,), (call,))


def _noted(state: State, u: Understanding) -> State:
    draft = state.draft
    if draft is None or not state.in_form or u.alarm.violence:
        return state
    if u.signals is not None and (u.signals.event or state.asking is Asking.STORY):
        told = tell(draft, u)
        asking = [*missing(told), Asking.REVIEW][0] if state.asking is Asking.STORY else state.asking
        return replace(state.with_draft(told), asking=asking)
    return state.with_draft(fill(draft, replace(u.slots, householder=None, writer=None)))


def call_phone(state: State, u: Understanding) -> str:
    """Return the number under which this person can be called, empty when none is known."""
    return u.slots.phone or (state.draft.phone if state.draft else None) or ""


def call_area(state: State, u: Understanding) -> str | None:
    """Return the area whose officers should turn to this chat, None when nothing tells."""
    drafted = state.draft.place if state.draft else None
    place = u.slots.place or drafted or state.home or u.home
    return place.code if place else None
