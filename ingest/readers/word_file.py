"""Word files (docx): paragraphs with their headings and numbers, and tables with merged cells."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from lxml import etree

from ingest.page import Block, Grid, Page, page_of
from ingest.readers.grids import blocks_of, head_depth
from ingest.readers.word_numbers import Numbering
from ingest.refusal import Reason, RefusedError

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LARGEST_MEMBER: Final = 64_000_000
# Text packs to a tenth, a long table to a hundredth; what packs to less was made to burst a reader.
_MOST_PACKED: Final = 300
_SMALL: Final = 1_000_000
_HEADING_NAME: Final = re.compile(r"(?:heading|标题)\s*([1-6])", re.IGNORECASE)
_TITLE_NAME: Final = re.compile(r"title|标题", re.IGNORECASE)
_WIDEST, _LONGEST_CELL = 60, 800
_LEFT_OUT: Final = frozenset({f"{W}del", f"{W}instrText", f"{W}moveFrom", f"{W}delText", _FALLBACK})


def read_docx(data: bytes) -> Page:
    """
    Return the page of a Word file: its body in order, deleted text left out.

    Raises:
        RefusedError: ``CRASHED`` when the archive or its XML is broken, ``BOMB`` when a part would unpack to
            far more than it is, ``LOCKED`` when it is protected by a password.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            document, styles, numbering = (
                _part(archive, f"word/{name}.xml") for name in ("document", "styles", "numbering")
            )
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, zlib.error) as error:
        raise RefusedError(Reason.CRASHED, "压缩包损坏") from error
    except RuntimeError as error:  # what zipfile raises for a member under a password
        raise RefusedError(Reason.LOCKED) from error
    if document is None:
        raise RefusedError(Reason.CRASHED, "缺少正文部分")
    reader = _Reader(_heading_styles(styles), Numbering(numbering))
    return page_of(reader.blocks(document), {}, ())


def _part(archive: zipfile.ZipFile, name: str) -> Any:
    """Return the parsed XML of one member, None when the archive has none of that name."""
    if name not in archive.namelist():
        return None
    info = archive.getinfo(name)
    is_bomb = info.file_size > max(_SMALL, _MOST_PACKED * info.compress_size)
    if is_bomb or info.file_size > _LARGEST_MEMBER:
        raise RefusedError(Reason.BOMB)
    with archive.open(info) as member:
        xml = member.read(_LARGEST_MEMBER)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise RefusedError(Reason.CRASHED, "内部结构损坏") from error


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

    def __init__(self, headings: dict[str, int], numbering: Numbering) -> None:
        self._headings = headings
        self._numbering = numbering

    def blocks(self, element: Any) -> Iterator[Block]:
        """Yield the blocks below an element."""
        for child in element:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag not in _LEFT_OUT:  # the body itself, content controls, tracked insertions
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        style = _value(paragraph.find(f"{W}pPr/{W}pStyle"))
        number = self._numbering.next(paragraph.find(f"{W}pPr/{W}numPr"))
        lines = [" ".join(line.split()) for line in "".join(_runs(paragraph)).split("\n")]
        kept = [line for line in lines if line]
        for at, line in enumerate(kept):
            block = Block(f"{number}{line}" if at == 0 else line, gap=at == 0)
            yield replace(block, heading=self._headings.get(style, 0)) if len(kept) == 1 else block

    def _table(self, table: Any) -> Iterator[Block]:
        grid, head = _grid(table)
        if len(grid) < 2 or len(grid[0]) < 2 or any(len(cell) > _LONGEST_CELL for row in grid for cell in row):
            for cell in table.iter(f"{W}tc"):  # a frame around text, no table of data
                yield from self.blocks(cell)
            return
        yield from blocks_of(grid, head)


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
        if child.tag in _LEFT_OUT:
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
