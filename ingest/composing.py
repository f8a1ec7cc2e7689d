"""The lines of a document under their headings, in the order they are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from ingest.outline import caption_of, heading_of, level_of, path_with
from ingest.page import Block
from ingest.spelling import plain
from ingest.tables import rows_of

Path: TypeAlias = "tuple[tuple[int, str], ...]"

_TABLE_NAME: Final = re.compile(r"[^。；：:，]{2,40}(表|清单|目录|一览|名录|标准|流程)\s*([(（].{1,12}[)）])?")
_APPENDIX: Final = re.compile(r"附\s*(件|录|表)\s*([一二三四五六七八九十]{1,2}|\d{1,2})?\s*[:：]?.{0,50}")
_CAPTION_LEVEL: Final = 9
_SHORTEST_CAPTIONED: Final = 12


@dataclass(frozen=True)
class Line:
    """
    One line of the cleaned document.

    ``indexed`` is false for what frames the text and answers nothing: title, date and seal.
    ``row`` marks a row of a table; ``alone`` asks for a passage of its own; ``page`` is where it begins.
    ``speaker`` is whose finding it passes on, "" the document's own.
    """

    text: str
    section: tuple[str, ...] = ()
    indexed: bool = True
    row: bool = False
    alone: bool = False
    page: int | None = None
    speaker: str = ""


def compose(blocks: Sequence[Block], frame: Iterable[Block] = ()) -> list[Line]:
    """Return the lines of a body; blocks that are in ``frame`` (the sign-off) end the sections and are not indexed."""
    framing = set(frame)
    lines: list[Line] = []
    path: Path = ()
    for at, block in enumerate(blocks):
        if block in framing:
            lines.append(Line(block.text.strip(), indexed=False, page=block.page))
            path = ()
            continue
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if block.grid is not None:
            lines += _rows(block, path)
            path = _without_caption(path)
            continue
        if following is not None and following.grid is not None and _TABLE_NAME.fullmatch(block.text.strip()):
            # The rows carry their table's name as their section.
            lines.append(Line(block.text.strip(), indexed=False, page=block.page))
            path = _with_caption(path, plain(block.text))
            continue
        path = _path_after(block, path)
        lines.append(Line(block.text.strip(), _section(path), page=block.page))
    return lines


def _rows(block: Block, path: Path) -> list[Line]:
    return [
        Line(row.text, (*_section(path), *map(plain, row.groups)), row=True, alone=row.alone, page=block.page)
        for row in rows_of(block)
    ]


def _path_after(block: Block, path: Path) -> Path:
    text = block.text.strip()
    if _APPENDIX.fullmatch(text):
        return ((0, plain(text).rstrip(":：")),)
    heading = heading_of(block.text, block.heading)
    if heading is not None:
        return path_with(path, heading)
    level = level_of(text)
    if level is not None:  # a numbered sentence ends the section of its number's level without naming one
        return tuple(step for step in path if step[0] < level)
    caption = caption_of(text) if len(text) >= _SHORTEST_CAPTIONED else None
    if caption is not None:
        return _with_caption(path, caption)
    return path


def _section(path: Path) -> tuple[str, ...]:
    return tuple(title for _, title in path)


def _with_caption(path: Path, caption: str) -> Path:
    return (*_without_caption(path), (_CAPTION_LEVEL, caption))


def _without_caption(path: Path) -> Path:
    return tuple(step for step in path if step[0] < _CAPTION_LEVEL)
