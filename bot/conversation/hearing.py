"""The one spelling in which words are listened to: folded, bounded, with the punctuation of Chinese."""

from __future__ import annotations

import re
from typing import Final

from cases.report import STORY_LIMIT
from language.normalise import fold, normalise

# What is kept of a message: the whole of whatever people type.
KEPT: Final = STORY_LIMIT
# What is listened to: of a longer message its beginning and its end.
LISTENED: Final = 1600

_WIDE: Final = str.maketrans(",;:?!()", "，；：？！（）")
_NARROW_MARK: Final = re.compile(r"(?<!\d)[,;:?!()]|[,;:?!()](?!\d)")
_CLAUSE_END: Final = re.compile(r"[，。！？；\n]")
# A clause cut in two may hold half a name or half a number.
_CUT_AT_END: Final = re.compile(r"[^，。！？；\n]{1,60}\Z")
_CUT_AT_START: Final = re.compile(r"\A[^，。！？；\n]{1,60}")


def read(text: str) -> str:
    """Return *text* as it is kept and shown back: normalised and whole, its case left alone."""
    return normalise(text[:KEPT])[:KEPT]


def listen(text: str) -> str:
    """Return *text* as patterns see it: folded, sentence marks full width (but "3,000" stays).

    Of a long one the beginning and the end, each without the clause in which it was cut.
    """
    bounded = text if len(text) <= 2 * LISTENED else f"{text[:LISTENED]}。{text[-LISTENED:]}"
    heard = _NARROW_MARK.sub(lambda mark: mark.group().translate(_WIDE), fold(bounded))
    if len(heard) <= LISTENED:
        return heard
    half = LISTENED // 2
    begin, end = heard[: half - 1], heard[-half:]
    if _CLAUSE_END.search(begin) and _CLAUSE_END.search(end):
        begin, end = _CUT_AT_END.sub("", begin), _CUT_AT_START.sub("", end)
    return f"{begin}。{end}"
