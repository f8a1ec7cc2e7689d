"""Passages: pieces small enough to embed that never cut a sentence, a figure from its unit, or a row."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import Final

from ingest.composing import Line
from knowledge.documents import Span
from language.normalise import Normalised, normalise_with_offsets

TARGET: Final = 350
_SOFT_LIMIT: Final = 430
_HARD_LIMIT: Final = 700
_SHORT_SECTION: Final = 120
_HEADING_LINE: Final = 40
_SENTENCE: Final = re.compile(r"[^。！？!?]*[。！？!?]+[”\"’』」）)】]*|[^。！？!?]+$")
_CLAUSE: Final = re.compile(r"[^；;]*[；;]+[”\"’』」）)】]*|[^；;]+$")
_PHRASE: Final = re.compile(r"(?:[^，,、]|(?<=\d)[,，](?=\d))*[，,、]+|[^，,、]+$")


@dataclass(frozen=True)
class Piece:
    """A passage before it has an id: where it stands in the original and in the normalised text."""

    section: tuple[str, ...]
    original: Span
    text: Span


@dataclass(frozen=True)
class Composed:
    """A whole document: its cleaned original, the normalised text, and its passages."""

    original: str
    text: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class _Stretch:
    """Lines of one section that follow each other, by their place in the original."""

    section: tuple[str, ...]
    start: int
    end: int
    alone: bool

    @property
    def length(self) -> int:
        return self.end - self.start


def cut_passages(lines: Sequence[Line]) -> Composed:
    """Return the document that the lines make, with its passages in reading order."""
    original = "\n".join(line.text for line in lines)
    normal = normalise_with_offsets(original)
    pieces: list[Piece] = []
    for stretch in _merged(_stretches(lines)):
        for start, end in _cut(original, stretch):
            text = _text_span(normal, start, end)
            if text.end > text.start:
                pieces.append(Piece(stretch.section, Span(start, end), text))
    return Composed(original, normal.text, tuple(pieces))


def _stretches(lines: Sequence[Line]) -> list[_Stretch]:
    stretches: list[_Stretch] = []
    offset = 0
    placed: list[tuple[Line, int]] = []
    for line in lines:
        placed.append((line, offset))
        offset += len(line.text) + 1
    for (section, alone, indexed), group in groupby(
        placed, key=lambda pair: (pair[0].section, pair[0].alone, pair[0].indexed)
    ):
        members = list(group)
        if alone:
            stretches += [_Stretch(section, at, at + len(line.text), alone=True) for line, at in members]
        elif indexed:
            last, at = members[-1]
            stretches.append(_Stretch(section, members[0][1], at + len(last.text), alone=False))
    return stretches


def _merged(stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """Put short neighbouring sections of one parent together; a heading without text joins what follows."""
    merged: list[_Stretch] = []
    for stretch in stretches:
        before = merged[-1] if merged else None
        common = _common(before, stretch) if before is not None else None
        if before is not None and common is not None:
            merged[-1] = _Stretch(common, before.start, stretch.end, alone=False)
        else:
            merged.append(stretch)
    return merged


def _common(before: _Stretch, stretch: _Stretch) -> tuple[str, ...] | None:
    """Return the section that two neighbours share when they are to be one, else None."""
    own, other = before.section, stretch.section
    if before.alone or stretch.alone:
        return None
    is_above = bool(own) and own == other[: len(own)]
    if is_above and before.length <= _HEADING_LINE:
        return other  # a mere heading line goes with its first section and leaves the name to it
    if before.length + stretch.length > TARGET:
        return None
    if is_above and before.length <= _SHORT_SECTION:
        return own
    shared = tuple(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], zip(own, other, strict=False)))
    are_siblings = bool(shared) and max(len(own), len(other)) - len(shared) <= 1
    is_short = before.length <= _SHORT_SECTION or stretch.length <= _SHORT_SECTION // 2
    return shared if are_siblings and is_short else None


def _cut(original: str, stretch: _Stretch) -> Iterator[tuple[int, int]]:
    """Yield the passages of a stretch, of about equal length."""
    if stretch.alone or stretch.length <= _SOFT_LIMIT:
        yield stretch.start, stretch.end
        return
    count = -(-stretch.length // TARGET)
    goal = stretch.length / count
    start = end = stretch.start
    for unit_start, unit_end in _units(original, stretch.start, stretch.end):
        too_long = unit_end - start > _SOFT_LIMIT
        full = end - start >= goal * 0.9 and unit_end - start > goal * 1.1
        if end > start and (too_long or full):
            yield start, end
            start = unit_start
        end = unit_end
    yield start, end


def _units(original: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the smallest pieces that are never cut: sentences; clauses and phrases of those far too long."""
    for line in re.finditer(r"[^\n]+", original[start:end]):
        base = start + line.start()
        for sentence in _SENTENCE.finditer(line.group()):
            yield from _parted(sentence.group(), base + sentence.start(), (_CLAUSE, _PHRASE))


def _parted(text: str, base: int, finer: Sequence[re.Pattern[str]]) -> Iterator[tuple[int, int]]:
    limit = _SOFT_LIMIT if len(finer) == 2 else _HARD_LIMIT
    if len(text) <= limit:
        yield base, base + len(text)
        return
    if not finer:
        for at in range(0, len(text), _HARD_LIMIT):
            yield base + at, base + min(at + _HARD_LIMIT, len(text))
        return
    for match in finer[0].finditer(text):
        yield from _parted(match.group(), base + match.start(), finer[1:])


def _text_span(normal: Normalised, start: int, end: int) -> Span:
    """Map a span of the original to the normalised text."""
    begin = bisect_left(normal.offsets, (start, 0))
    close = bisect_left(normal.offsets, (end, 0))
    while begin < close and normal.text[begin].isspace():
        begin += 1
    while close > begin and normal.text[close - 1].isspace():
        close -= 1
    return Span(begin, close)
