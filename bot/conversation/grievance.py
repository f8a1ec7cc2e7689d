"""Whether somebody complains of an official: who did what, clause by clause, whatever the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.conversation.lexicon import load_patterns

_CLAUSES: Final = re.compile(r"[^，。！？；\n]+")


def complains(text: str, *, asks: bool) -> bool:
    """Tell whether *text* (folded) says that an official did wrong. What *asks* something is a question first.

    An official who was named goes on acting in the clauses that follow, until somebody else does.
    """
    return not asks and any(wrong for _, _, wrong in _acts(text))


def clauses_beside(text: str) -> list[str]:
    """Return the clauses of *text* (folded) that name no official and tell of nothing that one did."""
    return [clause for clause, official, wrong in _acts(text) if not (official or wrong)]


def _acts(text: str) -> Iterator[tuple[str, bool, bool]]:
    """Yield each clause with whether it names an official, and whether one does wrong in it."""
    named = load_patterns("routes", "grievance")
    acting = False
    for clause in _CLAUSES.findall(text):
        official = named["official"].search(clause)
        acting = official is not None or (acting and named["another"].search(clause) is None)
        done = clause[official.end() :] if official else clause
        wrong = acting and named["deed"].search(done) is not None and named["kindness"].search(done) is None
        yield clause, official is not None, wrong


def is_blameless(text: str) -> bool:
    """
    Tell whether *text* (folded) says what an official did for somebody, or names none and tells of what the writer
    handed in, and says of nothing that it was wrong.
    """
    named = load_patterns("routes", "grievance")
    if named["handed_in"].match(text) and named["official"].search(text) is None:
        return True
    for clause in _CLAUSES.findall(text):
        official = named["official"].search(clause)
        if official is not None and named["kindness"].search(clause[official.end() :]):
            return not complains(text, asks=False)
    return False
