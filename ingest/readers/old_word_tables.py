"""Tables of old Word files: rows whose cells have edges of their own, put on one grid."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.page import Block
from ingest.readers.grids import blocks_of, head_depth

DEFINITION: Final = 0xD608
_NEAR: Final = 40  # twentieths of a point
_WIDEST, _LONGEST_CELL = 60, 800
_VERTICAL: Final = 0x0060
_GOES_ON: Final = 0x0020


@dataclass(frozen=True)
class Row:
    """
    One row: the text of its cells, the edges around them, and which cells go on from the row above.

    Without edges the cells stand side by side.
    """

    cells: Sequence[str]
    edges: Sequence[int] = ()
    merged: Sequence[bool] = ()


def row_of(cells: Sequence[str], definition: bytes) -> Row:
    """Return a row with the edges that its definition ([MS-DOC] TDefTableOperand) states."""
    count = definition[2] if len(definition) > 2 else 0
    if count != len(cells) or len(definition) < 3 + 2 * (count + 1):
        return Row(cells)
    edges = struct.unpack_from(f"<{count + 1}h", definition, 3)
    merged = []
    for number in range(count):
        at = 3 + 2 * (count + 1) + 20 * number
        flags = struct.unpack_from("<H", definition, at)[0] if at + 2 <= len(definition) else 0
        merged.append(flags & _VERTICAL == _GOES_ON)
    return Row(cells, edges, merged) if list(edges) == sorted(edges) else Row(cells)


def table_blocks(rows: Sequence[Row]) -> Iterator[Block]:
    """Yield the blocks of a table; one of a single column or of long texts is a frame around them."""
    filled = [row for row in rows if any(row.cells)]
    texts = [cell for row in filled for cell in row.cells if cell]
    if len(filled) < 2 or max(len(row.cells) for row in filled) < 2 or max(map(len, texts)) > _LONGEST_CELL:
        yield from map(Block, texts)
        return
    columns = _columns(filled)
    if len(columns) < 2 or len(columns) > _WIDEST or not all(row.edges for row in filled):
        width = max(len(row.cells) for row in filled)
        yield from blocks_of(tuple((*row.cells, *[""] * (width - len(row.cells))) for row in filled), 1)
        return
    grid: list[tuple[str, ...]] = []
    deep = wide = 1
    for row in filled:
        cells, widest, goes_on = _placed(row, columns, grid[-1] if grid else ())
        wide = widest if not grid else wide
        deep += goes_on and deep == len(grid)
        grid.append(cells)
    yield from blocks_of(tuple(grid), head_depth(min(deep, 2), wide))


def _columns(rows: Sequence[Row]) -> list[int]:
    """Return where columns begin: the edges of all rows, near ones taken together, without the last."""
    edges: list[int] = []
    for edge in sorted(edge for row in rows for edge in row.edges):
        if not edges or edge - edges[-1] > _NEAR:
            edges.append(edge)
    return edges[:-1]


def _placed(row: Row, columns: Sequence[int], above: tuple[str, ...]) -> tuple[tuple[str, ...], int, bool]:
    """Return a row's text in each column, how many columns its widest cell has, whether a cell goes on from above."""
    cells = [""] * len(columns)
    widest, goes_on = 1, False
    for text, left, right, merged in zip(row.cells, row.edges, row.edges[1:], row.merged, strict=False):
        covered = [x for x, edge in enumerate(columns) if left - _NEAR <= edge < right - _NEAR]
        widest = max(widest, len(covered))
        for x in covered:
            cells[x] = above[x] if merged and above else text
        goes_on = goes_on or (merged and bool(above))
    return tuple(cells), widest, goes_on
