"""Documents printed on paper: as PDF with their tables ruled or only set in columns, and scanned."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
from fpdf import FPDF
from PIL import Image

from bench.corpus.halves import Half
from bench.corpus.items import items_of
from bench.corpus.writing import Table, Written
from web.leaflets.fonts import find_font

_SCALE: Final = 150 / 72  # an office scanner at 150 points an inch


@dataclass(frozen=True)
class Layout:
    """
    How tables are set: widths of the columns in mm, where cells and heads stand in them (L, C, R), the step of rows.

    Without ``widths`` the table is ruled.
    """

    widths: tuple[float, ...] = ()
    cells: str = "LLLLL"
    heads: str = "LLLLL"
    step: float = 8


LAYOUTS: Final[Mapping[Half, tuple[Layout, ...]]] = {
    Half.TUNE: (
        Layout(),
        Layout((25, 30, 38, 38, 30)),
        Layout((25, 30, 38, 38, 30), cells="CCCCC", heads="CCCCC", step=10),
        Layout((28, 22, 36, 36, 40), cells="LLRRC", heads="CCCCC", step=7),
    ),
    Half.REPORT: (
        Layout(),
        Layout((30, 26, 34, 34, 44), cells="LCCCL", heads="LCCCC", step=9),
        Layout((24, 34, 36, 30, 46), cells="CLRRC", heads="CCRRC", step=11),
        Layout((32, 28, 40, 30, 38), step=6.5),
    ),
}


def print_pdf(written: Written, half: Half, rng: random.Random) -> bytes:
    """Return a document as PDF in one of the layouts of its half."""
    layout = rng.choice(LAYOUTS[half])
    sheet = FPDF()
    font = find_font()
    sheet.add_font("song", fname=str(font.plain), collection_font_number=font.face)
    sheet.add_page()
    for item in items_of(written):
        sheet.set_font("song", size=18 if item.title else 12)
        if item.table is None:
            sheet.multi_cell(0, 8, item.text if item.title else f"　　{item.text}", align="C" if item.title else "L",
                             new_x="LMARGIN", new_y="NEXT")  # fmt: skip
        elif layout.widths and len(layout.widths) == len(item.table.heads[0]):
            _set_in_columns(sheet, item.table, layout)
        else:
            with sheet.table(first_row_as_headings=False) as grid:
                for row in (*item.table.heads, *item.table.rows):
                    cells = grid.row()
                    for cell in row:
                        cells.cell(cell)
    return bytes(sheet.output())


def print_scan(written: Written, half: Half, rng: random.Random) -> bytes:
    """Return a document as the picture that a scanner makes of its pages."""
    with pypdfium2.PdfDocument(print_pdf(written, half, rng)) as document:
        pages = [page.render(scale=_SCALE).to_pil().convert("L") for page in document]
    stream = io.BytesIO()
    first: Image.Image = pages[0]
    first.save(stream, "TIFF", compression="tiff_adobe_deflate", save_all=True, append_images=pages[1:])
    return stream.getvalue()


def _set_in_columns(sheet: FPDF, table: Table, layout: Layout) -> None:
    top, left = sheet.get_y(), sheet.l_margin
    if top + layout.step * (len(table.heads) + len(table.rows)) > sheet.h - sheet.b_margin:
        sheet.add_page()
        top = sheet.get_y()
    edges = [left + sum(layout.widths[:at]) for at in range(len(layout.widths) + 1)]
    for y, first, last, deep, text in _heads(table):
        sheet.set_xy(edges[first], top + layout.step * y)
        sheet.cell(edges[last + 1] - edges[first], layout.step * deep, text, align="C" if last > first
                   else layout.heads[first])  # fmt: skip
    for y, row in enumerate(table.rows, len(table.heads)):
        for x, cell in enumerate(row):
            sheet.set_xy(edges[x], top + layout.step * y)
            sheet.cell(layout.widths[x], layout.step, cell, align=layout.cells[x])
    sheet.set_xy(left, top + layout.step * (len(table.heads) + len(table.rows)))


def _heads(table: Table) -> Iterator[tuple[int, int, int, int, str]]:
    """Yield the heads, merged ones once: first row, first and last column, rows, text."""
    deep = len(table.heads)
    columns = list(zip(*table.heads, strict=True))
    for y in range(deep):
        for text, group in groupby(range(len(columns)), key=lambda x: columns[x][y]):
            members = list(group)
            if y == 0 and all(set(columns[x]) == {text} for x in members):
                yield 0, members[0], members[-1], deep, text
            elif not (y and columns[members[0]][y - 1] == text):
                yield y, members[0], members[-1], 1, text
