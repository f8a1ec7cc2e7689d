"""Lines of cells become the rows of a table: which column a cell stands in, which lines are one row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

from ingest.readers.layout import Box, Run, around, em_of

Line: TypeAlias = "tuple[Run, ...]"
Columns: TypeAlias = "tuple[tuple[float, float], ...]"
_Cells: TypeAlias = "dict[int, list[Run]]"

# Lengths in heights of a line.
_STRIP: Final = 0.35
_FULL: Final = 1.6
_WRAPPED: Final = 6  # a column of shorter cells has none that are wrapped
_NEARER: Final = 0.25


def columns_of(lines: Iterable[Line]) -> Columns:
    """Return the columns that some lines make together, from left to right."""
    columns: Columns = ()
    for line in lines:
        columns = with_line(columns, line)
    return columns


def with_line(columns: Columns, line: Line) -> Columns:
    """Return the columns that are left when one more line stands in them."""
    strip = _STRIP * em_of(line)
    merged: list[tuple[float, float]] = []
    for left, right in sorted([*columns, *((run.box.left, run.box.right) for run in line)]):
        if merged and left < merged[-1][1] + strip:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return tuple(merged)


def band(columns: Columns, at: int) -> tuple[float, float]:
    """Return a column with half the empty strip on either side."""
    left = (columns[at - 1][1] + columns[at][0]) / 2 if at else float("-inf")
    right = (columns[at][1] + columns[at + 1][0]) / 2 if at + 1 < len(columns) else float("inf")
    return left, right


def filled(runs: Iterable[Run], columns: Columns) -> set[int]:
    """Return the columns that some cells stand in."""
    return {_column(run.box, columns) for run in runs}


def rows_of_cells(lines: Sequence[Line], columns: Columns) -> tuple[tuple[tuple[str, ...], ...], int]:
    """Return the rows that lines make, wrapped cells whole, and how many lines they take; a note below is none."""
    placed = [_placed(line, columns) for line in lines]
    long = {at for at in range(len(columns)) if _is_long([run for cells in placed for run in cells.get(at, ())])}
    rows: list[list[int]] = []
    waiting: list[int] = []  # lines that stand above the row they belong to
    for at, cells in enumerate(placed):
        is_part = len(cells) < len(columns) and set(cells) <= long
        above = is_part and bool(rows) and not waiting and _goes_on(placed[at - 1], cells, columns)
        below = is_part and at + 1 < len(placed) and _goes_on(cells, placed[at + 1], columns)
        if above and below:
            below = _gap(cells, placed[at + 1]) < _gap(placed[at - 1], cells) - _NEARER * em_of(lines[at])
            above = not below
        if above:
            rows[-1].append(at)
        elif below:
            waiting.append(at)
        else:
            rows.append([*waiting, at])
            waiting = []
    while rows and len({column for at in rows[-1] for column in placed[at]}) < 2:
        rows.pop()
    used = rows[-1][-1] + 1 if rows else 0
    return tuple(_texts([placed[at] for at in row], len(columns)) for row in rows), used


def _placed(line: Line, columns: Columns) -> _Cells:
    cells: _Cells = {}
    for run in line:
        cells.setdefault(_column(run.box, columns), []).append(run)
    return cells


def _column(box: Box, columns: Columns) -> int:
    """Return the column that a cell stands in: the one that it shares most with."""
    return max(range(len(columns)), key=lambda at: min(box.right, columns[at][1]) - max(box.left, columns[at][0]))


def _is_long(runs: Sequence[Run]) -> bool:
    return any(len(run.text) >= _WRAPPED and re.search("[\u4e00-\u9fff]", run.text) for run in runs)


def _goes_on(upper: _Cells, lower: _Cells, columns: Columns) -> bool:
    """Whether the cells that two lines share are full above, so that they were wrapped; or the lines overlap."""
    if _gap(upper, lower) < 0:
        return True
    if not (shared := set(upper) & set(lower)) or shared not in (set(upper), set(lower)):
        return False
    return all(_is_full(upper[at][-1], columns[at]) for at in shared)


def _is_full(run: Run, column: tuple[float, float]) -> bool:
    return len(run.text) >= _WRAPPED - 1 and run.box.right >= column[1] - _FULL * run.box.height


def _gap(upper: _Cells, lower: _Cells) -> float:
    one, other = (around(run.box for runs in cells.values() for run in runs) for cells in (upper, lower))
    return other.top - one.bottom


def _texts(lines: Sequence[_Cells], width: int) -> tuple[str, ...]:
    texts = [""] * width
    for cells in lines:
        for at, runs in cells.items():
            words = " ".join(run.text.strip() for run in runs)
            between = " " if re.search(r"[A-Za-z]$", texts[at]) and re.match("[A-Za-z]", words) else ""
            texts[at] += between + words
    return tuple(texts)
