"""Tables as files for a spreadsheet, in which no cell is a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from openpyxl import Workbook  # type: ignore[import-untyped]  # it ships no types
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]  # it ships no types
from openpyxl.styles import Font  # type: ignore[import-untyped]  # it ships no types

from web.officers.spreadsheet import inert


def write_table(path: Path, rows: Iterable[Sequence[object]]) -> None:
    """Write *rows*, the first being the heading, by the ending of *path*: .xlsx or .csv; else end with a sentence."""
    writers = {".xlsx": _write_workbook, ".csv": _write_text}
    if path.suffix.lower() not in writers:
        raise click.ClickException(f"{path} 的后缀不认得。请写成 .xlsx 或 .csv。")
    try:
        writers[path.suffix.lower()](path, rows)
    except OSError as error:
        raise click.ClickException(f"{path} 写不进去：{error.strerror}。") from None


def _write_text(path: Path, rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([inert(cell) for cell in row] for row in rows)


def _write_workbook(path: Path, rows: Iterable[Sequence[object]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows):
        cells = [WriteOnlyCell(sheet, value=inert(cell)) for cell in row]
        for cell in cells:
            cell.font = Font(bold=number == 0)
            cell.data_type = "n" if isinstance(cell.value, int | float) else "s"
        sheet.append(cells)
    book.save(path)
