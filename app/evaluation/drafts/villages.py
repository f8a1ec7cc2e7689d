"""Villages for the set: each half has its own, all of them the only ones of their sound in their county."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from functools import cache
from typing import Final

from app.evaluation.drafts.slips import same_sound
from app.evaluation.split import Half
from language.sounds import sound_key
from places.gazetteer import Area, Gazetteer, Level
from places.names import ordinary_words
from places.naming import bare_name

_LEAST_TO_SHORTEN: Final = 3


class Villages:
    """Draws villages of one county and half, and spells them as people do."""

    def __init__(self, gazetteer: Gazetteer, half: Half, county: str, rng: random.Random) -> None:
        self._gazetteer, self._county, self._rng = gazetteer, county, rng
        self._villages = [area for area in _unmistakable(gazetteer, county) if _half_of(area) is half]

    def named(self, form: str) -> tuple[str, str]:
        """Return a place in *form* and the path that it stands for.

        ``place`` has the township, ``village`` the name alone, ``short`` lacks its ending, ``misheard`` has one
        character replaced by another of the same sound, ``town`` is a township.
        """
        village = self._rng.choice(self._villages)
        town = self._gazetteer.parent(village.code)
        assert town is not None
        if form == "town":
            return town.name, self._gazetteer.path(town.code)
        if form in ("short", "misheard"):
            long = [area for area in self._villages if len(bare_name(area.name)) >= _LEAST_TO_SHORTEN]
            village = self._rng.choice(long)
        county = self._rng.choice(["", self._gazetteer.area(self._county).name])
        spelt = {
            "place": f"{county}{town.name}{village.name}",
            "village": village.name,
            "short": bare_name(village.name),
            "misheard": self._misheard(village),
        }[form]
        return spelt, self._gazetteer.path(village.code)

    def full(self, below: str) -> str:
        """Return the whole path of a place that is written from the township down."""
        return f"{self._gazetteer.path(self._county)}/{below}"

    def _misheard(self, village: Area) -> str:
        bare = bare_name(village.name)
        at = self._rng.randrange(len(bare))
        return f"{bare[:at]}{same_sound(bare[at], self._rng)}{bare[at + 1 :]}村"


@cache
def _unmistakable(gazetteer: Gazetteer, county: str) -> tuple[Area, ...]:
    below = list(gazetteer.within(county))
    sounds = Counter(sound_key(bare_name(area.name)) for area in below)
    return tuple(
        area
        for area in below
        if area.level is Level.VILLAGE
        and area.name.endswith("村")
        and sounds[sound_key(bare_name(area.name))] == 1
        and bare_name(area.name) not in ordinary_words()
    )


def _half_of(area: Area) -> Half:
    return Half.TUNE if hashlib.sha256(area.code.encode()).digest()[0] % 2 else Half.REPORT
