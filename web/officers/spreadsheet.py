"""Lists of the console as files for a spreadsheet: UTF-8 with its mark, and no cell that a program would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

from starlette.responses import Response

# What spreadsheets take for the beginning of a formula (OWASP, CSV injection).
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def spreadsheet(name: str, rows: Iterable[Iterable[object]]) -> Response:
    """Return *rows* as a download ``name.csv``; *name* is ours and plain ASCII."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow(inert(cell) for cell in row)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response("\ufeff" + out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def inert(cell: object) -> object:
    """Return a cell that no program runs: numbers stay numbers, text that looks like a formula gets an apostrophe."""
    if cell is None or isinstance(cell, int | float):
        return cell
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
