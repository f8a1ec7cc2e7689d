"""The short names of provinces, cities and counties, which stand for a place even where nothing else says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache
from typing import Final

from knowledge.evidence.clauses import ALIKE, Clause, marks_of
from knowledge.evidence.tracing import carries
from knowledge.evidence.words import load_words
from places.gazetteer import NATION, Gazetteer
from places.naming import bare_name

_SHORTEST: Final = 2
_LEVELS: Final = 3


def strange_places(told: str, given: str, gazetteer: Gazetteer) -> list[str]:
    """
    Return the short names in a text that another text does not hold.

    What runs over the edge of two words that the other text holds is none (金平 in 助学金平均). Some short names are
    ordinary words too (比如): ``words.toml`` names the
    commonest, in doubt the others are places.
    """
    found = []
    for match in _pattern(gazetteer).finditer(told):
        before, behind = told[max(0, match.start() - 1) : match.start() + 1], told[match.end() - 1 : match.end() + 1]
        across = len(before) == len(behind) == _SHORTEST and before in given and behind in given
        if match[0] not in given and not across:
            found.append(match[0])
    return found


def confused_places(told: Sequence[Clause], grounds: Sequence[Clause], names: Set[str]) -> Iterator[str]:
    """Yield the places of which a text says what its source says of another of ``names``: by words, or by a figure."""
    where = _attributed(grounds, names)
    for clause, mine in zip(told, _attributed(told, names), strict=True):
        held = _measured(clause, grounds, where) if clause.figures else _worded(clause, grounds, names)
        own = mine if clause.figures else {name for name in names if name in clause.text}
        if own and any(held) and all(place and not _same_place(place, own) for place in held):
            yield from sorted(own)


def _measured(clause: Clause, grounds: Sequence[Clause], where: Sequence[Set[str]]) -> list[Set[str]]:
    """Return the places of which the sources say a clause's figures."""
    return [
        place
        for ground, place in zip(grounds, where, strict=True)
        for other in ground.figures
        if any(carries(other, placed) and not placed.figure.date for placed in clause.figures)
    ]


def _worded(clause: Clause, grounds: Sequence[Clause], names: Set[str]) -> list[Set[str]]:
    """Return the places that the source clauses name that are surely most like a clause in the rest."""
    rest = marks_of(clause.text, names)
    scored = [(len(rest & marks_of(ground.text, names)), ground) for ground in grounds]
    best = max((score for score, _ in scored), default=0)
    if best < ALIKE:
        return []
    return [{name for name in names if name in ground.text} for score, ground in scored if score == best]


def _attributed(clauses: Sequence[Clause], names: Set[str]) -> list[Set[str]]:
    """Return for each clause the places that it names, or that were named last in its sentence."""
    found: list[Set[str]] = []
    for place, clause in enumerate(clauses):
        goes_on = place > 0 and clauses[place - 1].number == clause.number
        found.append({name for name in names if name in clause.text} or (found[-1] if goes_on else frozenset()))
    return found


def _same_place(some: Set[str], others: Set[str]) -> bool:
    return any(one in other or other in one for one in some for other in others)


@cache
def _pattern(gazetteer: Gazetteer) -> re.Pattern[str]:
    """Return what finds the short names down to counties, the longest first."""
    areas = gazetteer.children(NATION)
    names: set[str] = set()
    for _ in range(_LEVELS):
        names.update(bare_name(area.name) for area in areas)
        areas = tuple(child for area in areas for child in gazetteer.children(area.code))
    kept = sorted((name for name in names - load_words().ordinary if len(name) >= _SHORTEST), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, kept)))
