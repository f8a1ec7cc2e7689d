"""A child who writes alone: it goes to the children's worker, never to a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.conversation.lexicon import load_patterns
from language.numerals import parse_number

GROWN_UP: Final = 18
NEEDS_GUARDIAN: Final = 14
_YOUNGEST: Final = 4


@dataclass(frozen=True)
class Child:
    """Whoever writes is a child. ``under_14``: only a guardian may consent for it."""

    under_14: bool


def find_child(text: str) -> Child | None:
    """Return the child that writes *text* (folded), None when nothing says that a child does."""
    for match in load_patterns("children", "self")["age"].finditer(text):
        number = parse_number(match.group("AGE"))
        if number is not None and _YOUNGEST <= number.value < GROWN_UP:
            return Child(number.value < NEEDS_GUARDIAN)
    pupil = load_patterns("children", "pupil")
    if pupil["young"].search(text):
        return Child(under_14=True)
    return Child(under_14=False) if pupil["older"].search(text) else None
