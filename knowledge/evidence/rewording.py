"""Holding a line against the one sentence that it rewords: nothing else in it, nothing of weight left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from knowledge.evidence.alignment import omission, strangeness, weight_of
from knowledge.evidence.checker import Claim, Untraced, answers, find_untraced
from knowledge.evidence.words import load_words
from places.gazetteer import Gazetteer


class Care(StrEnum):
    """
    How near a line must come to its sentence.

    ``NORMAL`` asks only that nothing in it contradicts the sentence. ``CAREFUL`` and ``STRICT`` refuse also a line that
    says more than a little that the sentence does not say in the same order, or leaves more than a little out.
    """

    NORMAL = "normal"
    CAREFUL = "careful"
    STRICT = "strict"


_HAN_RUN: Final = re.compile("[\u3400-\u9fff]{2,}")
_PART: Final = re.compile(r"[^。！？\n]+")
_PAUSE: Final = re.compile("[，、：；]")
# Which share of a line its sentence need not say, of a clause of it, and of the sentence its line (see ``alignment``),
# found on the half for developing.
_CLAUSE: Final = 0.7
_STRANGE: Final = {Care.CAREFUL: 0.2, Care.STRICT: 0.1}
_LEFT_OUT: Final = {Care.CAREFUL: 0.15, Care.STRICT: 0.1}


def find_strayed(
    line: str, sentence: str, gazetteer: Gazetteer, *, beside: str = "", care: Care = Care.CAREFUL
) -> tuple[Untraced, ...]:
    """
    Return what a line says that the sentence does not say, or leaves out of it: empty when it may stand for it.

    A sentence may stand for itself. ``beside`` is what stands around it: a word from there is no other word for one
    of the sentence's own.
    """
    words = load_words()
    told, given = words.plain(line), words.plain(sentence)
    if told == given:
        return ()
    found = list(find_untraced(line, [sentence], gazetteer))
    if care in _STRANGE:
        found.extend(_strange(told, given, _STRANGE[care]))
        found.extend(Untraced(Claim.STATEMENT, word) for word in _borrowed(told, given, words.plain(beside)))
        if omission(told, given) > _LEFT_OUT[care]:
            found.append(Untraced(Claim.OMISSION, sentence))
    return tuple(found)


def _borrowed(told: str, given: str, beside: str) -> Iterator[str]:
    """Yield the pairs of characters of a line that are strange to its sentence and stand beside it: 低保 for 监测."""
    words = load_words()
    common = words.free | set(given)
    for run in _HAN_RUN.findall(words.weighty(told)):
        pairs = (run[place : place + 2] for place in range(len(run) - 1))
        yield from (pair for pair in pairs if pair in beside and not common & set(pair))


def _strange(told: str, given: str, limit: float) -> Iterator[Untraced]:
    """Yield the parts of a line of which its sentence does not say nearly all, and clauses that it mostly does not."""
    courtesies = set(load_words().courtesies)
    whole = {one.strip() for one in _PART.findall(given)} | courtesies
    for place, part in enumerate(one.strip() for one in _PART.findall(told)):
        if part in whole or (not place and answers(part) and not _PAUSE.search(part)):
            continue
        if strangeness(part, given) > limit:
            yield Untraced(Claim.STATEMENT, part)
        for clause in _PAUSE.split(part):
            said = clause in given or clause in courtesies
            if not said and (strangeness(clause, given) > _CLAUSE or _empty(clause, given)):
                yield Untraced(Claim.STATEMENT, clause)


def _empty(clause: str, given: str) -> bool:
    """Tell whether a clause is made of characters that mean little alone, and of no pair of its sentence: 先到先得."""
    pairs = {clause[place : place + 2] for place in range(len(clause) - 1)}
    return len(pairs) > 1 and not weight_of(clause) and not any(pair in given for pair in pairs)
