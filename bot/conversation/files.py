"""Photos, voice notes and location pins: taken at any time, kept with the report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from bot.conversation import progress, report_form, talk
from bot.conversation.drafting import MOST_PHOTOS
from bot.conversation.kinds import Say
from bot.conversation.state import Asking, Draft, State
from bot.conversation.understanding import Outcome, Understanding, say
from bot.turn import Reply, Turn

Then: TypeAlias = "Callable[[State, Turn, Understanding], Outcome]"


def carried(turn: Turn) -> bool:
    """Tell whether *turn* brings a file or a location."""
    return bool(turn.attachments or turn.voice or turn.location)


def take(state: State, turn: Turn, u: Understanding, *, then: Then) -> Outcome:
    """Put what *turn* brings into the report that is worked on, or begin one with it; *then* hears its words."""
    if state.asking is Asking.SUPPLEMENT and turn.location is None:
        return progress.hear_supplement(state, turn, u)
    started = state.draft is None
    draft = state.draft or Draft(u.fresh)
    kept, replies = _keep(draft, turn)
    held = state.with_draft(kept)
    if u.text:
        return then(held, turn, u).after(*replies)
    if held.in_form:
        return talk.again(Outcome(held, replies))
    if started or kept.offered:
        return report_form.resume(held.with_draft(replace(kept, offered=False)), u).after(*replies)
    return Outcome(held, (*replies, say(Say.OFFER_CONTINUE)))


def use_place(state: State) -> Outcome | None:
    """Take the place that a photo brought along as where the household is; None when there is none (any more)."""
    draft = state.draft
    if draft is None or draft.photo_place is None:
        return None
    kept = state.with_draft(replace(draft, location=draft.photo_place, photo_place=None))
    return talk.again(Outcome(kept, (say(Say.LOCATION_KEPT),)))


def _keep(draft: Draft, turn: Turn) -> tuple[Draft, tuple[Reply, ...]]:
    replies: list[Reply] = []
    kept = draft
    if turn.attachments:
        photos = (*draft.photos, *turn.attachments)
        kept = replace(kept, photos=photos[:MOST_PHOTOS])
        full = len(photos) > MOST_PHOTOS
        kind = Say.TOO_MANY_PHOTOS if full else Say.PHOTO_KEPT
        replies.append(say(kind, count=len(kept.photos), most=MOST_PHOTOS))
    if turn.photo_place and kept.location is None:
        kept = replace(kept, photo_place=turn.photo_place)
        replies.append(say(Say.PHOTO_PLACE))
    if turn.voice:
        kept = replace(kept, voices=(*kept.voices, turn.voice))
        replies.append(say(Say.VOICE_KEPT))
    if turn.location:
        kept = replace(kept, location=turn.location)
        replies.append(say(Say.LOCATION_KEPT))
    return kept, tuple(replies)
