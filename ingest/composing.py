"""The lines of a document under their headings, in the order they are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from ingest.outline import caption_of, heading_of, level_of, path_with
from ingest.page import Block
from ingest.questions import answer_columns, asking_lines, ends_answer, is_counting
from ingest.spelling import plain
from ingest.tables import rows_of

Path: TypeAlias = "tuple[tuple[int, str], ...]"

_TABLE_NAME: Final = re.compile(r"[^。；：:，]{2,40}(表|清单|目录|一览|名录|标准|流程)\s*([(（].{1,12}[)）])?")
_APPENDIX: Final = re.compile(r"附\s*(件|录|表)\s*([一二三四五六七八九十]{1,2}|\d{1,2})?\s*[:：]?.{0,50}")
_APPENDIX_NUMBER: Final = re.compile(r"附\s*(件|录|表)\s*([一二三四五六七八九十]{1,2}|\d{1,2})?")
_LONGEST_TITLE: Final = 50
_QUESTION_LEVEL: Final = 7
_CAPTION_LEVEL: Final = 9
_SHORTEST_CAPTIONED: Final = 12


@dataclass(frozen=True)
class Line:
    """
    One line of the cleaned document.

    ``indexed`` is false for what frames the text and answers nothing: title, date and seal.
    ``row`` marks a row of a table; ``alone`` asks for a passage of its own; ``page`` is where it begins.
    ``speaker`` is whose finding it passes on, "" the document's own.
    ``asked`` says that it belongs to a question and its answer.
    """

    text: str
    section: tuple[str, ...] = ()
    indexed: bool = True
    row: bool = False
    alone: bool = False
    page: int | None = None
    speaker: str = ""
    asked: bool = False


def compose(blocks: Sequence[Block], frame: Iterable[Block] = (), title: str = "") -> list[Line]:
    """
    Return the lines of a body; blocks that are in ``frame`` (the sign-off) end the sections and are not indexed.

    ``title`` is the document's: what it carries (印发《…》) has a title line of its own in the body.
    """
    return _Composer(blocks, set(frame), title).lines()


class _Composer:
    """Walks down a body with the path of headings above the line it stands at."""

    def __init__(self, blocks: Sequence[Block], framing: set[Block], title: str) -> None:
        self._blocks = blocks
        self._framing = framing
        self._carried = {_bare(carried) for carried in re.findall("《([^《》]{4,60})》", title)}
        self._asked = asking_lines(blocks)
        self._path: Path = ()
        self._answering = False

    def lines(self) -> list[Line]:
        lines: list[Line] = []
        for at, block in enumerate(self._blocks):
            if block.grid is not None and block not in self._framing:
                lines += self._table(block)
            else:
                lines.append(self._line(at, block))
        return lines

    def _line(self, at: int, block: Block) -> Line:
        text = block.text.strip()
        if block in self._framing:
            self._path, self._answering = (), False
            return Line(text, indexed=False, page=block.page)
        following = self._blocks[at + 1] if at + 1 < len(self._blocks) else None
        if _bare(text) in self._carried:
            self._path, self._answering = ((0, plain(text)),), False
            return Line(text, indexed=False, page=block.page)
        if following is not None and following.grid is not None and _TABLE_NAME.fullmatch(text):
            # The rows carry their table's name as their section.
            self._path = _with_caption(self._path, plain(text))
            return Line(text, indexed=False, page=block.page)
        self._descend(at, block, following)
        return Line(text, _section(self._path), page=block.page, asked=self._answering)

    def _descend(self, at: int, block: Block, following: Block | None) -> None:
        """Let the path follow a line. Inside an answer its own numbers head nothing."""
        if at in self._asked:
            level = level_of(block.text) or _QUESTION_LEVEL
            above = tuple(step for step in self._path if step[0] < level and not _asks(step))
            self._path, self._answering = (*above, (level, self._asked[at])), True
        elif self._answering and not (_is_appendix(block) or ends_answer(self._blocks, at, self._asked)):
            return
        else:
            self._answering = False
            outside = tuple(step for step in self._path if step[1] not in self._asked.values())
            self._path = _path_after(block, following, outside)

    def _table(self, block: Block) -> list[Line]:
        assert block.grid is not None
        columns = answer_columns(block.grid, block.head_rows)
        lines = _pairs(block, columns, _section(self._path)) if columns else _rows(block, self._path)
        self._path = _without_caption(self._path)
        return [replace(line, asked=self._answering) for line in lines] if self._answering else lines


def _asks(step: tuple[int, str]) -> bool:
    return step[1].endswith(("?", "？"))


def _pairs(block: Block, columns: tuple[int, int], section: tuple[str, ...]) -> list[Line]:
    """Return the lines of a table of questions and answers: each pair a section of its own."""
    assert block.grid is not None
    ask, answer = columns
    heads = block.grid[block.head_rows - 1]
    lines: list[Line] = []
    for row in block.grid[block.head_rows :]:
        if not row[ask].strip():
            continue
        beside = [
            f"{head}：{cell}"
            for x, (head, cell) in enumerate(zip(heads, row, strict=True))
            if x not in columns and cell.strip() and not is_counting(head)
        ]
        path = (*section, plain(row[ask]))
        lines += [
            Line(text.strip(), path, page=block.page, asked=True)
            for text in (row[ask], row[answer], *beside)
            if text.strip()
        ]
    return lines


def _rows(block: Block, path: Path) -> list[Line]:
    return [
        Line(row.text, (*_section(path), *map(plain, row.groups)), row=True, alone=row.alone, page=block.page)
        for row in rows_of(block)
    ]


def _path_after(block: Block, following: Block | None, path: Path) -> Path:
    text = block.text.strip()
    if _is_appendix(block):
        return ((0, _appendix_name(text, following)),)
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


def _is_appendix(block: Block) -> bool:
    return bool(_APPENDIX.fullmatch(block.text.strip()))


def _appendix_name(text: str, following: Block | None) -> str:
    """Return the name of an attachment: its number with the title beside it or on the line below."""
    name = plain(text).rstrip(":：")
    if following is None or following.grid is not None or not _APPENDIX_NUMBER.fullmatch(name):
        return name
    below = plain(following.text)
    is_title = 2 <= len(below) <= _LONGEST_TITLE and not re.search("[。；，：:]", below) and level_of(below) is None
    return f"{name} {below}" if is_title else name


def _bare(text: str) -> str:
    return re.sub(r"\s", "", plain(text))


def _section(path: Path) -> tuple[str, ...]:
    return tuple(title for _, title in path)


def _with_caption(path: Path, caption: str) -> Path:
    return (*_without_caption(path), (_CAPTION_LEVEL, caption))


def _without_caption(path: Path) -> Path:
    return tuple(step for step in path if step[0] < _CAPTION_LEVEL)
