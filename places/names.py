"""The names by which an area may be mentioned, looked up by their characters or by their sound."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from language.sounds import sound_similarity, syllables
from places.gazetteer import Area, Gazetteer, Level, is_filler
from places.naming import bare_name

OFFICIAL, CHANGED, HOMOPHONE, SHORTENED, NEAR = 0.95, 0.85, 0.85, 0.75, 0.6
# A name of which a telling syllable is left out: towns are few, with a village it is a question to ask.
_CLIPPED = {Level.TOWNSHIP: 0.65, Level.VILLAGE: 0.48}
_ENDINGS = {
    Level.TOWNSHIP: ("镇", "乡", "街道", "街道办", "街道办事处"),
    Level.VILLAGE: ("村", "社区", "村委会", "村民委员会", "居委会", "社区居委会"),
}
# Syllables that people drop from village and town names.
_FILLERS = re.compile("[家子头儿里]")
# What tells neighbouring villages apart must never be blurred by sound: 三房吴 is not 四房吴.
_TELLING = re.compile("[一二三四五六七八九十百大小上下东西南北中前后新老]")
_NEARLY = 0.8
_CLIPPED_MOST = 2


@dataclass(frozen=True)
class Named:
    """An area that a name stands for. ``likeness`` is how surely; ``bare`` when the name lacks its ending."""

    area: Area
    likeness: float
    bare: bool


class NameIndex:
    """Names of some areas, by their characters."""

    def __init__(self, forms: Iterable[tuple[str, Named]]) -> None:
        self._named: dict[str, list[Named]] = defaultdict(list)
        for name, named in forms:
            self._named[name].append(named)
        self.longest = max(map(len, self._named), default=0)

    def get(self, name: str) -> tuple[Named, ...]:
        """Return the areas of that name, those of the best likeness only."""
        named = self._named.get(name, ())
        best = max((one.likeness for one in named), default=0.0)
        return tuple(one for one in named if one.likeness == best)


class SoundIndex:
    """Bare names of the townships and villages of one county, by their sound."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self._by_first: dict[str, list[tuple[str, tuple[str, ...], Area]]] = defaultdict(list)
        for area in areas:
            bare = bare_name(area.name)
            sounds = syllables(bare)
            self._by_first[sounds[0]].append((bare, sounds, area))

    def like(self, name: str, level: Level) -> tuple[Named, ...]:
        """Return the areas of ``level`` whose bare names sound like ``name``, those of the best likeness only."""
        sounds = syllables(name)
        found = [
            Named(area, likeness, bare=True)
            for bare, theirs, area in self._by_first.get(sounds[0], ())
            if area.level is level and (likeness := _likeness(name, sounds, bare, theirs, level))
        ]
        best = max((one.likeness for one in found), default=0.0)
        return tuple(one for one in found if one.likeness == best)


@lru_cache(maxsize=64)
def upper_names(gazetteer: Gazetteer) -> NameIndex:
    """Return the names of all provinces, cities and counties."""
    return NameIndex(
        form
        for province in gazetteer.children("")
        for area in _down_to_counties(gazetteer, province)
        if not is_filler(area.name)
        for form in _forms(area)
    )


@lru_cache(maxsize=64)
def township_names(gazetteer: Gazetteer, scope: str) -> NameIndex:
    """Return the official names of the townships within a scope wider than a county."""
    return NameIndex(
        (area.name, Named(area, OFFICIAL, bare=False))
        for area in gazetteer.within(scope)
        if area.level is Level.TOWNSHIP
    )


@lru_cache(maxsize=64)
def county_names(gazetteer: Gazetteer, county: str) -> NameIndex:
    """Return the names of the townships and villages of a county."""
    return NameIndex(form for area in gazetteer.within(county) for form in _forms(area))


@lru_cache(maxsize=64)
def county_sounds(gazetteer: Gazetteer, county: str) -> SoundIndex:
    """Return the sounds of the townships and villages of a county."""
    return SoundIndex(gazetteer.within(county))


@cache
def ordinary_words() -> frozenset[str]:
    """Return the words that are also short names of places, and mean one only beside its parent."""
    return frozenset(resources.files("places").joinpath("data/ordinary.txt").read_text(encoding="utf-8").split())


def _down_to_counties(gazetteer: Gazetteer, area: Area) -> Iterator[Area]:
    yield area
    if area.level < Level.COUNTY:
        for child in gazetteer.children(area.code):
            yield from _down_to_counties(gazetteer, child)


def _forms(area: Area) -> Iterator[tuple[str, Named]]:
    bare = bare_name(area.name)
    yield area.name, Named(area, OFFICIAL, bare=bare == area.name and len(bare) > 2)
    if bare != area.name:
        yield bare, Named(area, OFFICIAL, bare=True)
        for ending in _ENDINGS.get(area.level, ()):
            if bare + ending != area.name:
                yield bare + ending, Named(area, CHANGED, bare=False)


def _likeness(name: str, sounds: tuple[str, ...], bare: str, theirs: tuple[str, ...], level: Level) -> float:
    """Return how surely ``name`` is a misspelt or shortened ``bare``, 0 when it is not."""
    if sounds == theirs:
        return HOMOPHONE if _TELLING.findall(name) == _TELLING.findall(bare) else 0.0
    if _TELLING.findall(name) != _TELLING.findall(bare)[: len(_TELLING.findall(name))]:
        return 0.0
    short = syllables(_FILLERS.sub("", name))
    if len(short) > 1 and short == syllables(_FILLERS.sub("", bare)):
        return SHORTENED
    if 0 < len(theirs) - len(sounds) <= _CLIPPED_MOST and _in_order(sounds, theirs):
        return _CLIPPED[level]
    alike = len(sounds) == len(theirs) > 2 and sound_similarity(name, bare) >= _NEARLY
    return NEAR if alike and _TELLING.findall(name) == _TELLING.findall(bare) else 0.0


def _in_order(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    rest = iter(many)
    return all(sound in rest for sound in few)
