"""Puts what was understood into a report, and tells what is still missing. Nothing said before is overwritten."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from bot.conversation.slots import Slots
from bot.conversation.state import Asking, Draft
from bot.conversation.understanding import Understanding
from cases.actors import Reporter
from cases.consent.notice import current_notice
from cases.report import STORY_LIMIT, Approach, Cause, Consent, Danger, Relation, Report

CONSENT_VERSION: Final = current_notice().version
# How long a disaster or an accident counts as just happened.
_RECENT: Final = timedelta(days=30)
MOST_PHOTOS: Final = 3
_TOWNSHIP_DIGITS: Final = 9
_VILLAGE_DIGITS: Final = 12
_PLACE_TEXT_LIMIT: Final = 60

# What must be there before a report can go, in the order in which it is asked for.
REQUIRED: Final = (
    Asking.STORY, Asking.RELATION, Asking.PLACE, Asking.HOUSEHOLDER, Asking.PHONE, Asking.APPROACHED,
)  # fmt: skip
# Whoever lives beside a household is asked whether it knows; kin and cadres speak for it.
_ASKED_WHETHER_IT_KNOWS: Final = frozenset({Relation.NEIGHBOUR, Relation.OTHER})


def missing(draft: Draft) -> tuple[Asking, ...]:
    """Return what must still be asked, in order."""
    there = {
        Asking.STORY: bool(draft.story),
        Asking.RELATION: draft.relation is not None or not draft.of_another,
        Asking.PLACE: draft.place is not None and (draft.place_settled or len(draft.place.code) >= _VILLAGE_DIGITS),
        Asking.HOUSEHOLDER: draft.householder is not None,
        Asking.PHONE: draft.phone is not None,
        Asking.APPROACHED: draft.relation not in _ASKED_WHETHER_IT_KNOWS or draft.approach is not None,
    }
    return tuple(asking for asking in REQUIRED if not there[asking])


def fill(draft: Draft, slots: Slots) -> Draft:
    """Return the draft with its empty fields filled from *slots*; causes and dangers are added to."""
    return replace(
        draft,
        relation=draft.relation or slots.relation,
        householder=draft.householder or slots.householder,
        writer=draft.writer or slots.writer,
        phone=draft.phone or slots.phone,
        place=draft.place or slots.place,
        place_options=draft.place_options or slots.where.candidates,
        group=draft.group or slots.where.group,
        living=draft.living or slots.where.living,
        causes=_joined(draft.causes, slots.causes),
        danger=tuple(danger for danger in Danger if danger in {*draft.danger, *slots.danger}),
        sums=(*draft.sums, *slots.sums),
        when=draft.when or slots.when,
        approach=draft.approach or slots.approach,
        of_another=draft.of_another or slots.of_another,
    )


def tell(draft: Draft, understanding: Understanding) -> Draft:
    """Return the draft with what was said added to its story, and its slots filled from it."""
    story = f"{draft.story}\n{understanding.text}".strip()[:STORY_LIMIT]
    return replace(note(draft, understanding), story=story)


def note(draft: Draft, understanding: Understanding) -> Draft:
    """Return the draft with what was said put where it belongs, its story left alone.

    What an officer enters is another's household, unless he speaks of his own.
    """
    noted = fill(draft, understanding.slots)
    hushed = draft.township_first or understanding.hush
    of_another = draft.by_officer and understanding.text and not _FIRST_PERSON.search(understanding.heard)
    return replace(
        noted, relation=noted.relation or (Relation.VILLAGE_CADRE if of_another else None), township_first=hushed
    )


_FIRST_PERSON: Final = re.compile(r"[我俺咱额俄曹]")


def note_place(draft: Draft, text: str) -> Draft:
    """Return the draft with the villager's own words for the place kept beside the code."""
    return replace(draft, place_text=text.strip()[:_PLACE_TEXT_LIMIT])


def as_report(draft: Draft, understanding: Understanding, *, tell_chat: Reporter) -> Report:
    """Return the report that a complete draft, consented to just now, makes."""
    assert draft.place is not None
    assert draft.householder is not None
    assert draft.phone is not None
    where = draft.place_text
    if draft.location is not None:
        where = f"{where} 定位 {draft.location.latitude:.5f},{draft.location.longitude:.5f}".strip()
    return Report(
        submission_id=draft.id,
        relation=draft.relation or Relation.SELF,
        householder=draft.householder,
        phone=draft.phone,
        area_code=draft.place.code,
        story=draft.story,
        consent=Consent(CONSENT_VERSION, understanding.now),
        applied_on=date.fromisoformat(draft.applied_on) if draft.applied_on else understanding.today,
        causes=draft.causes or (Cause.OTHER,),
        danger=draft.danger,
        place_text=where,
        group=draft.group,
        reporter_name=draft.writer or "",
        attachments=(*draft.photos, *draft.voices),
        tell=tell_chat,
        township_first=is_township_first(draft),
        approach=approach_of(draft),
        living_code=draft.living.code if draft.living else "",
        fast_track=_is_plain_disaster(draft, understanding.today),
    )


def approach_of(draft: Draft) -> Approach | None:
    """Return whether the household knows of the report, None where it is the writer's own."""
    return draft.approach if draft.relation not in (None, Relation.SELF, Relation.SPOUSE) else None


def is_township_first(draft: Draft) -> bool:
    """Tell whether the village is not to know before the township passes the report on."""
    return draft.township_first or approach_of(draft) is Approach.HIDDEN


def _is_plain_disaster(draft: Draft, today: date) -> bool:
    """Tell whether the first cause is a disaster or an accident, and it happened just now (绿色通道)."""
    if draft.causes[:1] not in ((Cause.DISASTER,), (Cause.ACCIDENT,)) or draft.when is None:
        return False
    return draft.when >= (today - _RECENT).isoformat()[: len(draft.when)]


def _joined(kept: tuple[Cause, ...], more: tuple[Cause, ...]) -> tuple[Cause, ...]:
    return tuple(dict.fromkeys((*kept, *more)))
