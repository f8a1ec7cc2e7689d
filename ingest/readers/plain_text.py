"""Plain text and Markdown become lines and, where bars part the cells, tables."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import Final

from ingest.page import Block, Page

_HASHES: Final = re.compile(r"(#{1,6})\s+(?=\S)")
_RULE: Final = re.compile(r"[\s|:+=_*-]+")
_FENCE: Final = re.compile(r"\s*(```|~~~)")
_MARKS: Final = (
    (re.compile(r"^\s{0,3}(>\s?)+"), ""),
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"`([^`]+)`"), r"\1"),
)
_FEWEST_TABBED: Final = 3
_BARS: Final = re.compile(r"\s*[|｜│]\s*")


def read_text(text: str) -> Page:
    """Return the page of a decoded text file."""
    lines = _lines(text)
    blocks: list[Block] = []
    for width, group in groupby(lines, key=lambda line: len(_cells(line.text))):
        members = list(group)
        if width >= 2 and len(members) >= 2:
            blocks.append(_table(members))
        else:
            blocks += [_line(line) for line in members]
    return Page(text, tuple(blocks))


def read_markdown(text: str) -> Page:
    """Return the page of a decoded Markdown file: what marks bold type, links and quotes is left out."""
    page = read_text(text)
    blocks = []
    for block in page.blocks:
        if block.grid is not None:
            grid = tuple(tuple(map(_without_marks, row)) for row in block.grid)
            blocks.append(replace(block, grid=grid))
        elif not _FENCE.match(block.text):
            blocks.append(replace(block, text=_without_marks(block.text)))
    return replace(page, blocks=tuple(blocks))


def _without_marks(text: str) -> str:
    for mark, kept in _MARKS:
        text = mark.sub(kept, text)
    return text


def _lines(text: str) -> list[Block]:
    lines: list[Block] = []
    offset, gap = 0, True
    for line in text.split("\n"):
        if line.strip("\u3000\u00a0\ufeff\t \f\0"):
            lines.append(Block(line, offset, gap))
            gap = False
        else:
            gap = True
        offset += len(line) + 1
    return lines


def _line(line: Block) -> Block:
    """Return a line by itself: a Markdown heading, a row of cells, or words."""
    hashes = _HASHES.match(line.text)
    if hashes:
        return Block(line.text[hashes.end() :], line.start + hashes.end(), line.gap, len(hashes.group(1)))
    cells = _cells(line.text)
    if not cells:
        return line
    if len(cells) == 1:
        return Block(cells[0], line.start, line.gap)
    return Block(line.text, line.start, line.gap, grid=(cells,), head_rows=0)


def _table(rows: list[Block]) -> Block:
    grid = tuple(_cells(row.text) for row in rows if not _RULE.fullmatch(row.text))
    text = "\n".join(row.text for row in rows)
    return Block(text, rows[0].start, rows[0].gap, grid=grid)


def _cells(line: str) -> tuple[str, ...]:
    """Return the cells of a line parted by bars or by two tabs and more, trailing empty ones left out; else none."""
    if not re.search(r"[|｜│]", line):
        tabbed = tuple(cell.strip() for cell in line.strip().split("\t"))
        return tabbed if len(tabbed) >= _FEWEST_TABBED else ()
    cells = _BARS.split(line.strip())
    if cells and not cells[0]:
        cells = cells[1:]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells) or ("",)
