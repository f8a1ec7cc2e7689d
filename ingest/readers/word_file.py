"""Word files (docx): the final text with its numbers, headings, notes, boxes and tables."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from ingest.page import Block, Grid, Page, Removed, page_of
from ingest.readers.containers import opened, part
from ingest.readers.grids import blocks_of, head_depth
from ingest.readers.picture import read_pictures
from ingest.readers.word_changes import W, take_out_changes
from ingest.readers.word_numbers import lists_of_styles, place_in_list, read_numbering
from ingest.refusal import Reason, RefusedError

_BOX: Final = f"{W}txbxContent"
_HEAD_NAME: Final = re.compile(r"word/(header|footer)\d*\.xml")
_PICTURE_NAME: Final = re.compile(r"word/media/.*\.(png|jpe?g|bmp|tiff?|webp)", re.IGNORECASE)
_HEADING_NAME: Final = re.compile(r"(?:heading|标题)\s*([1-6])", re.IGNORECASE)
_TITLE_NAME: Final = re.compile(r"title|标题", re.IGNORECASE)
_WIDEST, _LONGEST_CELL = 60, 800
# A file with less text than this and pictures in it is a scan put into Word.
_SCANNED: Final = 20


def read_docx(data: bytes) -> Page:
    """
    Return the page of a Word file: its body in order, deleted and hidden text left out, notes behind their paragraphs.

    Raises:
        RefusedError: ``CRASHED`` when the archive or its XML is broken, ``BOMB`` when a part would unpack to
            far more than it is, ``LOCKED`` when it is protected by a password, ``FORMAT`` when it is of another
            kind; where it holds pictures only, as ``read_pictures``.
    """
    with opened(data) as archive:
        names = archive.namelist()
        document = part(archive, next((name for name in names if name.startswith("word/document")), ""))
        if document is None:
            raise RefusedError(Reason.CRASHED, "缺少正文部分")
        if document.tag != f"{W}document":
            raise RefusedError(Reason.FORMAT, "“严格”格式的 docx，请用 Word 另存为普通的 docx 再导入")
        removed = take_out_changes(document)
        reader = _Reader(archive)
        blocks = list(reader.blocks(document))
        for name in sorted(filter(_HEAD_NAME.fullmatch, names)):
            removed += [Removed("页眉页脚", text) for text in _paragraphs(part(archive, name))]
        pictures = [name for name in names if _PICTURE_NAME.fullmatch(name)]
        if pictures and sum(len(block.text) for block in blocks) < _SCANNED:
            return read_pictures([archive.read(name) for name in sorted(pictures, key=_in_order)])
        return page_of(blocks, removed=removed, notes=_notes(names, len(pictures)))


def _notes(names: list[str], pictures: int) -> Iterator[str]:
    if "word/vbaProject.bin" in names:
        yield "文件里带有宏，没有运行，只读文字"
    attached = sum(name.startswith("word/embeddings/") for name in names)
    if attached:
        yield f"文中嵌着 {attached} 个附件，没有读；请另存出来再导入"
    if pictures:
        yield f"文中有 {pictures} 张图片，没有读"


def _in_order(name: str) -> tuple[int, str]:
    number = re.search(r"\d+", name)
    return int(number.group()[:6]) if number else 0, name


def _paragraphs(root: Any) -> list[str]:
    texts = (" ".join("".join(_runs(paragraph)).split()) for paragraph in root.iter(f"{W}p"))
    return [text for text in texts if text]


def _footnotes(archive: zipfile.ZipFile, name: str, label: str) -> dict[tuple[str, str], str]:
    """Return the text of each footnote or endnote by the element that refers to it and its number."""
    root = part(archive, f"word/{name}s.xml")
    return {
        (f"{W}{name}Reference", note.get(f"{W}id") or ""): f"{label}{text}"
        for note in (() if root is None else root.iter(f"{W}{name}"))
        if note.get(f"{W}type") is None and (text := " ".join(_paragraphs(note)))
    }


def _heading_styles(styles: Any) -> dict[str, int]:
    """Return the heading level of each paragraph style that is a heading; a title counts as the first."""
    levels: dict[str, int] = {}
    for style in () if styles is None else styles.iter(f"{W}style"):
        name = _value(style.find(f"{W}name"))
        match = _HEADING_NAME.fullmatch(name)
        if match or _TITLE_NAME.fullmatch(name):
            levels[style.get(f"{W}styleId") or ""] = int(match.group(1)) if match else 1
    return levels


class _Reader:
    """Walks the body in order."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        styles = part(archive, "word/styles.xml")
        self._headings, self._lists_of_styles = _heading_styles(styles), lists_of_styles(styles)
        self._numbering = read_numbering(part(archive, "word/numbering.xml"))
        self._notes = _footnotes(archive, "footnote", "脚注：") | _footnotes(archive, "endnote", "尾注：")
        self._carried = ""  # a paragraph whose mark was deleted goes on in the next one

    def blocks(self, element: Any) -> Iterator[Block]:
        """Yield the blocks below an element."""
        for child in element:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            else:  # the body itself, content controls, tracked insertions
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        text = self._carried + "".join(_runs(paragraph))
        self._carried = text if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None else ""
        if not self._carried:
            yield from self._lines(paragraph, text)
        yield from self._noted(paragraph)
        for box in paragraph.iter(_BOX):
            yield from self.blocks(box)

    def _lines(self, paragraph: Any, text: str) -> Iterator[Block]:
        style = _value(paragraph.find(f"{W}pPr/{W}pStyle"))
        number = self._numbering.next(*self._place_in_list(paragraph, style))
        kept = [line for line in (" ".join(line.split()) for line in text.split("\n")) if line]
        for at, line in enumerate(kept):
            block = Block(f"{number}{line}" if at == 0 else line, gap=at == 0)
            yield replace(block, heading=self._headings.get(style, 0)) if len(kept) == 1 else block

    def _place_in_list(self, paragraph: Any, style: str) -> tuple[str, int]:
        """Return the list and the level of a paragraph: its own, or its style's."""
        use = paragraph.find(f"{W}pPr/{W}numPr")
        name, level = place_in_list(use)
        stated = use is not None and use.find(f"{W}ilvl") is not None
        by_style, its_level = self._lists_of_styles.get(style, ("", 0))
        return name or by_style, level if name or stated else its_level

    def _noted(self, element: Any) -> Iterator[Block]:
        """Yield the footnotes and endnotes that an element refers to."""
        for reference in element.iter(f"{W}footnoteReference", f"{W}endnoteReference"):
            text = self._notes.get((reference.tag, reference.get(f"{W}id") or ""))
            if text:
                yield Block(text)

    def _table(self, table: Any) -> Iterator[Block]:
        grid, head = _grid(table)
        if len(grid) < 2 or len(grid[0]) < 2 or any(len(cell) > _LONGEST_CELL for row in grid for cell in row):
            for cell in table.iter(f"{W}tc"):  # a frame around text, no table of data
                yield from self.blocks(cell)
            return
        yield from blocks_of(grid, head)
        yield from self._noted(table)


def _grid(table: Any) -> tuple[Grid, int]:
    """Return the cells of a table, merged ones repeated, and how many rows are headings."""
    rows: list[list[str]] = []
    heads = deep = wide = 0
    for row in table.iterchildren(f"{W}tr"):
        cells: list[str] = []
        for cell in row.iterchildren(f"{W}tc"):
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            span = _number(cell.find(f"{W}tcPr/{W}gridSpan"))
            if merged is not None and _value(merged) != "restart" and rows and len(rows[-1]) > len(cells):
                text = rows[-1][len(cells)]
                deep = max(deep, len(rows) + 1) if len(rows) < 3 else deep
            else:
                text = " ".join("".join(_runs(cell)).split())
            wide = max(wide, span) if not rows else wide
            cells += [text] * min(span, _WIDEST - len(cells))
        if any(cells):
            rows.append(cells)
            heads += row.find(f"{W}trPr/{W}tblHeader") is not None
    width = max(map(len, rows), default=0)
    grid = tuple((*row, *[""] * (width - len(row))) for row in rows)
    return grid, heads or head_depth(min(deep, 2), wide)


def _runs(element: Any) -> Iterator[str]:
    """Yield the text below an element, breaks and paragraphs of cells as newlines."""
    for child in element:
        if child.tag in {_BOX, f"{W}instrText"}:  # a box is read by itself
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in {f"{W}br", f"{W}cr"}:
            yield "\n"
        elif child.tag in {f"{W}tab", f"{W}ptab"}:
            yield " "
        else:
            yield from _runs(child)
            if child.tag == f"{W}p":
                yield "\n"


def _value(element: Any) -> str:
    return "" if element is None else element.get(f"{W}val") or ""


def _number(element: Any) -> int:
    stated = _value(element)[:3]
    return max(1, int(stated)) if stated.isdecimal() else 1
