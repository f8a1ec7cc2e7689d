"""The report form: one sentence fills what it can, what is missing is asked one thing at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.conversation.commands import ListPlaces, ShareDraft
from bot.conversation.drafting import missing, note, tell
from bot.conversation.findings import PlacesBelow
from bot.conversation.kinds import Say
from bot.conversation.review import as_params, consent, mark, review
from bot.conversation.state import Asking, Draft, Place, State
from bot.conversation.understanding import Outcome, Understanding, say
from bot.turn import Json, Reply
from cases.report import Relation

_VILLAGE_DIGITS: Final = 12
_SHORT_LIST: Final = 24


def begin(state: State, u: Understanding, *, story: bool) -> Outcome:
    """Begin a new report; *story*: what was just said is already its story, else only what it gives is noted.

    Where personal data may not travel, the report goes on elsewhere by a short code.
    """
    blank = Draft(u.fresh, by_officer=u.is_officer)
    draft = tell(blank, u) if story else note(blank, u) if u.word is None else blank
    begun = replace(state.with_draft(draft), trail=(), candidates=())
    return resume(begun, u)


def begin_next(state: State, u: Understanding) -> Outcome:
    """Begin the next household of a cadre who goes from door to door: he and his village stay the same."""
    draft = Draft(u.fresh, relation=Relation.VILLAGE_CADRE, place=state.home, by_officer=u.is_officer)
    return resume(replace(state.with_draft(draft), trail=(), candidates=()), u)


def draft_of_story(state: State, u: Understanding) -> Draft:
    """Return the report that what was just said would make; a story told in several messages makes one."""
    if state.draft is not None and state.draft.offered:
        return tell(state.draft, u)
    return tell(Draft(u.fresh, offered=True, by_officer=u.is_officer), u)


def heard_so_far(draft: Draft, u: Understanding) -> dict[str, Json]:
    """Return what an offer may repeat: nothing personal where that may not travel."""
    return as_params(draft) if u.personal_data else {"causes": [cause.value for cause in draft.causes]}


def resume(state: State, u: Understanding) -> Outcome:
    """Go on with the report that is worked on."""
    assert state.draft is not None
    if not u.personal_data:
        return Outcome(replace(state, asking=Asking.NOTHING), commands=(ShareDraft(state.draft),))
    return ask_next(state)


def ask_next(state: State) -> Outcome:
    """Ask for the first thing that is missing, or show everything for review."""
    assert state.draft is not None
    still = missing(state.draft)
    return ask(state, still[0]) if still else review(state)


def ask(state: State, asking: Asking) -> Outcome:
    """Ask for one thing, whether it is known or not."""
    draft = state.draft
    assert draft is not None
    trail = (*(step for step in state.trail if step is not asking), asking)
    asked = replace(state, asking=asking, trail=trail, candidates=())
    match asking:
        case Asking.PLACE if draft.place is not None and len(draft.place.code) < _VILLAGE_DIGITS:
            return Outcome(asked, commands=(ListPlaces(draft.place.code),))
        case Asking.PLACE if (
            draft.place is None and state.village_known and state.home and Asking.PLACE not in state.trail
        ):
            return ask_next(asked.with_draft(replace(draft, place=state.home)))
        case Asking.PLACE if draft.place is None and draft.place_options:
            return Outcome(replace(asked, candidates=draft.place_options), (which_place(None, draft.place_options),))
        case Asking.REVIEW:
            return review(asked)
        case Asking.CONSENT | Asking.EARLIER:
            return consent(asked)
        case Asking.NEWS:
            return Outcome(asked, (say(Say.ASK_NEWS, receipt=draft.earlier, draft=mark(draft.id)),))
        case _:
            return Outcome(asked, (say(_QUESTIONS[asking], **_details(asked, asking)),))


def places_below(state: State, found: PlacesBelow) -> Outcome:
    """Ask which of the places below the known one it is; where nothing is known below, the place is settled."""
    draft = state.draft
    if draft is None or state.asking is not Asking.PLACE:
        return Outcome(state)
    if not found.places:
        return ask_next(state.with_draft(replace(draft, place_settled=True)))
    listed = found.places if len(found.places) <= _SHORT_LIST else ()
    return Outcome(replace(state, candidates=listed), (which_place(found.above, listed),))


def back(state: State) -> Outcome:
    """Ask again for what was asked before."""
    earlier = state.trail[:-1]
    if not earlier:
        return ask_next(state)
    return ask(replace(state, trail=earlier[:-1]), earlier[-1])


_QUESTIONS: Final = {
    Asking.STORY: Say.ASK_STORY,
    Asking.PLACE: Say.ASK_PLACE,
    Asking.HOUSEHOLDER: Say.ASK_HOUSEHOLDER,
    Asking.PHONE: Say.ASK_PHONE,
    Asking.RELATION: Say.ASK_RELATION,
    Asking.CAUSES: Say.ASK_CAUSES,
    Asking.DANGER: Say.ASK_DANGER,
    Asking.APPROACHED: Say.ASK_APPROACHED,
    Asking.APPLIED: Say.ASK_APPLIED,
    Asking.RESTART: Say.ASK_RESTART,
}


def _details(state: State, asking: Asking) -> dict[str, Json]:
    """Return the parameters of a question."""
    draft = state.draft
    assert draft is not None
    match asking:
        case Asking.STORY:
            known = draft.householder or draft.phone or (draft.place and not draft.by_officer)
            place = draft.place.path if draft.place else ""
            return {"told": draft.story, "noted": bool(known), "place": place, **_whose(draft)}
        case Asking.PLACE:
            home: dict[str, Json] = {"home": _as_json(state.home)} if state.home else {}
            return {**home, "located": draft.location is not None}
        case Asking.HOUSEHOLDER:
            return _whose(draft)
        case Asking.PHONE:
            return _whose(draft)
        case Asking.CAUSES:
            return {"chosen": [cause.name for cause in draft.causes]}
        case Asking.APPROACHED:
            return {"danger": bool(draft.danger)}
        case Asking.DANGER:
            return {"chosen": [danger.name for danger in draft.danger]}
        case _:
            return {}


def _whose(draft: Draft) -> dict[str, Json]:
    """Return whose hardship is asked for: the writer's own, another's, or one that an officer enters."""
    return {"outsider": draft.relation not in (None, Relation.SELF), "by_officer": draft.by_officer}


def which_place(above: Place | None, places: tuple[Place, ...]) -> Reply:
    """Return the question which of some places it is."""
    return say(Say.ASK_WHICH_PLACE, above=above.path if above else "", places=[_as_json(place) for place in places])


def _as_json(place: Place) -> Json:
    return {"code": place.code, "path": place.path}
