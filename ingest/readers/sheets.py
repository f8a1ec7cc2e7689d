"""Workbooks (xlsx, xlsm): each sheet's tables with merged cells, values as they are shown."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from openpyxl import load_workbook  # type: ignore[import-untyped]  # it ships no types
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]  # it ships no types

from ingest.page import Block, Page, Removed, page_of
from ingest.readers.cells import MOST_COLUMNS, MOST_ROWS, Span, shown, tables_of
from ingest.readers.containers import opened, part_bytes
from ingest.refusal import Reason, RefusedError

# A formula whose result was not saved with it.
_UNSAVED: Final = re.compile(rb"(</f>|<f[^>]*/>)(<v\s*/>|<v></v>)?</c>")


def read_xlsx(data: bytes) -> Page:
    """
    Return the page of a workbook; a sheet counts as a page. Hidden sheets and rows are left out and reported.

    Raises:
        RefusedError: ``CRASHED``, ``LOCKED`` or ``BOMB``.
    """
    with opened(data) as archive:
        notes = list(_notes(archive))
        try:
            book = load_workbook(io.BytesIO(data), data_only=True, keep_vba=False, keep_links=False)
        except (
            InvalidFileException,
            KeyError,
            ValueError,
            TypeError,
            AttributeError,
            SyntaxError,
            IndexError,
        ) as error:
            raise RefusedError(Reason.CRASHED, "内部结构损坏") from error
    blocks: list[Block] = []
    removed: list[Removed] = []
    for number, sheet in enumerate(book.worksheets, 1):
        if sheet.sheet_state != "visible":
            removed.append(Removed("隐藏的工作表", " ".join(cell for row in _rows(sheet) for cell in row if cell)))
            continue
        rows = list(_rows(sheet))
        if (sheet.max_row or 0) > MOST_ROWS or (sheet.max_column or 0) > MOST_COLUMNS:
            notes.append(f"工作表“{sheet.title}”太大，只读了前 {MOST_ROWS} 行、{MOST_COLUMNS} 列")
        hidden = {at for at, size in sheet.row_dimensions.items() if size.hidden}
        removed += [Removed("隐藏的行", " ".join(filter(None, row))) for at, row in enumerate(rows, 1) if at in hidden]
        shown_rows = [[] if at in hidden else row for at, row in enumerate(rows, 1)]
        spans = [
            Span(one.min_row - 1, one.min_col - 1, one.max_row - 1, one.max_col - 1)
            for one in sheet.merged_cells.ranges
        ]
        blocks += tables_of(sheet.title, shown_rows, spans, number)
    return page_of(blocks, removed=removed, notes=notes)


def _rows(sheet: Any) -> Iterator[list[str]]:
    last_row, last_column = min(sheet.max_row or 0, MOST_ROWS), min(sheet.max_column or 0, MOST_COLUMNS)
    for row in sheet.iter_rows(max_row=last_row, max_col=last_column) if last_row and last_column else ():
        yield [shown(cell.value, cell.number_format) for cell in row]


def _notes(archive: zipfile.ZipFile) -> Iterator[str]:
    names = archive.namelist()
    if "xl/vbaProject.bin" in names:
        yield "文件里带有宏，没有运行，只读表格"
    sheets = [part_bytes(archive, name) or b"" for name in names if name.startswith("xl/worksheets/sheet")]
    unsaved = sum(len(_UNSAVED.findall(xml)) for xml in sheets)
    if unsaved:
        yield f"有 {unsaved} 处公式没有存下结果，读作空白；请用表格软件打开保存一次再导入"
    pictures = sum(name.startswith("xl/media/") for name in names)
    if pictures:
        yield f"表里有 {pictures} 张图片，没有读"
