"""Rows of a table as lines that carry their headings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ingest.page import Block, Grid

_POINTS_COLUMN: Final = re.compile(r"分值|得分|满分|标准分|计分|评分")
_TITLED: Final = re.compile(r".{2,40}[(（]\s*(共|计|满分)?\s*\d+(\.\d+)?\s*分\s*[)）]")
_SUM_ROW: Final = re.compile(r"\s*(共|合|总|小)\s*计\s*")
_LONGEST_GROUP: Final = 40
_TWO_HEADS: Final = 2


@dataclass(frozen=True)
class Row:
    """
    One row: its text with each cell behind its column's heading, and the merged cells that group it.

    ``alone`` says that the row makes a passage by itself, as each row of a scoring table does.
    """

    text: str
    groups: tuple[str, ...]
    alone: bool


def rows_of(block: Block) -> tuple[Row, ...]:
    """Return the rows of a table block; a table without heading rows gives its cells side by side."""
    assert block.grid is not None
    if block.head_rows == 0 or len(block.grid) <= block.head_rows:
        return tuple(Row(" ".join(_distinct(row)), (), alone=False) for row in block.grid if any(row))
    depth = head_depth(block)
    heads = _column_heads(block.grid[:depth])
    body = block.grid[depth:]
    grouping = [x for x in range(len(heads)) if _groups_rows(body, x)]
    alone = any(_POINTS_COLUMN.search(head) for head in heads)
    return tuple(
        Row(_row_text(heads, row), () if _is_sum(row) else tuple(_distinct(row[x] for x in grouping)), alone)
        for row in body
        if any(row)
    )


def head_depth(block: Block) -> int:
    """
    Return the number of heading rows: two where a format tells but one and the second goes on with the first.

    It does where it parts the columns that one heading of the first row spans, and repeats every other heading.
    """
    assert block.grid is not None
    if block.head_rows != 1 or len(block.grid) <= _TWO_HEADS:
        return block.head_rows
    first, second = block.grid[0], block.grid[1]
    spanned = {x for x in range(len(first) - 1) if first[x] and first[x] == first[x + 1]}
    spanned |= {x + 1 for x in spanned}
    parted = spanned and all(second[x] and second[x] != first[x] for x in spanned)
    repeated = all(second[x] in {first[x], ""} for x in range(len(first)) if x not in spanned)
    return _TWO_HEADS if parted and repeated else 1


def _column_heads(head: Grid) -> list[str]:
    """Name each column by its headings from top to bottom, a merged one once."""
    return ["·".join(_distinct(re.sub(r"\s+", "", row[x]) for row in head)) for x in range(len(head[0]))]


def _groups_rows(body: Grid, x: int) -> bool:
    """Whether a column's cells are headings for the rows beside them: merged over rows, or titled with points."""
    cells = [row[x] for row in body if not _is_sum(row)]
    if not all(len(cell) <= _LONGEST_GROUP and re.search("[\u4e00-\u9fff]", cell) for cell in cells if cell):
        return False
    titled = sum(bool(_TITLED.fullmatch(cell)) for cell in cells)
    merged = sum(bool(one) and one == other for one, other in pairwise(cells))
    return any(cells) and (titled >= 0.6 * len(cells) or merged > 0)


def _is_sum(row: tuple[str, ...]) -> bool:
    return any(_SUM_ROW.fullmatch(cell) for cell in row)


def _row_text(heads: list[str], row: tuple[str, ...]) -> str:
    if _is_sum(row):
        label, *figures = _distinct(row)
        return f"{label}：{' '.join(figures)}"
    pieces: list[str] = []
    shown: tuple[str, str] | None = None
    for head, cell in zip(heads, row, strict=True):
        text = cell.strip()
        if not text or (head, text) == shown:
            continue
        shown = (head, text)
        pieces.append(f"{head}：{text}" if head and head != text else text)
    return "".join(
        piece if at == len(pieces) - 1 or piece[-1] in "。；;！？" else f"{piece}；" for at, piece in enumerate(pieces)
    )


def _distinct(cells: Iterable[str]) -> list[str]:
    return [cell for cell in dict.fromkeys(cells) if cell]
