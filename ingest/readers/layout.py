"""Printed pages as PDF, OFD and pictures give them: stretches of text with their places, not yet in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from ingest.page import Block

# Two blanks part what stands far from each other on one line: cells without rules, a number and its title.
_FAR: Final = 0.9
# Cells may stand nearer: what parts them is that the same strip is empty on other lines, too.
_CELLS: Final = 0.45
# A short word set wide: 通　知, 目　录.
_WIDE: Final = re.compile("[\u4e00-\u9fff](\\s+[\u4e00-\u9fff]){1,3}")


@dataclass(frozen=True)
class Box:
    """A rectangle on a page, y counted downwards, in points."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return right minus left."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return bottom minus top."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """Return the centre."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the rectangle."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True)
class Run:
    """A stretch of text on one line; a whole line once it went through ``lines_of``."""

    text: str
    box: Box


@dataclass(frozen=True)
class Leaf:
    """
    One printed page: its text, and its tables with the place of each.

    Lengths are points (a page of A4 is 595 wide). ``exact`` is false where a picture was measured: then the
    heights of lines tell little.
    """

    number: int
    box: Box
    runs: tuple[Run, ...]
    tables: tuple[tuple[Box, Block], ...] = ()
    exact: bool = True


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around some boxes; there must be one."""
    left, top, right, bottom = zip(*((box.left, box.top, box.right, box.bottom) for box in boxes), strict=True)
    return Box(min(left), min(top), max(right), max(bottom))


def em_of(runs: Sequence[Run]) -> float:
    """Return the usual height of a line of text, 1 where there is none."""
    return max(median(run.box.height for run in runs), 0.1) if runs else 1.0


def lines_of(runs: Iterable[Run]) -> list[Run]:
    """Return the lines that runs of one column make, from top to bottom; each is a run of its own."""
    return [_line(line) for line in _beside(runs)]


def cells_of(runs: Iterable[Run]) -> list[list[Run]]:
    """Return the lines that runs make, from top to bottom, each as the cells that it may consist of."""
    lines: list[list[Run]] = []
    for line in _beside(runs):
        cells = [[line[0]]]
        for before, run in pairwise(line):
            if run.box.left - before.box.right > _CELLS * run.box.height:
                cells.append([run])
            else:
                cells[-1].append(run)
        lines.append([_line(cell) for cell in cells])
    return lines


def _beside(runs: Iterable[Run]) -> list[list[Run]]:
    """Return runs line by line, each line from left to right."""
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.box.middle[1], run.box.left)):
        for line in reversed(lines[-3:]):
            if _is_beside(line[-1].box, run.box):
                line.append(run)
                break
        else:
            lines.append([run])
    return [sorted(line, key=lambda run: run.box.left) for line in lines]


def _is_beside(one: Box, other: Box) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.5 * min(one.height, other.height)


def _line(runs: Sequence[Run]) -> Run:
    pieces = [runs[0].text]
    for before, run in pairwise(runs):
        gap = run.box.left - before.box.right
        pieces += ["  " if gap > _FAR * run.box.height else "", run.text]
    text = "".join(pieces)
    if _WIDE.fullmatch(text):
        text = "".join(text.split())
    box, main = around(run.box for run in runs), max(runs, key=lambda run: len(run.text)).box
    return Run(text, Box(box.left, main.top, box.right, main.bottom))
