"""Tables as full grids: a merged cell stands in every place it covers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ingest.page import Block, Grid

_WIDEST: Final = 60
_TALLEST: Final = 5000
# A cell longer than this is no cell but a page laid out with a table, as old sites do.
_LONGEST_CELL: Final = 800


def blocks_of(grid: Grid, head_rows: int, page: int | None = None) -> Iterator[Block]:
    """Yield a table as a block; rows of one cell above it are its captions, those below it its notes."""
    while grid and len(set(grid[0])) == 1:
        yield Block(grid[0][0], page=page)
        grid, head_rows = grid[1:], max(1, head_rows - 1)
    end = len(grid)
    while end > head_rows and len(set(grid[end - 1])) == 1 and len(grid[0]) > 1:
        end -= 1
    if end:
        text = "\n".join("\t".join(dict.fromkeys(row)) for row in grid[:end])
        yield Block(text, grid=grid[:end], head_rows=min(head_rows, end), page=page)
    for row in grid[end:]:
        yield Block(row[0], page=page)


def head_depth(deep: int, wide: int) -> int:
    """Return how many rows are headings when the first row has cells ``deep`` rows and ``wide`` columns merged."""
    return min(deep, 3) if wide > 1 and deep > 1 else 1


def is_data_table(table: Any) -> bool:
    """Whether a ``table`` element holds data rather than the layout of the page."""
    if any(True for inner in table.iter("table") if inner is not table):
        return False
    rows = [_cells(row) for row in table.iter("tr")]
    if sum(bool(row) for row in rows) < 2 or max(sum(_span(cell, "colspan") for cell in row) for row in rows) < 2:
        return False
    return all(len(_text(cell)) <= _LONGEST_CELL for row in rows for cell in row)


def expand(table: Any) -> Grid:
    """Return the cells of a ``table`` element row by row, all rows equally long."""
    taken: dict[tuple[int, int], str] = {}
    height = 0
    for y, row in enumerate(list(table.iter("tr"))[:_TALLEST]):
        x = 0
        for cell in _cells(row):
            while (y, x) in taken:
                x += 1
            text = _text(cell)
            for down in range(min(_span(cell, "rowspan"), _TALLEST - y)):
                for right in range(min(_span(cell, "colspan"), _WIDEST - x)):
                    taken.setdefault((y + down, x + right), text)
            x += _span(cell, "colspan")
        height = y + 1
    width = max((x for y, x in taken if y < height), default=-1) + 1
    rows = (tuple(taken.get((y, x), "") for x in range(width)) for y in range(height))
    return tuple(row for row in rows if any(row))


def head_rows_of(table: Any) -> int:
    """
    Return how many rows at the top are headings.

    Rows of ``th`` are. Otherwise the first row is, together with the rows that its merged cells reach into
    when another of its cells spans columns that the next row names.
    """
    rows = [cells for row in table.iter("tr") if (cells := _cells(row))]
    if len(rows) > 1 and len(rows[0]) == 1:  # a caption row comes before the headings
        return 1 + _head_depth(rows[1:])
    return _head_depth(rows)


def _head_depth(rows: list[list[Any]]) -> int:
    marked = 0
    while marked < len(rows) and all(cell.tag == "th" for cell in rows[marked]):
        marked += 1
    if marked:
        return marked
    return head_depth(*(max(_span(cell, name) for cell in rows[0]) for name in ("rowspan", "colspan")))


def _cells(row: Any) -> list[Any]:
    return [cell for cell in row if cell.tag in {"td", "th"}]


def _text(cell: Any) -> str:
    return " ".join(cell.text_content().split())


def _span(cell: Any, name: str) -> int:
    stated = (cell.get(name) or "").strip()[:4]
    return min(max(int(stated), 1), 1000) if stated.isdecimal() else 1
