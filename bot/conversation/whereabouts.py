"""Where a sentence says that the household lives: one place, or several that fit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.conversation.state import Place
from places.finding import PlaceMatch, find_places, settled_place
from places.gazetteer import Gazetteer

_MOST_CANDIDATES: Final = 6
_VILLAGE_DIGITS: Final = 12


@dataclass(frozen=True)
class Whereabouts:
    """The place that a sentence determines; where it fits several, ``candidates`` and no place.

    ``spans`` are the stretches of the sentence that name places. ``living``: where the household lives now, when that
    is not where it is registered.
    """

    place: Place | None = None
    candidates: tuple[Place, ...] = ()
    group: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    living: Place | None = None


NOWHERE: Final = Whereabouts()


def find_whereabouts(text: str, gazetteer: Gazetteer, within: str | None) -> Whereabouts:
    """Return where *text* (folded) says it is. *within* is the area where short names are understood."""
    if (moved := _moved(text, gazetteer, within)) is not None:
        return moved
    matches = find_places(text, gazetteer, within)
    settled = settled_place(matches)
    if settled is not None and len(settled.code) < _VILLAGE_DIGITS and settled.code != within:
        # Inside the place that is certain, short and misheard names below it are understood too.
        matches = find_places(text, gazetteer, settled.code)
        settled = settled_place(matches) or settled
    group = _group(text, matches)
    spans = tuple(sorted({(match.start, match.end) for match in matches}))
    if settled is not None:
        return Whereabouts(place_of(gazetteer, settled.code), group=group, spans=spans)
    return Whereabouts(candidates=_candidates(matches, gazetteer), group=group, spans=spans)


def find_short_name(text: str, gazetteer: Gazetteer, within: str | None) -> Whereabouts:
    """Return the place below *within* that *text* (folded), said when a place was asked for, names without its kind."""
    bare = text.strip(" ，。的")
    if within is None or not _NAME.fullmatch(bare):
        return NOWHERE
    named = {
        match.code for kind in _KINDS_BELOW for match in find_places(bare + kind, gazetteer, within) if match.start == 0
    }
    below = tuple(place_of(gazetteer, code) for code in sorted(named) if code.startswith(within) and code != within)
    if len(below) == 1:
        return Whereabouts(below[0])
    return Whereabouts(candidates=below[:_MOST_CANDIDATES])


_NAME: Final = re.compile(r"[\u3400-\u9fff]{2,6}")
_KINDS_BELOW: Final = ("镇", "乡", "村", "社区", "街道")


def without_places(text: str, where: Whereabouts) -> str:
    """Return *text*, as long as it was, with the names of its places blotted out but for what kind of place it is."""
    letters = list(text)
    for start, end in where.spans:
        kind = letters[end - 1] if letters[end - 1] in _KINDS else _KINDS[0]
        letters[start:end] = [*_BLOT * (end - start - 1), kind]
    return "".join(letters)


_BLOT: Final = "◇"
_KINDS: Final = "村社组队镇乡县区市省"


def _moved(text: str, gazetteer: Gazetteer, within: str | None) -> Whereabouts | None:
    """Return where a household is registered and where it lives, when the sentence tells both apart."""
    clauses = [(found.start(), found.group()) for found in _CLAUSES.finditer(text)]
    registered = [clause for clause in clauses if _REGISTERED.search(clause[1])]
    living = [clause for clause in clauses if _LIVING.search(clause[1]) and clause not in registered]
    if not registered or not living:
        return None
    there, here = (settled_place(find_places(of[0][1], gazetteer, within)) for of in (registered, living))
    if there is None or here is None or here.code.startswith(there.code) or there.code.startswith(here.code):
        return None
    spans = tuple((of[0][0] + place.start, of[0][0] + place.end) for of, place in ((registered, there), (living, here)))
    return Whereabouts(place_of(gazetteer, there.code), (), there.group or "", spans, place_of(gazetteer, here.code))


_CLAUSES: Final = re.compile(r"[^，。！？；\n]+")
_REGISTERED: Final = re.compile(r"户口|户籍|户头")
_LIVING: Final = re.compile(r"住|搬|安置|现在|如今")


def _group(text: str, matches: list[PlaceMatch]) -> str:
    """Return the villagers' group as it was called (三社, 2组), empty when none was named."""
    named = next((match.group for match in matches if match.group), None)
    called = re.search(rf"{re.escape(named)}(?:村民小组|小组|社|组|队)", text) if named else None
    return called.group() if called else ""


def place_of(gazetteer: Gazetteer, code: str) -> Place:
    """Return the area of *code* with its path."""
    return Place(code, gazetteer.path(code))


def _candidates(matches: list[PlaceMatch], gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Return the areas of the best span when several share it."""
    best = [match for match in matches if (match.start, match.end) == (matches[0].start, matches[0].end)]
    codes = dict.fromkeys(match.code for match in best)
    return tuple(place_of(gazetteer, code) for code in list(codes)[:_MOST_CANDIDATES]) if len(codes) > 1 else ()
