"""What is said and tapped while the form is open: an answer, a correction, or something else."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, TypeVar

from bot.conversation import corrections
from bot.conversation.approaches import read_approach
from bot.conversation.buttons import Tap, Verb
from bot.conversation.drafting import REQUIRED, fill, missing, note, note_place, tell
from bot.conversation.kinds import Say
from bot.conversation.names import read_name
from bot.conversation.people import read_whose
from bot.conversation.report_form import ask, ask_next, which_place
from bot.conversation.state import Asking, Place, State
from bot.conversation.understanding import Outcome, Understanding, say
from bot.conversation.whereabouts import NOWHERE
from bot.conversation.words import Word
from cases.report import Approach, Cause, Danger, Relation
from language.dates import find_dates

# A message that is hardly longer than a telephone number is nothing but one.
_BARE_PHONE: Final = 18
# A name, a village or a telephone, with what people put around it; what is longer tells something.
_LONGEST_ANSWER: Final = 40
_Choice = TypeVar("_Choice", bound=Cause | Danger)


def hear(state: State, u: Understanding) -> Outcome | None:
    """Take what was said as an answer to what was asked, or as a correction; None when it is neither."""
    if u.word is not None:
        return _hear_word(state, u.word)
    if (corrected := _correct(state, u)) is not None:
        return corrected
    if state.draft is None or not _tells_more(state, u):
        return _hear_answer(state, u)
    told = state.with_draft(tell(state.draft, u))
    return _hear_answer(told, replace(u, slots=replace(u.slots, sums=()))) or ask(told, told.asking)


def _tells_more(state: State, u: Understanding) -> bool:
    """Tell whether what a few words would have answered has more of the story in it, which must not be lost."""
    if state.asking not in _ANSWERED_IN_FEW_WORDS or _asks(u):
        return False
    return len(u.heard) > _LONGEST_ANSWER or u.slots.tells


_ANSWERED_IN_FEW_WORDS: Final = frozenset({Asking.PLACE, Asking.HOUSEHOLDER, Asking.PHONE, Asking.RELATION})


def _hear_answer(state: State, u: Understanding) -> Outcome | None:
    match state.asking:
        case Asking.STORY:
            return _hear_story(state, u)
        case Asking.PLACE:
            return _hear_place(state, u)
        case Asking.HOUSEHOLDER:
            return _hear_householder(state, u)
        case Asking.PHONE:
            return _hear_phone(state, u)
        case Asking.RELATION | Asking.CAUSES | Asking.DANGER | Asking.APPROACHED:
            return _hear_choice(state, u)
        case Asking.APPLIED:
            return _hear_applied(state, u)
        case _:
            return _hear_more(state, u)


def tap(state: State, tapped: Tap) -> Outcome | None:
    """Do what a button of the form does; None for a button that no longer fits."""
    draft = state.draft
    if draft is None or not state.in_form:
        return None
    match tapped.verb:
        case Verb.RIGHT:
            return ask(state, Asking.CONSENT) if not missing(draft) else ask_next(state)
        case Verb.FIX if tapped.first in _FIXABLE:
            return ask(state, Asking(tapped.first))
        case Verb.TOWNSHIP_FIRST:
            return ask(state.with_draft(replace(draft, township_first=not draft.township_first)), Asking.REVIEW)
        case Verb.PLACE:
            chosen = next((place for place in _offered(state) if place.code == tapped.first), None)
            return _settle(state, chosen) if chosen else None
        case Verb.RELATION if tapped.first in Relation.__members__:
            return ask_next(state.with_draft(replace(draft, relation=Relation[tapped.first])))
        case Verb.APPROACH if tapped.first in Approach.__members__:
            return ask_next(state.with_draft(replace(draft, approach=Approach[tapped.first])))
        case Verb.CAUSE if tapped.first in Cause.__members__:
            chosen_causes = _toggled(draft.causes, Cause[tapped.first])
            return ask(state.with_draft(replace(draft, causes=chosen_causes)), Asking.CAUSES)
        case Verb.DANGER if tapped.first in Danger.__members__:
            chosen_dangers = _toggled(draft.danger, Danger[tapped.first])
            return ask(state.with_draft(replace(draft, danger=chosen_dangers)), Asking.DANGER)
        case _:
            return None


def _toggled(chosen: tuple[_Choice, ...], choice: _Choice) -> tuple[_Choice, ...]:
    if choice in chosen:
        return tuple(kept for kept in chosen if kept is not choice)
    return (*chosen, choice)


_FIXABLE: Final = frozenset(
    {
        *(asking.value for asking in REQUIRED),
        *(asking.value for asking in (Asking.RELATION, Asking.CAUSES, Asking.DANGER, Asking.APPLIED)),
    }
)


def _hear_word(state: State, word: Word) -> Outcome | None:
    """Take "对", "没有" and the like as answers where they are some."""
    draft = state.draft
    assert draft is not None
    match state.asking, word:
        case Asking.REVIEW, Word.YES:
            return ask(state, Asking.CONSENT)
        case Asking.PLACE, Word.NONE | Word.NO if draft.place is not None:
            return ask_next(state.with_draft(replace(draft, place_settled=True)))
        case Asking.APPROACHED, Word.YES | Word.NO | Word.NONE:
            approach = Approach.AGREED if word is Word.YES else Approach.UNASKED
            return ask_next(state.with_draft(replace(draft, approach=approach)))
        case Asking.PHONE, Word.NO | Word.NONE:
            return Outcome(state, (say(Say.PHONE_WRONG, broken=False),))
        case Asking.CAUSES | Asking.DANGER, Word.YES:
            return ask_next(state)
        case Asking.DANGER, Word.NONE | Word.NO:
            return ask_next(state.with_draft(replace(draft, danger=())))
        case _:
            return None


def _hear_story(state: State, u: Understanding) -> Outcome:
    """Take what befell the household; who, where and a telephone alone are no story, unless nothing else comes."""
    draft = state.draft
    assert draft is not None
    noted = note(draft, u)
    if not (draft.story or _tells_of_trouble(u) or len(u.heard) > _LONGEST_ANSWER) and noted != draft:
        return ask(state.with_draft(noted), Asking.STORY)
    return ask_next(state.with_draft(tell(draft, u)))


def _tells_of_trouble(u: Understanding) -> bool:
    return u.slots.tells or (u.signals is not None and u.signals.desperate)


def _hear_place(state: State, u: Understanding) -> Outcome | None:
    draft = state.draft
    assert draft is not None
    where = u.slots.where
    if where.place is not None and where.place == draft.place:
        return ask_next(state.with_draft(replace(draft, place_settled=True, group=where.group or draft.group)))
    if where.place is not None:
        return _settle(
            state.with_draft(replace(fill(draft, replace(u.slots, where=NOWHERE)), group=where.group)),
            where.place,
        )
    listed = [place for place in state.candidates if u.heard.strip("村社区镇乡。 ") in place.path.rpartition("/")[2]]
    if len(listed) == 1:
        return _settle(state, listed[0])
    if where.candidates:
        asked = replace(state, candidates=where.candidates)
        return Outcome(asked, (which_place(None, where.candidates),))
    if _asks(u):
        return None
    return ask(state, Asking.PLACE) if draft.story.endswith(u.text) else _place_unknown(state, u)


def _place_unknown(state: State, u: Understanding) -> Outcome:
    """Say that the place was not found; the second time take the villager's words beside the nearest known area."""
    draft = state.draft
    assert draft is not None
    known = draft.place or u.home
    again = bool(draft.place_text)
    noted = replace(note_place(draft, u.text), place_options=())
    if known is not None and (draft.place is not None or again):
        return ask_next(state.with_draft(replace(noted, place=known, place_settled=True)))
    return Outcome(state.with_draft(noted), (say(Say.PLACE_UNKNOWN),))


def _settle(state: State, place: Place) -> Outcome:
    """Take *place*; when it may lie deeper still, go on asking."""
    assert state.draft is not None
    settled = replace(state.draft, place=place, place_text="")
    return ask_next(replace(state.with_draft(settled), home=place, candidates=()))


def _hear_householder(state: State, u: Understanding) -> Outcome | None:
    draft = state.draft
    assert draft is not None
    name = read_name(u.heard) or u.slots.householder or u.slots.writer
    if name is None:
        return None if _asks(u) else _hear_beside(state, u) or Outcome(state, (say(Say.NAME_UNCLEAR),))
    return ask_next(state.with_draft(replace(fill(draft, u.slots), householder=name)))


def _hear_phone(state: State, u: Understanding) -> Outcome | None:
    draft = state.draft
    assert draft is not None
    if u.slots.phone is None:
        if _asks(u) and not u.slots.broken_phone:
            return None
        wrong = say(Say.PHONE_WRONG, broken=u.slots.broken_phone or any(map(str.isdigit, u.heard)))
        return _hear_beside(state, u) or Outcome(state, (wrong,))
    return ask_next(state.with_draft(replace(fill(draft, u.slots), phone=u.slots.phone)))


def _hear_beside(state: State, u: Understanding) -> Outcome | None:
    """Take what answers another question of the form than the one that was asked: a deeper place, a telephone."""
    draft = state.draft
    assert draft is not None
    place, known = u.slots.place, draft.place.code if draft.place else ""
    deeper = place is not None and place.code != known and place.code.startswith(known)
    noted = fill(replace(draft, place=place, place_text="") if deeper else draft, u.slots)
    return ask_next(state.with_draft(noted)) if noted != draft else None


def _hear_choice(state: State, u: Understanding) -> Outcome | None:
    """Take a choice that was written instead of tapped."""
    draft = state.draft
    assert draft is not None
    if state.asking is Asking.RELATION:
        relation = next((relation for relation in Relation if relation.value in u.heard), None) or u.slots.relation
        return ask_next(state.with_draft(replace(draft, relation=relation))) if relation else None
    if state.asking is Asking.APPROACHED:
        approach = read_approach(u.heard)
        return ask_next(state.with_draft(replace(draft, approach=approach))) if approach else None
    if state.asking is Asking.CAUSES and u.slots.causes:
        return ask_next(state.with_draft(replace(draft, causes=u.slots.causes)))
    if state.asking is Asking.DANGER and u.slots.danger:
        return ask_next(state.with_draft(replace(draft, danger=u.slots.danger)))
    return None


def _hear_applied(state: State, u: Understanding) -> Outcome | None:
    """Take the day on which a paper, a call or a visit was taken in; it is not after today."""
    draft = state.draft
    assert draft is not None
    days = [moment.iso for moment in find_dates(u.heard, u.today) if len(moment.iso) == _DAY]
    if not days or days[0] > u.today.isoformat():
        return None
    return ask_next(state.with_draft(replace(draft, applied_on=days[0])))


_DAY: Final = len("2026-03-02")
# A paper, a call or a visit that came on some day; or a day and nothing else.
_TAKEN_IN: Final = re.compile(
    r"收[到的]|[交打]来|[交打]的|送来|来[说的]|纸条|电话登|[日号天]$|^[上周星期礼拜一二三四五六日天]+$"
)


def _hear_more(state: State, u: Understanding) -> Outcome | None:
    """Take what is said over the finished form as more of the story, a bare telephone as a new one; unless it asks."""
    draft = state.draft
    assert draft is not None
    if _asks(u) or state.asking is Asking.RESTART:
        return None
    if draft.by_officer and _TAKEN_IN.search(u.heard) and (applied := _hear_applied(state, u)) is not None:
        return applied
    if u.slots.phone is not None and len(u.heard) <= _BARE_PHONE:
        return ask_next(state.with_draft(replace(draft, phone=u.slots.phone)))
    return _hear_story(state, u)


def _correct(state: State, u: Understanding) -> Outcome | None:
    draft = state.draft
    assert draft is not None
    correction = corrections.find_correction(u.heard)
    if correction is None or (state.asking is Asking.STORY and not draft.story):
        return None
    phone, place, name = u.slots.phones[-1:], u.slots.where.place, read_name(correction.value)
    match correction.slot:
        case Asking.PHONE | None if phone:
            return ask_next(state.with_draft(replace(draft, phone=phone[0])))
        case Asking.PLACE | None if place:
            return _settle(state.with_draft(replace(draft, place_settled=False)), place)
        case Asking.HOUSEHOLDER | None if name:
            return ask_next(state.with_draft(replace(draft, householder=name)))
        case Asking.RELATION | None if related := _relation_in(correction.value):
            return ask_next(state.with_draft(replace(draft, relation=related)))
        case Asking.PLACE:
            return ask(state.with_draft(replace(draft, place=None, place_settled=False)), Asking.PLACE)
        case None:
            return None
        case slot:
            return ask(state, slot)


def _relation_in(words: str) -> Relation | None:
    return read_whose(words) or next((relation for relation in Relation if relation.value == words), None)


def _asks(u: Understanding) -> bool:
    return u.signals is not None and (u.signals.asks_rule or u.signals.asks)


def _offered(state: State) -> tuple[Place, ...]:
    return (*state.candidates, state.home) if state.home else state.candidates
