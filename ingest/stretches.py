"""Lines of one section that follow each other, and which short sections share a passage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from ingest.composing import Line

_LEAD: Final = 60  # a heading line, or an introduction so short that it goes with the first section below it
_SHORT: Final = 120


@dataclass(frozen=True)
class Stretch:
    """
    A range of the original under one section.

    ``alone`` stretches are passages as they are; ``rows`` says that the lines are rows of a table,
    ``speaker`` whose finding they pass on, ``asked`` that they are a question with its answer.
    """

    section: tuple[str, ...]
    start: int
    end: int
    alone: bool = False
    rows: bool = False
    speaker: str = ""
    asked: bool = False

    @property
    def length(self) -> int:
        """Return the number of characters."""
        return self.end - self.start

    @property
    def is_question(self) -> bool:
        """Whether the section is a question, whose answer must stay its own."""
        return self.asked or (bool(self.section) and self.section[-1].endswith(("？", "?")))


def stretches_of(lines: Iterable[Line]) -> list[Stretch]:
    """Return the stretches that the lines make when joined by newlines; lines not to be indexed are left out."""
    placed: list[tuple[Line, int]] = []
    offset = 0
    for line in lines:
        placed.append((line, offset))
        offset += len(line.text) + 1
    stretches: list[Stretch] = []
    for (section, row, alone, indexed, speaker, asked), group in groupby(placed, key=lambda pair: _kind(pair[0])):
        members = [Stretch(section, at, at + len(line.text), alone, row, speaker, asked) for line, at in group]
        if alone:
            stretches += members
        elif indexed:
            stretches.append(_joined(members, section))
    return stretches


def _kind(line: Line) -> tuple[tuple[str, ...], bool, bool, bool, str, bool]:
    """Return what lines must share to be one stretch."""
    return line.section, line.row, line.alone, line.indexed, line.speaker, line.asked


def merge_short(stretches: Sequence[Stretch], target: int, depth: int = 0) -> list[Stretch]:
    """
    Let short sections share a passage of at most ``target`` characters: a section with all below it, an
    introduction with the first section below it, short neighbours under one heading. Sections of the highest
    level, questions and scored rows are kept apart, and so are rows and text.
    """
    runs = [list(run) for _, run in groupby(stretches, key=lambda stretch: stretch.section[: depth + 1])]
    merged: list[Stretch] = []
    was_whole = False
    for run in runs:
        parts = _whole(run, target, depth)
        if merged and _is_lead(merged[-1], parts[0]):
            parts[0] = _joined([merged.pop(), parts[0]], parts[0].section)
        is_whole = len(parts) == 1
        if is_whole and was_whole and depth and merged and _are_short_neighbours(merged[-1], parts[0], target, depth):
            parts = [_joined([merged.pop(), parts[0]], parts[0].section[:depth])]
        merged += parts
        was_whole = is_whole
    return merged


def _whole(run: list[Stretch], target: int, depth: int) -> list[Stretch]:
    """Return a section with all below it as one stretch if it is short enough, else its parts."""
    if len(run) == 1 or len(run[0].section) <= depth:
        return run
    below = run[1:]
    if (
        sum(stretch.length for stretch in run) <= target
        and not any(stretch.alone or stretch.rows or stretch.is_question for stretch in below)
        and not (run[0].alone or run[0].rows)
        and len({stretch.speaker for stretch in run}) == 1
    ):
        return [_joined(run, run[0].section[: depth + 1])]
    return merge_short(run, target, depth + 1)


def _is_lead(lead: Stretch, below: Stretch) -> bool:
    """Whether a stretch is but the heading or a short introduction of the section below it."""
    above = lead.section
    is_above = (
        lead.speaker in {"", below.speaker}
        and bool(above)
        and len(below.section) > len(above)
        and below.section[: len(above)] == above
    )
    return is_above and lead.length <= _LEAD and not (lead.alone or lead.rows or below.alone)


def _are_short_neighbours(before: Stretch, stretch: Stretch, target: int, depth: int) -> bool:
    if before.alone or stretch.alone or before.rows != stretch.rows or before.length + stretch.length > target:
        return False
    if (
        before.speaker != stretch.speaker
        or before.is_question
        or stretch.is_question
        or before.section[:depth] != stretch.section[:depth]
    ):
        return False
    return before.length <= _SHORT or stretch.length <= _LEAD


def _joined(members: Sequence[Stretch], section: tuple[str, ...]) -> Stretch:
    return replace(members[-1], section=section, start=members[0].start)
