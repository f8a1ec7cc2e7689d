"""The short names of provinces, cities and counties, which stand for a place even where nothing else says so."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from places.gazetteer import NATION, Gazetteer
from places.naming import bare_name

_SHORTEST: Final = 2
_LEVELS: Final = 3


@cache
def pattern_of(gazetteer: Gazetteer) -> re.Pattern[str]:
    """
    Return what finds the short names down to counties in a text, the longest first.

    Some of them are ordinary words too (合作, 平安). Whoever asks whether a text names a place that its source does
    not name is on the safe side with them.
    """
    areas = gazetteer.children(NATION)
    names: set[str] = set()
    for _ in range(_LEVELS):
        names.update(bare_name(area.name) for area in areas)
        areas = tuple(child for area in areas for child in gazetteer.children(area.code))
    kept = sorted((name for name in names if len(name) >= _SHORTEST), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, kept)))
