"""Why a household fell on hard times, heard from its own words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from bot.conversation.lexicon import load_patterns
from cases.report import Cause

# How far before a word it is denied.
_REACH: Final = 8
_CLAUSE_END: Final = re.compile(r"[，。！？；、,\n]")


def find_causes(text: str) -> tuple[Cause, ...]:
    """Return the risk types that *text* (folded) tells of, the main one first; empty when it tells none.

    The main cause is the one told as an event (a moment, a sum) rather than as background.
    """
    found, ends = told_causes(text), _ends(text)
    return tuple(sorted(found, key=lambda cause: (-_weight(text, ends, found[cause]), found[cause][0].end())))


def told_causes(text: str) -> dict[Cause, list[re.Match[str]]]:
    """Return the risk types that *text* (folded) tells of, each with the words that tell it."""
    return _found(text, "strong") or _found(text, "weak")


def _found(text: str, table: str) -> dict[Cause, list[re.Match[str]]]:
    denied = load_patterns("causes", "setting")["denied"]
    found: dict[Cause, list[re.Match[str]]] = {}
    for name, pattern in load_patterns("causes", table).items():
        told = [
            match
            for match in pattern.finditer(text)
            if not denied.search(text[max(0, match.start() - _REACH) : match.start()])
        ]
        if told:
            found[Cause[name]] = told
    return _without_nature(text, found)


def _without_nature(text: str, found: dict[Cause, list[re.Match[str]]]) -> dict[Cause, list[re.Match[str]]]:
    """Leave out business that failed in the very clause that tells of a disaster: hail took it."""
    ends = _ends(text)
    struck = {_clause(ends, match) for match in found.get(Cause.DISASTER, ())}
    failed = [match for match in found.get(Cause.BUSINESS_FAILURE, ()) if _clause(ends, match) not in struck]
    kept = {**found, Cause.BUSINESS_FAILURE: failed}
    return {cause: matches for cause, matches in kept.items() if matches}


def _clause(ends: Sequence[int], match: re.Match[str]) -> tuple[int, int]:
    """Return in which clauses *match* begins and ends, by their number."""
    return bisect_left(ends, match.start()), bisect_left(ends, match.end())


def _ends(text: str) -> list[int]:
    """Return where the clauses of *text* end."""
    return [*(end.start() for end in _CLAUSE_END.finditer(text)), len(text)]


def _weight(text: str, ends: Sequence[int], matches: Sequence[re.Match[str]]) -> int:
    """Return the weight of the clause that tells a cause most as an event; each is weighed once."""
    first = {_clause(ends, match): match for match in reversed(matches)}
    return max(_told_as_event(text, ends, *clauses, match.start()) for clauses, match in first.items())


def _told_as_event(text: str, ends: Sequence[int], first: int, last: int, start: int) -> int:
    """Weigh the clause of what is told from *start*, and the next one for the event (the cost often follows)."""
    settings = load_patterns("causes", "setting")
    begin = ends[first - 1] + 1 if first else 0
    after = ends[min(last + 1, len(ends) - 1)]
    event = settings["event"].search(text[begin:after]) is not None
    background = settings["background"].search(text[begin:start]) is not None
    return int(event) - int(background) + int(settings["event"].search(text[begin : ends[last]]) is not None)
