"""Danger first: the numbers to call and a person to turn to, before any form or search."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.commands import CallReason, HideChat, OpenCall
from bot.conversation.drafting import fill, is_township_first, missing, tell
from bot.conversation.kinds import Say
from bot.conversation.report_form import draft_of_story
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
    child = u.child is not None or state.child
    offer = not state.in_form and not u.alarm.violence and not child
    reply = say(kind, danger=danger, contacts=dict(u.contacts), offer=offer, above=goes_above(state, u))
    noted = _offered(state, u) if offer else _noted(state, u)
    return Outcome(noted, (reply,), (_call(reason, state, u),))


def hear_child(state: State, u: Understanding) -> Outcome:
    """Let the children's worker turn to a child that writes alone; a report that it began is set aside."""
    assert u.child is not None
    left = replace(state, asking=Asking.NOTHING, child=True)
    reply = say(Say.CHILD, contacts=dict(u.contacts), under_14=u.child.under_14)
    return Outcome(left, (reply,), (_call(CallReason.CHILD, state, u),))


def refuse_form(state: State, u: Understanding) -> Outcome:
    """Tell a child that a grown-up must make the report."""
    return Outcome(replace(state, asking=Asking.NOTHING), (say(Say.CHILD_NO_FORM, contacts=dict(u.contacts)),))


def hide(state: State) -> Outcome:
    """Hide what was said until now, and forget it here; a report that was only offered is gone with it."""
    kept = tuple(draft for draft in state.drafts if not draft.offered)
    forgotten = replace(
        state, asking=Asking.NOTHING, drafts=kept, answers=(), questions=(), call="", trail=(), candidates=()
    )
    return Outcome(forgotten, commands=(HideChat(),))


def call_phone(state: State, u: Understanding) -> str:
    """Return the number under which this person can be called, empty when none is known."""
    return u.slots.phone or (state.draft.phone if state.draft else None) or ""


def call_area(state: State, u: Understanding) -> str | None:
    """Return the area whose officers should turn to this chat, None when nothing tells."""
    drafted = state.draft.place if state.draft else None
    place = u.slots.place or drafted or state.home or u.home
    return place.code if place else None


def _call(reason: CallReason, state: State, u: Understanding) -> OpenCall:
    area = call_area(state, u)
    return OpenCall(reason, u.text, call_phone(state, u), area, u.alarm.dangers, goes_above(state, u))


def goes_above(state: State, u: Understanding) -> bool:
    """Tell whether the village is not to know before the township."""
    return u.hush or (state.draft is not None and is_township_first(state.draft))


def _offered(state: State, u: Understanding) -> State:
    """Keep what was told for the report that is offered beside the numbers; another one that waits stays as it is."""
    if state.draft is not None and not state.draft.offered:
        return state
    return state.with_draft(draft_of_story(state, u))


def _noted(state: State, u: Understanding) -> State:
    draft = state.draft
    if draft is None or not state.in_form or u.alarm.violence:
        return state
    if u.signals is not None and (u.signals.event or state.asking is Asking.STORY):
        told = tell(draft, u)
        asking = [*missing(told), Asking.REVIEW][0] if state.asking is Asking.STORY else state.asking
        return replace(state.with_draft(told), asking=asking)
    return state.with_draft(fill(draft, replace(u.slots, householder=None, writer=None)))
