"""Photos, voice notes and location pins: taken at any time, kept with the report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from bot.conversation import progress, report_form, talk
from bot.conversation.drafting import MOST_PHOTOS
from bot.conversation.kinds import Say
from bot.conversation.state import Asking, Draft, State
from bot.conversation.understanding import Outcome, Understanding, say
from bot.turn import Reply, Turn

_AT_ONCE: Final = timedelta(minutes=1)

Then: TypeAlias = "Callable[[State, Turn, Understanding], Outcome]"


def carried(turn: Turn) -> bool:
    """Tell whether *turn* brings a file or a location."""
    return bool(turn.attachments or turn.voice or turn.location)


def take(state: State, turn: Turn, u: Understanding, *, then: Then) -> Outcome:
    """Put what *turn* brings into the report that is worked on, or begin one with it; *then* hears its words.

    Nothing is said to the later ones of many photos sent at once.
    """
    if state.asking is Asking.SUPPLEMENT and turn.location is None:
        return progress.hear_supplement(state, turn, u)
    started = state.draft is None
    draft = state.draft or Draft(u.fresh, by_officer=u.is_officer)
    kept, replies = _keep(draft, turn, placeless=_is_placeless(state, draft, turn, u))
    held = state.with_draft(kept)
    if not (replies or u.text):
        return Outcome(held)
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


def _just_said(draft: Draft, turn: Turn) -> bool:
    """Tell whether it was said just now that there are enough photos: of thirty sent at once it is said once."""
    said_at = draft.full_said_at
    return bool(said_at) and turn.at - datetime.fromisoformat(said_at) < _AT_ONCE


def _is_placeless(state: State, draft: Draft, turn: Turn, u: Understanding) -> bool:
    """Tell whether a first photo leaves it open where it was taken, and nothing else has told or is asking."""
    told = draft.place or draft.location or turn.photo_place or u.slots.where.place or u.slots.where.candidates
    asked = draft.photos or state.asking is Asking.PLACE
    return not (told or asked or state.village_known) and u.personal_data


def _keep(draft: Draft, turn: Turn, *, placeless: bool) -> tuple[Draft, tuple[Reply, ...]]:
    replies: list[Reply] = []
    kept = draft
    if turn.attachments:
        photos = (*draft.photos, *turn.attachments)
        kept = replace(kept, photos=photos[:MOST_PHOTOS])
        full = len(photos) > MOST_PHOTOS
        kind = Say.TOO_MANY_PHOTOS if full else Say.PHOTO_KEPT
        if not (full and _just_said(draft, turn)):
            replies.append(say(kind, count=len(kept.photos), most=MOST_PHOTOS, placeless=placeless))
        if full:
            kept = replace(kept, full_said_at=turn.at.isoformat())
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
