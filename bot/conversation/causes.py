"""Why a household fell on hard times, heard from its own words."""

from __future__ import annotations

import re
from typing import Final

from bot.conversation.lexicon import load_patterns
from cases.report import Cause

_CLAUSE_END: Final = re.compile(r"[，。！？；、,\n]")


def find_causes(text: str) -> tuple[Cause, ...]:
    """Return the risk types that *text* (folded) tells of, the main one first; empty when it tells none.

    The main cause is the one told as an event (a moment, a sum) rather than as background.
    """
    found = told_causes(text)
    return tuple(sorted(found, key=lambda cause: (-_weight(text, found[cause]), found[cause][0].end())))


def told_causes(text: str) -> dict[Cause, list[re.Match[str]]]:
    """Return the risk types that *text* (folded) tells of, each with the words that tell it."""
    return _found(text, "strong") or _found(text, "weak")


def _found(text: str, table: str) -> dict[Cause, list[re.Match[str]]]:
    denied = load_patterns("causes", "setting")["denied"]
    found: dict[Cause, list[re.Match[str]]] = {}
    for name, pattern in load_patterns("causes", table).items():
        told = [match for match in pattern.finditer(text) if not denied.search(text[: match.start()])]
        if told:
            found[Cause[name]] = told
    return _without_nature(text, found)


def _without_nature(text: str, found: dict[Cause, list[re.Match[str]]]) -> dict[Cause, list[re.Match[str]]]:
    """Leave out business that failed in the very clause that tells of a disaster: hail took it."""
    struck = [_clause(text, match) for match in found.get(Cause.DISASTER, ())]
    failed = [match for match in found.get(Cause.BUSINESS_FAILURE, ()) if _clause(text, match) not in struck]
    kept = {**found, Cause.BUSINESS_FAILURE: failed}
    return {cause: matches for cause, matches in kept.items() if matches}


def _clause(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Return where the clause of *match* begins and ends."""
    ends = [end.start() for end in _CLAUSE_END.finditer(text)] + [len(text)]
    begin = max((end + 1 for end in ends if end < match.start()), default=0)
    return begin, next(end for end in ends if end >= match.end())


def _weight(text: str, matches: list[re.Match[str]]) -> int:
    return max(_told_as_event(text, match) for match in matches)


def _told_as_event(text: str, match: re.Match[str]) -> int:
    """Weigh the clause of the match, and the next one for the event (the cost often follows)."""
    settings = load_patterns("causes", "setting")
    ends = [end.start() for end in _CLAUSE_END.finditer(text)] + [len(text)]
    begin = max((end + 1 for end in ends if end < match.start()), default=0)
    end, after = next(
        (end, after) for end, after in zip(ends, [*ends[1:], len(text)], strict=True) if end >= match.end()
    )
    event = settings["event"].search(text[begin:after]) is not None
    background = settings["background"].search(text[begin : match.start()]) is not None
    return int(event) - int(background) + int(settings["event"].search(text[begin:end]) is not None)
