"""Documents printed in every format that offices use, with what of them each format states."""

from __future__ import annotations

import csv
import html
import io
import random
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any, Final

import docx
import openpyxl  # type: ignore[import-untyped]  # it ships no types
import pptx

from bench.corpus.frames import FRAMES, Frame
from bench.corpus.halves import Half
from bench.corpus.items import Item, items_of
from bench.corpus.sheets import print_pdf, print_scan
from bench.corpus.words import WORDS
from bench.corpus.writing import KINDS, Written


@dataclass(frozen=True)
class Printed:
    """
    A file of the corpus: its bytes, what it was made from, and the furniture printed around it.

    ``framed`` says that a site's labels state index number, publisher and day of publication.
    """

    name: str
    format: str
    data: bytes
    written: Written
    furniture: tuple[str, ...] = ()
    framed: bool = False


def print_document(written: Written, format_: str, half: Half, rng: random.Random, number: int) -> Printed:
    """Return a document as a file of this format."""
    if format_ in {"html", "mhtml"}:
        return _page(written, format_, half, rng, number)
    name = f"{number:04}.{format_}"
    on_paper = {"pdf": print_pdf, "tif": print_scan}.get(format_)
    data = on_paper(written, half, rng) if on_paper else _PRINTERS[format_](written, rng)
    return Printed(name, format_, data, written)


def _page(written: Written, format_: str, half: Half, rng: random.Random, number: int) -> Printed:
    words = WORDS[half]
    frame = rng.choice(FRAMES[half])
    day = written.published_on
    filled = {"county": written.county, "day": day.isoformat(), "han": f"{day:%Y年%m月%d日}", "office": written.office}
    furniture = tuple(line.format(**filled) for line in (*frame.above, *frame.below, *frame.beside))
    source = _html(written, frame, filled, words.charset)
    if format_ == "html":
        data = source.encode(words.charset, errors="xmlcharrefreplace")
    else:
        message = EmailMessage()
        message["Subject"] = "saved"
        message["Content-Location"] = "http://example.gov.cn/a.html"
        message.set_content(source, subtype="html", charset="utf-8")
        message.make_related()
        data = message.as_bytes()
    return Printed(f"{number:04}.{format_}", format_, data, written, furniture, framed=True)


def opened(printed: Printed) -> tuple[bytes, str]:
    """Return the bytes and the name of the document that a file holds: its own, or those of an archive's member."""
    if printed.format != "zip":
        return printed.data, printed.name
    with zipfile.ZipFile(io.BytesIO(printed.data)) as archive:
        (name,) = archive.namelist()
        return archive.read(name), name


def _html(written: Written, frame: Frame, filled: Mapping[str, str], charset: str) -> str:
    above = "".join(f"<div class='top'>{html.escape(line.format(**filled))}</div>" for line in frame.above)
    beside = "".join(f"<li><a href='/x'>{html.escape(line.format(**filled))}</a></li>" for line in frame.beside)
    below = "".join(f"<p class='foot'>{html.escape(line.format(**filled))}</p>" for line in frame.below)
    stamp = f"<div class='info'>{html.escape(frame.stamp.format(**filled))}</div>"
    body = "".join(_element(item) for item in items_of(written, pairs_in_table=True) if not item.title)
    title = f"{html.escape(written.title)}-{filled['county']}人民政府"
    return (
        f"<html><head><meta charset='{charset}'><title>{title}</title></head>"
        f"<body>{above}<ul class='side'>{beside}</ul>{_labels(written, frame.labels)}"
        f"<h1>{html.escape(written.title)}</h1>{stamp}<div class='content'>{body}</div>{below}</body></html>"
    )


def _labels(written: Written, layout: str) -> str:
    stated = {
        "索引号": written.index_number, "发文字号": written.number, "发布机构": written.office,
        "成文日期": written.written_on.isoformat(), "公开方式": "主动公开",
    }  # fmt: skip
    if layout == "table":
        cells = [f"<td>{name}：</td><td>{value}</td>" for name, value in stated.items()]
        rows = ["".join(cells[at : at + 2]) for at in range(0, len(cells), 2)]
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    pieces = [f"{name}：{value}" for name, value in stated.items()]
    if layout == "line":
        return f"<div>{'　'.join(pieces[:3])}</div><div>{'　'.join(pieces[3:])}</div>"
    return "<ul class='label'>" + "".join(f"<li>{piece}</li>" for piece in pieces) + "</ul>"


def _element(item: Item) -> str:
    if item.table is None:
        return f"<p>　　{html.escape(item.text)}</p>"
    rows = ["".join(f"<th>{cell}</th>" for cell in head) for head in item.table.heads]
    rows += _merged(item.table.rows)
    return "<table border='1'>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def _merged(rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    """Yield rows whose first cells span the rows in which they are equal."""
    for at, row in enumerate(rows):
        span = 1
        while at + span < len(rows) and rows[at + span][0] == row[0]:
            span += 1
        is_new = at == 0 or rows[at - 1][0] != row[0]
        first = f"<td rowspan='{span}'>{row[0]}</td>" if is_new else ""
        yield first + "".join(f"<td>{html.escape(cell)}</td>" for cell in row[1:])


def _text(written: Written, rng: random.Random) -> bytes:
    lines: list[str] = []
    width = rng.choice([0, 0, 38])
    for item in items_of(written):
        if item.table is None:
            text = item.text if item.title else f"　　{item.text}"
            lines += [text[at : at + width] for at in range(0, len(text), width)] if width else [text]
        else:
            lines += ["\t".join(row) for row in (*item.table.heads, *item.table.rows)]
    encoding = rng.choice(["utf-8", "gb18030", "utf-16", "utf-8-sig"])
    return "\n".join(lines).encode(encoding)


def _markdown(written: Written, _rng: random.Random) -> bytes:
    lines: list[str] = []
    for item in items_of(written, pairs_in_table=True):
        if item.table is None:
            lines += [f"# {item.text}" if item.title else item.text, ""]
        else:
            head, *more = item.table.heads
            lines += [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
            lines += [f"| {' | '.join(row)} |" for row in (*more, *item.table.rows)] + [""]
    return "\n".join(lines).encode()


def _word(written: Written, _rng: random.Random) -> bytes:
    document = docx.Document()
    for item in items_of(written, pairs_in_table=True):
        if item.table is None:
            document.add_paragraph(item.text, style="Title" if item.title else None)
            continue
        rows = (*item.table.heads, *item.table.rows)
        table = document.add_table(len(rows), len(rows[0]))
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                table.cell(y, x).text = cell
        for x in range(len(rows[0])):
            _merge_word(table, rows, x, len(item.table.heads))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _merge_word(table: Any, rows: tuple[tuple[str, ...], ...], x: int, heads: int) -> None:
    """Merge equal heads below each other, and the groups of the first column."""
    last = len(rows) if x == 0 else heads
    at = 0
    while at < last:
        end = at
        while end + 1 < last and rows[end + 1][x] == rows[at][x]:
            end += 1
        if end > at:
            table.cell(at, x).merge(table.cell(end, x)).text = rows[at][x]
        at = end + 1


def _workbook(written: Written, _rng: random.Random) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for item in items_of(written, pairs_in_table=True):
        if item.table is None:
            sheet.append([item.text])
            sheet.merge_cells(start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=5)
            continue
        for row in (*item.table.heads, *item.table.rows):
            sheet.append([int(cell) if cell.isdecimal() else cell for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _comma_separated(written: Written, rng: random.Random) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream)
    for item in items_of(written, pairs_in_table=True):
        if item.title:
            writer.writerow([item.text])
        if item.table is not None:
            writer.writerows((*item.table.heads, *item.table.rows))
    return stream.getvalue().encode(rng.choice(["gb18030", "utf-8-sig"]))


def _slides(written: Written, _rng: random.Random) -> bytes:
    show = pptx.Presentation()
    items = items_of(written)
    for at in range(0, len(items), 4):
        slide = show.slides.add_slide(show.slide_layouts[1])
        head, *rest = [item.text for item in items[at : at + 4] if item.table is None] or [""]
        slide.shapes.title.text = head
        slide.placeholders[1].text = "\n".join(rest)
    stream = io.BytesIO()
    show.save(stream)
    return stream.getvalue()


def _archive(written: Written, rng: random.Random) -> bytes:
    """Pack a Word or a text file, as offices send their papers."""
    kind = rng.choice(["docx", "txt"])
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"上报材料/正文.{kind}", _PRINTERS[kind](written, rng))
    return stream.getvalue()


_PRINTERS: Final[Mapping[str, Callable[[Written, random.Random], bytes]]] = {
    "txt": _text, "md": _markdown, "docx": _word, "xlsx": _workbook, "csv": _comma_separated,
    "pptx": _slides, "zip": _archive,
}  # fmt: skip
FORMATS: Final = ("html", "mhtml", "pdf", "tif", *_PRINTERS)
# What a format is not used for: recognition takes long, reports and speeches are no sheets, our slides lose tables.
LEFT_OUT: Final[Mapping[str, frozenset[str]]] = {
    "tif": frozenset(KINDS) - {"notice"},
    "xlsx": frozenset({"policy", "report", "speech", "repeal", "booklet"}),
    "csv": frozenset({"policy", "report", "speech", "repeal", "booklet", "secret"}),
    "pptx": frozenset({"roster", "pairs", "notice", "policy"}),
}
