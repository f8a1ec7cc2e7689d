"""Danger through typing slips: 不想话了, 喝农要, 揭不开过. A cry for help is not spelled with care."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.conversation.lexicon import load_table
from cases.report import Danger


def hears(text: str, danger: Danger) -> bool:
    """Tell whether *text* (folded) holds a phrase of *danger* with one character mistyped."""
    return _pattern(danger).search(text) is not None


@cache
def _pattern(danger: Danger) -> re.Pattern[str]:
    phrases = load_table("slips", "phrases")[danger.name]
    return re.compile("|".join(slipped for phrase in phrases for slipped in _slipped(phrase)))


def _slipped(phrase: str) -> Iterator[str]:
    """Yield a pattern for each character of *phrase* that may be typed as another."""
    slips = load_table("slips", "slips")
    for place, meant in enumerate(phrase):
        if meant in slips:
            yield f"{phrase[:place]}[{slips[meant]}]{phrase[place + 1 :]}"
