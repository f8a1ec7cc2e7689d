"""Slides (pptx): titles, text from top to bottom, tables, and what the speaker noted."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any, Final

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.exc import PythonPptxError

from ingest.page import Block, Page, Removed, page_of
from ingest.readers.containers import opened
from ingest.readers.grids import blocks_of, head_depth
from ingest.refusal import Reason, RefusedError

_FRAMING: Final = {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.HEADER}
_TITLES: Final = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
_BAND: Final = 300_000  # EMU, about 8 mm: boxes whose tops are this near stand side by side
_DEEPEST: Final = 20
_BROKEN: Final = (PythonPptxError, KeyError, ValueError, AttributeError, TypeError, IndexError, etree.LxmlError)


def read_pptx(data: bytes) -> Page:
    """
    Return the page of a presentation; a slide counts as a page. Hidden slides are left out and reported.

    Raises:
        RefusedError: ``CRASHED``, ``LOCKED`` or ``BOMB``.
    """
    with opened(data) as archive:
        has_macros = "ppt/vbaProject.bin" in archive.namelist()
        try:
            reader = _Reader()
            for number, slide in enumerate(Presentation(io.BytesIO(data)).slides, 1):
                reader.read(slide, number)
        except _BROKEN as error:
            raise RefusedError(Reason.CRASHED, "内部结构损坏") from error
    notes = ["文件里带有宏，没有运行，只读文字"] if has_macros else []
    if reader.pictures:
        notes.append(f"幻灯片里有 {reader.pictures} 张图片，没有读")
    return page_of(reader.blocks, removed=reader.removed, notes=notes)


class _Reader:
    """Collects the blocks of all slides."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.removed: list[Removed] = []
        self.pictures = 0

    def read(self, slide: Any, number: int) -> None:
        """Add one slide."""
        blocks = [block for shape in _ordered(_leaves(slide.shapes)) for block in self._shape(shape, number)]
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            lines = slide.notes_slide.notes_text_frame.text.splitlines()
            blocks += [Block(f"备注：{' '.join(line.split())}", page=number) for line in lines if line.strip()]
        if slide.element.get("show") in {"0", "false"}:
            self.removed += [Removed("隐藏的幻灯片", block.text) for block in blocks]
        else:
            self.blocks += blocks

    def _shape(self, shape: Any, number: int) -> Iterator[Block]:
        kind = shape.placeholder_format.type if shape.is_placeholder else None
        if shape.shape_type == MSO_SHAPE_TYPE.PICTURE:
            self.pictures += 1
        if getattr(shape, "has_table", False):
            yield from _table(shape.table, number)
        if not shape.has_text_frame:
            return
        lines = [line for line in (_line(paragraph) for paragraph in shape.text_frame.paragraphs) if line]
        if kind in _FRAMING:
            self.removed += [Removed("页眉页脚", line) for line in lines]
        elif kind in _TITLES:
            yield from [Block("".join(lines), heading=1 if number == 1 else 2, page=number)] if lines else []
        else:
            yield from (Block(line, page=number) for line in lines)


def _leaves(shapes: Iterable[Any], depth: int = 0) -> Iterator[Any]:
    """Yield all shapes, those of groups too."""
    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP and depth < _DEEPEST:
            yield from _leaves(shape.shapes, depth + 1)
        else:
            yield shape


def _ordered(shapes: Iterable[Any]) -> list[Any]:
    """Return the shapes as they are read: the title, then from top to bottom and from left to right."""

    def place(shape: Any) -> tuple[bool, int, int]:
        is_title = shape.is_placeholder and shape.placeholder_format.type in _TITLES
        return not is_title, (shape.top or 0) // _BAND, shape.left or 0

    return sorted(shapes, key=place)


def _line(paragraph: Any) -> str:
    return " ".join(paragraph.text.replace("\v", " ").split())


def _table(table: Any, number: int) -> Iterator[Block]:
    """Yield a table, its merged cells repeated."""
    rows, columns = len(table.rows), len(table.columns)
    grid = [[""] * columns for _ in range(rows)]
    deep = wide = 1
    for y in range(rows):
        for x in range(columns):
            cell = table.cell(y, x)
            if cell.is_spanned:
                continue
            height, width = (cell.span_height, cell.span_width) if cell.is_merge_origin else (1, 1)
            deep, wide = (max(deep, height), max(wide, width)) if y == 0 else (deep, wide)
            text = " ".join(cell.text.split())
            for down in range(y, min(y + height, rows)):
                grid[down][x : x + width] = [text] * len(grid[down][x : x + width])
    filled = tuple(tuple(row) for row in grid if any(row))
    yield from blocks_of(filled, head_depth(deep, wide), number)
