"""Passages: pieces small enough to embed that never cut a sentence, a figure from its unit, or a row."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from ingest.composing import Line
from ingest.stretches import Stretch, merge_short, stretches_of
from knowledge.documents import Span
from language.normalise import Normalised, normalise_with_offsets

TARGET: Final = 350
_SOFT_LIMIT: Final = 430
_HARD_LIMIT: Final = 700
_SENTENCE: Final = re.compile(r"[^。！？!?]*[。！？!?]+[”\"’』」）)】]*|[^。！？!?]+$")
_CLAUSE: Final = re.compile(r"[^；;]*[；;]+[”\"’』」）)】]*|[^；;]+$")
_PHRASE: Final = re.compile(r"(?:[^，,、]|(?<=\d)[,，](?=\d))*[，,、]+|[^，,、]+$")


# Where a figure begins. One with the words that measure it, as 1250元/人·月, is never longer than the second number.
_FIGURE: Final = re.compile(r"(?<![\d.,一二三四五六七八九十百千万亿两〇零])[\d一二三四五六七八九十百千万亿两〇零]")
_LONGEST_FIGURE: Final = 24


@dataclass(frozen=True)
class Piece:
    """A passage before it has an id: where it stands in the original and in the normalised text, and on which page."""

    section: tuple[str, ...]
    original: Span
    text: Span
    page: int | None = None
    speaker: str = ""


@dataclass(frozen=True)
class Composed:
    """A whole document: its cleaned original, the normalised text, and its passages."""

    original: str
    text: str
    pieces: tuple[Piece, ...]


def cut_passages(lines: Sequence[Line]) -> Composed:
    """Return the document that the lines make, with its passages in reading order."""
    original = "\n".join(line.text for line in lines)
    normal = normalise_with_offsets(original)
    begins, pages = list(accumulate((len(line.text) + 1 for line in lines), initial=0)), [line.page for line in lines]
    pieces: list[Piece] = []
    for stretch in merge_short(stretches_of(lines), TARGET):
        for start, end in _cut(original, stretch):
            text = _text_span(normal, start, end)
            if text.end > text.start:
                page = pages[bisect_right(begins, start) - 1]
                pieces.append(Piece(stretch.section, Span(start, end), text, page, stretch.speaker))
    return Composed(original, normal.text, tuple(pieces))


def _cut(original: str, stretch: Stretch) -> Iterator[tuple[int, int]]:
    """Yield the passages of a stretch, of about equal length."""
    if stretch.alone or stretch.length <= _SOFT_LIMIT:
        yield stretch.start, stretch.end
        return
    count = -(-stretch.length // TARGET)
    goal = stretch.length / count
    start = end = stretch.start
    for unit_start, unit_end in _units(original, stretch):
        too_long = unit_end - start > _SOFT_LIMIT
        full = end - start >= goal * 0.9 and unit_end - start > goal * 1.1
        if end > start and (too_long or full):
            yield start, end
            start = unit_start
        end = unit_end
    yield start, end


def _units(original: str, stretch: Stretch) -> Iterator[tuple[int, int]]:
    """Yield the smallest pieces that are never cut: rows; sentences, or clauses and phrases of those far too long."""
    for line in re.finditer(r"[^\n]+", original[stretch.start : stretch.end]):
        base = stretch.start + line.start()
        if stretch.rows:
            yield base, base + len(line.group())
            continue
        for sentence in _SENTENCE.finditer(line.group()):
            yield from _parted(sentence.group(), base + sentence.start(), (_CLAUSE, _PHRASE))


def _parted(text: str, base: int, finer: Sequence[re.Pattern[str]]) -> Iterator[tuple[int, int]]:
    limit = _SOFT_LIMIT if len(finer) == 2 else _HARD_LIMIT
    if len(text) <= limit:
        yield base, base + len(text)
        return
    if not finer:
        yield from _chopped(text, base)
        return
    for match in finer[0].finditer(text):
        yield from _parted(match.group(), base + match.start(), finer[1:])


def _chopped(text: str, base: int) -> Iterator[tuple[int, int]]:
    """Cut a text without any mark at its limit, but never inside a figure or between a figure and its unit."""
    at = 0
    while len(text) - at > _HARD_LIMIT:
        cut = at + _HARD_LIMIT
        begun = [match.start() for match in _FIGURE.finditer(text, max(at + 1, cut - _LONGEST_FIGURE), cut + 1)]
        cut = begun[-1] if begun else cut
        yield base + at, base + cut
        at = cut
    yield base + at, base + len(text)


def _text_span(normal: Normalised, start: int, end: int) -> Span:
    """Map a span of the original to the normalised text."""
    begin = bisect_left(normal.starts, start)
    close = bisect_left(normal.starts, end)
    while begin < close and normal.text[begin].isspace():
        begin += 1
    while close > begin and normal.text[close - 1].isspace():
        close -= 1
    return Span(begin, close)
