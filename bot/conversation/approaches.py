"""Whether a household knows of the report that somebody else makes for it."""

from __future__ import annotations

from typing import Final

from bot.conversation.lexicon import load_patterns
from cases.report import Approach, Relation


def find_approach(text: str, relation: Relation | None) -> Approach | None:
    """Return what *text* (folded) tells of it unasked; None when it tells nothing, or is about the writer's own."""
    return None if relation in _OWN else _first(text, "approach")


def read_approach(text: str) -> Approach | None:
    """Return what *text* (folded) says of it when it was asked, None when it says something else."""
    return _first(text, "approach") or _first(text, "approach_answer")


def _first(text: str, table: str) -> Approach | None:
    patterns = load_patterns("people", table)
    return next((Approach[name] for name, pattern in patterns.items() if pattern.search(text)), None)


_OWN: Final = frozenset({Relation.SELF, Relation.SPOUSE})
