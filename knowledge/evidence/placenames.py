"""The short names of provinces, cities and counties, which stand for a place even where nothing else says so."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

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
