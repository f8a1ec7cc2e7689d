"""Workbooks (xlsx, xlsm): each sheet's tables with merged cells, values as they are shown."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from openpyxl import load_workbook  # type: ignore[import-untyped]  # it ships no types
from openpyxl.utils import column_index_from_string  # type: ignore[import-untyped]  # it ships no types
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]  # it ships no types

from ingest.page import Block, Page, Removed, page_of
from ingest.readers.cells import MOST_COLUMNS, MOST_ROWS, Span, shown, tables_of
from ingest.readers.containers import opened, part, part_bytes
from ingest.refusal import Reason, RefusedError

_BROKEN: Final = (
    InvalidFileException, LookupError, ValueError, TypeError, AttributeError, SyntaxError, OverflowError,
    AssertionError,
)  # fmt: skip
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# A formula whose result was not saved with it.
_UNSAVED: Final = re.compile(rb"(</f>|<f[^>]*/>)(<v\s*/>|<v></v>)?</c>")
_MERGED: Final = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_ROW: Final = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{1,7})"[^>]*>')
_IS_HIDDEN: Final = re.compile(rb'\bhidden="(1|true)"')
_MOST_SPANS: Final = 20_000


@dataclass(frozen=True)
class _Layout:
    """What a sheet's XML says beside its values: merged cells, hidden rows (from 0), the last row, unsaved formulas."""

    spans: tuple[Span, ...] = ()
    hidden: frozenset[int] = frozenset()
    rows: int = 0
    unsaved: int = 0


def read_xlsx(data: bytes) -> Page:
    """
    Return the page of a workbook; a sheet counts as a page. Hidden sheets and rows are left out and reported.

    Raises:
        RefusedError: ``CRASHED``, ``LOCKED`` or ``BOMB``.
    """
    blocks: list[Block] = []
    removed: list[Removed] = []
    with opened(data) as archive:
        try:
            layouts = dict(_layouts(archive))
            notes = list(_notes(archive, layouts))
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            for number, sheet in enumerate(book.worksheets, 1):
                layout = layouts.get(sheet.title, _Layout())
                rows = list(_rows(sheet))
                kept, gone = _without_hidden(rows, sheet, layout)
                removed += gone
                blocks += tables_of(sheet.title, kept, layout.spans, number)
        except _BROKEN as error:
            raise RefusedError(Reason.CRASHED, "内部结构损坏") from error
    return page_of(blocks, removed=removed, notes=notes)


def _rows(sheet: Any) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what a sheet states of its size may be anything
    for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS):
        yield [shown(cell.value, cell.number_format) if cell.value is not None else "" for cell in row]


def _without_hidden(rows: list[list[str]], sheet: Any, layout: _Layout) -> tuple[list[list[str]], list[Removed]]:
    """Return the rows that are shown, hidden ones empty, and the text of the others."""
    if sheet.sheet_state != "visible":
        return [], [Removed("隐藏的工作表", " ".join(cell for row in rows for cell in row if cell))]
    texts = (" ".join(filter(None, row)) for at, row in enumerate(rows) if at in layout.hidden)
    removed = [Removed("隐藏的行", text) for text in texts if text]
    return [[] if at in layout.hidden else row for at, row in enumerate(rows)], removed


def _layouts(archive: zipfile.ZipFile) -> Iterator[tuple[str, _Layout]]:
    """Yield the layout of each sheet by its name."""
    book, relations = part(archive, "xl/workbook.xml"), part(archive, "xl/_rels/workbook.xml.rels")
    if book is None or relations is None:
        raise RefusedError(Reason.CRASHED, "缺少目录部分")
    targets = {relation.get("Id"): relation.get("Target") or "" for relation in relations}
    for sheet in book.iter("{*}sheet"):
        path = posixpath.normpath(posixpath.join("/xl", targets.get(sheet.get(_RELATION), ""))).lstrip("/")
        yield sheet.get("name") or "", _layout(part_bytes(archive, path) or b"")


def _layout(xml: bytes) -> _Layout:
    spans = []
    for match in _MERGED.finditer(xml):
        left, top, right, bottom = (group.decode() for group in match.groups())
        columns = column_index_from_string(left) - 1, column_index_from_string(right) - 1
        spans.append(Span(int(top) - 1, columns[0], int(bottom) - 1, columns[1]))
        if len(spans) == _MOST_SPANS:
            break
    rows = list(_ROW.finditer(xml))
    hidden = frozenset(int(row.group(1)) - 1 for row in rows if _IS_HIDDEN.search(row.group()))
    last = max((int(row.group(1)) for row in rows), default=0)
    return _Layout(tuple(spans), hidden, last, len(_UNSAVED.findall(xml)))


def _notes(archive: zipfile.ZipFile, layouts: dict[str, _Layout]) -> Iterator[str]:
    names = archive.namelist()
    if "xl/vbaProject.bin" in names:
        yield "文件里带有宏，没有运行，只读表格"
    for name, layout in layouts.items():
        if layout.rows > MOST_ROWS:
            yield f"工作表“{name}”太长（{layout.rows} 行），只读了前 {MOST_ROWS} 行"
    unsaved = sum(layout.unsaved for layout in layouts.values())
    if unsaved:
        yield f"有 {unsaved} 处公式没有存下结果，读作空白；请用表格软件打开保存一次再导入"
    pictures = sum(name.startswith("xl/media/") for name in names)
    if pictures:
        yield f"表里有 {pictures} 张图片，没有读"
