"""Cells of workbooks: values written as they are shown, and the tables that stand on one sheet."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Final

from ingest.page import Block
from ingest.readers.grids import blocks_of, head_depth

MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 100
_LONGEST_LINE: Final = 400
_LARGEST_EXACT: Final = 1e15
_NO_NAME: Final = re.compile(r"(sheet|工作表|表)?\s*\d*", re.IGNORECASE)
_QUOTED: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


@dataclass(frozen=True)
class Span:
    """A merged cell: its first and last row and column, counted from 0, both included."""

    top: int
    left: int
    bottom: int
    right: int


def shown(value: object, form: str = "General") -> str:
    """Return a cell's value as a reader of the sheet sees it, on one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M") if (value.hour or value.minute) else value.strftime("%Y-%m-%d")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, int | float):
        return _number(value, _QUOTED.sub("", form.split(";")[0]))
    return " ".join(str(value).split())


def _number(value: float, form: str) -> str:
    if "%" in form:
        return f"{_plain(round(value * 100, 6))}%"
    places = re.search(r"0\.(0+)", form)
    if places:
        return f"{value:.{min(len(places.group(1)), 10)}f}"
    zeros = re.fullmatch(r"0{2,20}", form)
    return f"{value:0{len(form)}.0f}" if zeros else _plain(value)


def _plain(value: float) -> str:
    """Return a number without the noise of binary fractions and, where it has one, without an exponent."""
    if not math.isfinite(value):
        return ""
    if abs(value) >= _LARGEST_EXACT:
        return f"{value:.0f}"
    return f"{value:.10f}".rstrip("0").rstrip(".")


def tables_of(name: str, rows: Sequence[Sequence[str]], spans: Sequence[Span], page: int) -> Iterator[Block]:
    """
    Yield the blocks of one sheet: blank rows part its tables, a row of one cell is a line of text.

    A merged cell stands in every place it covers. ``name``, the sheet's, is its heading where the sheet has no
    title of its own, unless it is but a number like Sheet1.
    """
    grid = _filled(rows, spans)
    blocks = [
        block
        for is_filled, group in groupby(enumerate(grid), key=lambda pair: any(pair[1]))
        if is_filled
        for block in _table(list(group), spans, page)
    ]
    if blocks and blocks[0].grid is not None and not _NO_NAME.fullmatch(name.strip()):
        yield Block(name.strip(), heading=2, page=page)
    yield from blocks


def _filled(rows: Sequence[Sequence[str]], spans: Sequence[Span]) -> list[list[str]]:
    width = max((x + 1 for row in rows for x, cell in enumerate(row) if cell), default=0)
    grid = [[*row[:width], *[""] * (width - len(row))] for row in rows]
    for span in spans:
        if span.top < len(grid) and span.left < width:
            text = grid[span.top][span.left]
            for y in range(span.top, min(span.bottom + 1, len(grid))):
                grid[y][span.left : span.right + 1] = [cell or text for cell in grid[y][span.left : span.right + 1]]
    return grid


def _table(rows: list[tuple[int, list[str]]], spans: Sequence[Span], page: int) -> Iterator[Block]:
    used = [x for x in range(len(rows[0][1])) if any(row[x] for _, row in rows)]
    grid = [tuple(row[x] for x in used) for _, row in rows]
    places = [at for at, _ in rows]
    # A title stands in one cell that may not be merged over the table; so does a note below it.
    while grid and len(_texts(grid[0])) == 1 and len(used) > 1 and not _groups(places[0], spans):
        yield Block(_texts(grid[0])[0], page=page)
        grid, places = grid[1:], places[1:]
    below: list[str] = []
    while grid and len(used) > 1 and len(_texts(grid[-1])) == 1 and len(_texts(grid[-1])[0]) > 12:
        below.insert(0, _texts(grid[-1])[0])
        grid = grid[:-1]
    if len(used) == 1 or any(len(cell) > _LONGEST_LINE * 2 for row in grid for cell in row):
        yield from (Block(text, page=page) for row in grid for text in _texts(row))
    elif grid:
        yield from blocks_of(tuple(grid), _head_rows(places[0], spans), page)
    yield from (Block(text, page=page) for text in below)


def _groups(row: int, spans: Sequence[Span]) -> bool:
    """Whether a cell of this row is merged downwards, so that the row belongs to the table."""
    return any(span.top == row and span.bottom > row for span in spans)


def _head_rows(first: int, spans: Sequence[Span]) -> int:
    top = [span for span in spans if span.top == first]
    deep = max((span.bottom - span.top + 1 for span in top), default=1)
    wide = max((span.right - span.left + 1 for span in top), default=1)
    return head_depth(deep, wide)


def _texts(row: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(cell for cell in row if cell))
