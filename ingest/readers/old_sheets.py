"""Workbooks before 2007 (xls, WPS et): the same tables, read by xlrd."""

from __future__ import annotations

import io
import struct
from typing import Any, Final

import xlrd  # type: ignore[import-untyped]  # it ships no types
from xlrd import xldate

from ingest.page import Block, Page, Removed, page_of
from ingest.readers.cells import MOST_COLUMNS, MOST_ROWS, Span, shown, tables_of
from ingest.readers.compound import Compound
from ingest.refusal import Reason, RefusedError

_BROKEN: Final = (
    xlrd.XLRDError, AssertionError, IndexError, KeyError, ValueError, TypeError, AttributeError, struct.error,
    OverflowError, UnboundLocalError, NotImplementedError,
)  # fmt: skip


def read_xls(data: bytes) -> Page:
    """
    Return the page of an old workbook; a sheet counts as a page. Hidden sheets are left out and reported.

    Raises:
        RefusedError: ``LOCKED`` under a password, ``CRASHED`` when it is broken.
    """
    file = Compound(data)
    stream = file.stream("Workbook") or file.stream("Book")
    try:
        book = xlrd.open_workbook(file_contents=stream, logfile=io.StringIO(), formatting_info=True)
        return _page(book, has_macros=bool(file.names & {"_VBA_PROJECT_CUR", "_VBA_PROJECT"}))
    except _BROKEN as error:
        is_locked = isinstance(error, xlrd.XLRDError) and "encrypted" in str(error)
        raise RefusedError(Reason.LOCKED if is_locked else Reason.CRASHED, "表格结构损坏") from error


def _page(book: Any, *, has_macros: bool) -> Page:
    blocks: list[Block] = []
    removed: list[Removed] = []
    for number, sheet in enumerate(book.sheets(), 1):
        rows = [
            [_shown(book, sheet.cell(y, x)) for x in range(min(sheet.row_len(y), MOST_COLUMNS))]
            for y in range(min(sheet.nrows, MOST_ROWS))
        ]
        if sheet.visibility:
            removed.append(Removed("隐藏的工作表", " ".join(cell for row in rows for cell in row if cell)))
            continue
        hidden = {y for y, row in sheet.rowinfo_map.items() if row.hidden}
        removed += [Removed("隐藏的行", " ".join(filter(None, row))) for y, row in enumerate(rows) if y in hidden]
        spans = [Span(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
        kept = [[] if y in hidden else row for y, row in enumerate(rows)]
        blocks += tables_of(sheet.name, kept, spans, number)
    notes = ["文件里带有宏，没有运行，只读表格"] if has_macros else []
    return page_of(blocks, removed=removed, notes=notes)


def _shown(book: Any, cell: Any) -> str:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return ""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return shown(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return shown(xldate.xldate_as_datetime(cell.value, book.datemode))
        except (xldate.XLDateError, OverflowError, ValueError):
            return shown(cell.value)
    form = book.xf_list[cell.xf_index].format_key if cell.xf_index is not None else 0
    return shown(cell.value, book.format_map[form].format_str if form in book.format_map else "General")
