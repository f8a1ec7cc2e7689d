"""PDF files: the text of each page with its place; pages that are pictures go to recognition."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it ships no types
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]  # it ships no types

from ingest.page import Page, Removed
from ingest.readers.encoding import is_debris
from ingest.readers.layout import Box, Leaf, Run, around
from ingest.readers.paragraphs import page_of_leaves
from ingest.readers.recognition import Recognised, recognise_pages
from ingest.readers.ruled_tables import Ruled, find_tables, leaf_of
from ingest.refusal import Reason, RefusedError

_MOST_PAGES: Final = 1500
_THIN: Final = 2.5  # points: what is thinner is a rule
_SHORTEST_RULE: Final = 5.0
_DEEPEST_FORM: Final = 4
# A page with fewer characters and a picture on it is a scan; so is one whose characters make no sense.
_SCANNED: Final = 12
_SLANT: Final = 0.06
_FAR: Final = 0.45  # of the height of a character: what stands farther off may be another cell
# The small space that typesetting leaves between Chinese and figures is no character.
_SPACED: Final = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[!-~])|(?<=[!-~]) (?=[\u3000-\u9fff\uff00-\uffef])")
_LONG_SIDE: Final = 2000  # pixels, for recognition


def read_pdf(data: bytes) -> Page:
    """
    Return the page of a PDF file.

    Raises:
        RefusedError: ``LOCKED`` under a password, ``CRASHED`` when it is broken, ``PAGES`` when it is too long,
            ``NO_OCR`` when it is a scan and nothing here reads pictures, ``ILLEGIBLE``.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        reason = Reason.LOCKED if pdfium_c.FPDF_GetLastError() == pdfium_c.FPDF_ERR_PASSWORD else Reason.CRASHED
        raise RefusedError(reason, "PDF 结构损坏") from error
    count = len(document)
    if count > _MOST_PAGES:
        raise RefusedError(Reason.PAGES, f"{count} 页，一次最多 {_MOST_PAGES} 页")
    leaves: dict[int, Leaf] = {}
    removed: list[Removed] = []
    scanned: list[int] = []
    notes = [f"PDF 里附着文件，没有读：{'、'.join(names)}"] if (names := _attachments(document)) else []
    for number in range(1, count + 1):
        try:
            with_page = _Sheet(document[number - 1], number)
        except pdfium.PdfiumError:
            notes.append(f"第 {number} 页损坏，没有读")
            continue
        if with_page.is_scan:
            scanned.append(number)
        else:
            leaves[number] = with_page.leaf()
            removed += with_page.removed
    recognised = _recognise(document, scanned, has_text=bool(leaves))
    leaves |= recognised.leaves
    return page_of_leaves(
        [leaves[number] for number in sorted(leaves)],
        notes=(*notes, *recognised.notes),
        removed=(*removed, *recognised.removed),
    )


def _recognise(document: Any, scanned: Sequence[int], *, has_text: bool) -> Recognised:
    """Recognise the pages that are pictures; where that is not installed, say which pages were not read."""

    def images() -> Iterator[tuple[int, Any]]:
        for number in scanned:
            page = document[number - 1]
            yield number, page.render(scale=_LONG_SIDE / max(1.0, *page.get_size())).to_pil()

    try:
        return recognise_pages(images(), len(scanned))
    except RefusedError as refused:
        if not has_text or refused.reason is not Reason.NO_OCR:
            raise
        pages = "、".join(map(str, scanned))
        return Recognised({}, (), (f"第 {pages} 页是扫描的图，没有读；装上文字识别（make ocr）后再导入",))


@dataclass(frozen=True)
class _Glyph:
    text: str
    box: Box
    slanted: bool
    ends_line: bool


class _Sheet:
    """One page while it is read."""

    def __init__(self, page: Any, number: int) -> None:
        self._page = page
        self._number = number
        self._rotation = page.get_rotation()
        self._frame = page.get_bbox() if page.get_cropbox(fallback_ok=False) is None else page.get_cropbox()
        glyphs = list(self._glyphs())
        slanted = "".join(glyph.text for glyph in glyphs if glyph.slanted).strip()
        self.removed = (Removed("斜着的水印", slanted),) if slanted else ()
        self._upright = [glyph for glyph in glyphs if not glyph.slanted]
        text = "".join(glyph.text for glyph in self._upright)
        letters = len("".join(text.split()))
        self.is_scan = (letters < _SCANNED and self._has_picture()) or (letters > _SCANNED and is_debris(text))

    def leaf(self) -> Leaf:
        """Return the page with its tables taken out of the text."""
        width, height = self._page.get_size()
        ruled = find_tables(list(self._rules()))
        return leaf_of(self._number, Box(0, 0, width, height), list(_runs(self._upright, ruled)), ruled)

    def _glyphs(self) -> Iterator[_Glyph]:
        textpage = self._page.get_textpage()
        tight = [ctypes.c_double() for _ in range(4)]
        loose = pdfium_c.FS_RECTF()
        for at in range(textpage.count_chars()):
            char = chr(pdfium_c.FPDFText_GetUnicode(textpage, at))
            if char in "\r\n":
                yield _Glyph("", Box(0, 0, 0, 0), slanted=False, ends_line=True)
                continue
            pdfium_c.FPDFText_GetCharBox(textpage, at, *tight)
            pdfium_c.FPDFText_GetLooseCharBox(textpage, at, loose)
            left, right, bottom, top = (value.value for value in tight)
            box = self._placed(
                min(left, loose.left), min(bottom, loose.bottom), max(right, loose.right), max(top, loose.top)
            )
            angle = pdfium_c.FPDFText_GetCharAngle(textpage, at) % (math.pi / 2)
            slanted = min(angle, math.pi / 2 - angle) > _SLANT
            text = "" if char in "\x02\ufffe" else char  # a hyphen at the end of a line
            yield _Glyph(text, box, slanted, ends_line=False)

    def _placed(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a box as it is shown: the page turned, y counted downwards."""
        x, y, far, high = self._frame
        if self._rotation == 90:
            return Box(bottom - y, left - x, top - y, right - x)
        if self._rotation == 180:
            return Box(far - right, bottom - y, far - left, top - y)
        if self._rotation == 270:
            return Box(high - top, far - right, high - bottom, far - left)
        return Box(left - x, high - top, right - x, high - bottom)

    def _rules(self) -> Iterator[Box]:
        for item in self._page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=_DEEPEST_FORM):
            box = self._placed(*item.get_bounds())
            if min(box.width, box.height) <= _THIN:
                if max(box.width, box.height) >= _SHORTEST_RULE:
                    yield box
            elif pdfium_c.FPDFPath_CountSegments(item) in {4, 5}:  # a frame
                yield Box(box.left, box.top, box.right, box.top)
                yield Box(box.left, box.bottom, box.right, box.bottom)
                yield Box(box.left, box.top, box.left, box.bottom)
                yield Box(box.right, box.top, box.right, box.bottom)

    def _has_picture(self) -> bool:
        kinds = [pdfium_c.FPDF_PAGEOBJ_IMAGE]
        return next(iter(self._page.get_objects(filter=kinds, max_depth=_DEEPEST_FORM)), None) is not None


def _runs(glyphs: Sequence[_Glyph], tables: Sequence[Ruled]) -> Iterator[Run]:
    """Put characters together that stand side by side on one line and in one cell."""
    gathered: list[_Glyph] = []
    place: tuple[int | None, ...] = ()
    for glyph in glyphs:
        if glyph.ends_line or not glyph.text.strip():
            if gathered and glyph.text:
                gathered.append(glyph)
            if glyph.ends_line:
                yield from _run(gathered)
                gathered = []
            continue
        here = tuple(table.area_at(*glyph.box.middle) for table in tables)
        if gathered and (here != place or not _follows(gathered, glyph)):
            yield from _run(gathered)
            gathered = []
        place = here
        gathered.append(glyph)
    yield from _run(gathered)


def _follows(gathered: Sequence[_Glyph], glyph: _Glyph) -> bool:
    last = next(one for one in reversed(gathered) if one.text.strip())
    height = max(last.box.height, glyph.box.height)
    beside = abs(glyph.box.bottom - last.box.bottom) < 0.7 * height
    return beside and -height < glyph.box.left - last.box.right < _FAR * height


def _run(glyphs: Sequence[_Glyph]) -> Iterator[Run]:
    inked = [glyph for glyph in glyphs if glyph.text.strip()]
    if inked:
        text = _SPACED.sub("", "".join(glyph.text for glyph in glyphs).strip())
        joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        box = around(glyph.box for glyph in inked)
        # Signs out of another font stand higher or lower than the line.
        top, bottom = (median(getattr(glyph.box, side) for glyph in inked) for side in ("top", "bottom"))
        yield Run(joined, Box(box.left, top, box.right, bottom))


def _attachments(document: Any) -> list[str]:
    return [document.get_attachment(at).get_name() for at in range(min(document.count_attachments(), 20))]
