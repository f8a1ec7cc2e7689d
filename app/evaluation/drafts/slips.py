"""How people mistype: characters of the same sound, marks left out, telephone numbers in groups or in words."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from language.sounds import syllables

PHONE_IN_GROUPS: Final = 0.2
PHONE_WITH_DASHES: Final = 0.1
PHONE_IN_WORDS: Final = 0.1
MARKS_LOST: Final = 0.3
"""Rates: how often a telephone is written so, and how often a mark is left out where characters are mistyped."""

_WORDS: Final = str.maketrans("0123456789", "零一二三四五六七八九")
_MARKS: Final = "，。、"


def spoken_phone(digits: str, rng: random.Random) -> str:
    """Return a mobile number as people write it."""
    drawn = rng.random()
    if drawn < PHONE_IN_GROUPS:
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    if drawn < PHONE_IN_GROUPS + PHONE_WITH_DASHES:
        return f"{digits[:3]}-{digits[3:7]}-{digits[7:]}"
    if drawn < PHONE_IN_GROUPS + PHONE_WITH_DASHES + PHONE_IN_WORDS:
        return digits.translate(_WORDS)
    return digits


def mistyped(parts: Iterable[tuple[str, bool]], rate: float, rng: random.Random) -> str:
    """Return the text of *parts* with characters mistyped at *rate*; what was filled in is left as it is."""
    return "".join(
        part if filled or not rate else "".join(_slip(one, rate, rng) for one in part) for part, filled in parts
    )


def same_sound(character: str, rng: random.Random) -> str:
    """Return another common character of the same sound, itself when there is none."""
    others = [other for other in _by_sound().get(syllables(character)[0], ()) if other != character]
    return rng.choice(others) if others else character


def _slip(character: str, rate: float, rng: random.Random) -> str:
    if character in _MARKS:
        return "" if rng.random() < MARKS_LOST else character
    return same_sound(character, rng) if rng.random() < rate else character


@cache
def _by_sound() -> Mapping[str, tuple[str, ...]]:
    """Return the characters of the first level of GB 2312, by sound."""
    table: dict[str, list[str]] = {}
    for row in range(0xB0, 0xD8):
        for column in range(0xA1, 0xFF):
            character = bytes((row, column)).decode("gb2312", errors="ignore")
            if character:
                table.setdefault(syllables(character)[0], []).append(character)
    return {sound: tuple(characters) for sound, characters in table.items()}
