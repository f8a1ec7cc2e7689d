"""A file as its reader gives it: lines and tables in reading order, before any cleaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

Grid: TypeAlias = "tuple[tuple[str, ...], ...]"


@dataclass(frozen=True)
class Block:
    """
    One line of text, or one table (then ``grid`` holds its cells, merged cells repeated).

    ``start`` is the offset of its text in ``Page.raw``; ``gap`` says that a blank line or a paragraph's edge
    stands before it; ``heading`` is 1 to 6 where mark-up names a heading; ``linked`` is the share of the text
    that lies in links; ``head_rows`` is the number of heading rows of the grid; ``page`` is the number of the
    printed page, sheet or slide it begins on, None where the format has none.
    """

    text: str
    start: int = 0
    gap: bool = True
    heading: int = 0
    linked: float = 0.0
    grid: Grid | None = None
    head_rows: int = 1
    page: int | None = None


@dataclass(frozen=True)
class Removed:
    """A piece that a reader or a cleaning step took out, and why."""

    reason: str
    text: str


@dataclass(frozen=True)
class Page:
    """
    What a reader found in one file.

    ``raw`` is the whole text before cleaning. ``labels`` are particulars that mark-up states outside the
    text (name of the ``meta`` element, lower case, to content). ``removed`` is what mark-up itself declared
    to be no content. ``notes`` tell the uploader what the file holds that was not read.
    """

    raw: str
    blocks: tuple[Block, ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    removed: tuple[Removed, ...] = ()
    notes: tuple[str, ...] = ()


def page_of(
    blocks: Iterable[Block],
    labels: Mapping[str, str] | None = None,
    removed: Iterable[Removed] = (),
    notes: Iterable[str] = (),
) -> Page:
    """Make a page of blocks that carry no offsets yet: its raw text is their texts, one a line."""
    placed: list[Block] = []
    lines: list[str] = []
    offset = 0
    for block in blocks:
        placed.append(replace(block, start=offset))
        lines.append(block.text)
        offset += len(block.text) + 1
    return Page("\n".join(lines), tuple(placed), dict(labels or {}), tuple(removed), tuple(notes))
