"""Printed pages become blocks: lines joined into the paragraphs they were set from, tables in their places."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from ingest.outline import is_heading_line
from ingest.page import Block, Page, Removed
from ingest.readers.columns import Region, margins_of, regions_of
from ingest.readers.layout import Box, Leaf, Run, em_of, lines_of
from ingest.readers.running_heads import without_running_heads
from ingest.readers.unruled_tables import with_unruled_tables

_INDENT: Final = 1.2  # in heights of a line, as the other lengths here
# How far a full line may end before the margin: a sign that must not begin a line takes its neighbour with it. A
# line that ends a sentence must come nearer.
_SHORT, _SHORT_END = 2.6, 1.6
_WRAPPED: Final = 0.6  # of the width between the margins
_APART: Final = 1.9
# What counts as larger type, and as type of another size, on exact pages and on pictures.
_LARGER: Final = {True: 1.25, False: 1.6}
_OTHER_SIZE: Final = {True: 0.15, False: 0.4}
_LONGEST_HEADING: Final = 60
_ENDS: Final = tuple("。！？!?；;：:")


def page_of_leaves(leaves: Iterable[Leaf], *, notes: Iterable[str] = (), removed: Iterable[Removed] = ()) -> Page:
    """Return the page of a printed document; its raw text keeps the printed lines."""
    read, heads = without_running_heads(list(leaves))
    kept = with_unruled_tables(read)
    builder = _Builder(em_of([run for leaf in kept for run in leaf.runs]))
    margins = _margins(kept)
    for leaf in kept:
        for item in _items(leaf, margins[leaf.box]):
            builder.add(item, leaf)
    return Page("\n".join(builder.lines), tuple(builder.blocks), {}, (*removed, *heads), tuple(notes))


def _margins(leaves: Iterable[Leaf]) -> dict[Box, tuple[float, float]]:
    """Return the margins of each size of page: a page with little text has those of its sisters."""
    lines: dict[Box, list[Run]] = defaultdict(list)
    for leaf in leaves:
        lines[leaf.box] += lines_of(leaf.runs)
    return {box: margins_of(found) for box, found in lines.items()}


def _items(leaf: Leaf, margins: tuple[float, float]) -> Iterator[Region | Block]:
    """Yield a page's columns and tables in order; a table parts the text above it from the text below."""
    rest = list(leaf.runs)
    for box, table in sorted(leaf.tables, key=lambda pair: pair[0].top):
        yield from regions_of([run for run in rest if run.box.middle[1] < box.top], margins)
        yield table
        rest = [run for run in rest if run.box.middle[1] >= box.top]
    yield from regions_of(rest, margins)


class _Builder:
    """Collects lines into blocks; a paragraph may go on in the next column and on the next page."""

    def __init__(self, body: float) -> None:
        self.blocks: list[Block] = []
        self.lines: list[str] = []
        self._body = body
        self._last: Run | None = None
        self._missing = 0.0  # how far the last line ended before the margin, in heights of a line
        self._exact = True
        self._offset = 0

    def add(self, item: Region | Block, leaf: Leaf) -> None:
        """Add a column or a table of a page."""
        number, self._exact = leaf.number, leaf.exact
        if isinstance(item, Block):
            table = _continued(item, self.blocks[-1], number) if self.blocks else item
            self._write(item.text, replace(table, start=self._offset, page=number))
            self._last = None
            return
        right, is_first = item.margins[1], True
        for line in item.lines:
            if self._goes_on(line, item.margins, is_first=is_first):
                self._join(line)
            else:
                self._write(line.text, self._begun(line, number))
            self._last, is_first = line, False
            self._missing = (right - line.box.right) / line.box.height

    def _begun(self, line: Run, number: int) -> Block:
        is_heading = line.box.height >= _LARGER[self._exact] * self._body and len(line.text) <= _LONGEST_HEADING
        return Block(line.text, self._offset, gap=True, heading=int(is_heading), page=number)

    def _goes_on(self, line: Run, margins: tuple[float, float], *, is_first: bool) -> bool:
        """Whether a line goes on with the paragraph of the line before it; the first of a column with the last."""
        last = self._last
        if last is None:
            return False
        em = max(line.box.height, last.box.height)
        if abs(line.box.height - last.box.height) > _OTHER_SIZE[self._exact] * em:
            return False
        if not is_first and self.blocks[-1].heading and line.box.height >= _LARGER[self._exact] * self._body:
            return line.box.top - last.box.bottom < em and not is_heading_line(line.text)
        if not is_first and line.box.top - last.box.bottom > _APART * em:
            return False
        ends = last.text.rstrip().endswith(_ENDS)
        if self._missing > (_SHORT_END if ends else _SHORT):
            return False
        is_indented = line.box.left > margins[0] + _INDENT * em
        if ends:
            return not is_indented and not is_heading_line(line.text)
        return not is_indented or (not is_first and _hang_together(last, line, margins))

    def _join(self, line: Run) -> None:
        before = self.blocks[-1]
        words = re.search(r"[A-Za-z,.]$", before.text) and re.match("[A-Za-z]", line.text)
        joined = f"{before.text.rstrip()}{' ' if words else ''}{line.text.lstrip()}"
        self.blocks[-1] = replace(before, text=joined)
        self._raw(line.text)

    def _write(self, raw: str, block: Block) -> None:
        self.blocks.append(block)
        self._raw(raw)

    def _raw(self, text: str) -> None:
        self.lines.append(text)
        self._offset += len(text) + 1


def _hang_together(last: Run, line: Run, margins: tuple[float, float]) -> bool:
    """Whether two indented lines begin at one place and the first is so long that it was wrapped."""
    is_long = last.box.width > _WRAPPED * (margins[1] - margins[0])
    return is_long and abs(line.box.left - last.box.left) < line.box.height / 2


def _continued(table: Block, above: Block, number: int) -> Block:
    """Give the headings of the table at the end of the page before to a table that goes on with it."""
    if not above.grid or not table.grid or above.page == number or len(above.grid[0]) != len(table.grid[0]):
        return table
    head = above.grid[: above.head_rows]
    rows = table.grid[len(head) :] if table.grid[: len(head)] == head else table.grid
    return replace(table, grid=(*head, *rows), head_rows=len(head))
