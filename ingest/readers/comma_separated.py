"""Tables as text (csv, tsv): the cells are parted by whatever parts them most evenly."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Final

from ingest.page import Page, page_of
from ingest.readers.cells import MOST_COLUMNS, MOST_ROWS, tables_of
from ingest.readers.plain_text import read_text

_SEPARATORS: Final = (",", "\t", ";", "，", "；", "|")
_SAMPLE: Final = 50
_EVEN: Final = 0.6


def read_csv(text: str) -> Page:
    """Return the page of a decoded table; text that is no table is read as text."""
    separator = _separator(text)
    if separator is None:
        return read_text(text)
    csv.field_size_limit(1 << 24)
    reader = csv.reader(io.StringIO(text.replace("\0", "")), delimiter=separator)
    rows: list[list[str]] = []
    notes: list[str] = []
    for row in reader:
        if len(rows) == MOST_ROWS:
            notes.append(f"表格太长，只读了前 {MOST_ROWS} 行")
            break
        rows.append([" ".join(cell.split()) for cell in row[:MOST_COLUMNS]])
    return page_of(tables_of("", rows, (), 1), notes=notes)


def _separator(text: str) -> str | None:
    """Return what parts the cells, None where no separator gives most rows the same number of cells."""
    lines = [line for line in text.split("\n", _SAMPLE + 1)[:_SAMPLE] if line.strip()]
    best, share = None, 0.0
    for separator in _SEPARATORS:
        widths = Counter(line.count(separator) for line in lines)
        width, rows = widths.most_common(1)[0] if widths else (0, 0)
        if width and rows / len(lines) > share:
            best, share = separator, rows / len(lines)
    return best if share >= _EVEN else None
