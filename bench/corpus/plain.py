"""Plain extraction as other systems do it: trafilatura for pages, the bare libraries for files."""

from __future__ import annotations

import csv
import io
from pathlib import PurePath

import docx
import openpyxl  # type: ignore[import-untyped]  # it ships no types
import pptx
import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import trafilatura

from bench.corpus.printing import Printed, opened


def extract_plainly(printed: Printed) -> str:
    """Return the text of a file by the plain means for its format."""
    data, name = opened(printed)
    stream = io.BytesIO(data)
    match PurePath(name).suffix.removeprefix("."):
        case "html":
            return trafilatura.extract(data, include_tables=True) or ""
        case "docx":
            return "\n".join(paragraph.text for paragraph in docx.Document(stream).paragraphs)
        case "pdf":
            with pypdfium2.PdfDocument(stream) as document:
                return "\n".join(page.get_textpage().get_text_bounded() for page in document)
        case "xlsx":
            rows = (row for sheet in openpyxl.load_workbook(stream) for row in sheet.iter_rows(values_only=True))
            return "\n".join(" ".join(str(cell) for cell in row if cell is not None) for row in rows)
        case "csv":
            return "\n".join(" ".join(row) for row in csv.reader(io.StringIO(_decoded(data))))
        case "pptx":
            shapes = (shape for slide in pptx.Presentation(stream).slides for shape in slide.shapes)
            return "\n".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)
        case "tif":
            return ""
        case _:
            return _decoded(data)


def _decoded(data: bytes) -> str:
    """Decode as scripts mostly do: UTF-8, and what fails is replaced."""
    return data.decode("utf-8", errors="replace")
