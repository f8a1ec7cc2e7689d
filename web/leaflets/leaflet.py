"""A leaflet on A4: large type, short lines, at most one QR code a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Final

import segno
from fpdf import FPDF, FontFace
from fpdf.enums import Align, XPos, YPos

from web.leaflets.fonts import Font

_FAMILY: Final = "chinese"
_MARGIN: Final = 16.0
_GREEN: Final = (22, 101, 72)
_INK: Final = (28, 28, 28)
_GREY: Final = (95, 95, 95)
_QUIET_MODULES: Final = 4
_PADDING: Final = 3
_WIDE: Final = "\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\u2018-\u201d"
_MAY_BREAK: Final = re.compile(
    rf"(?:(?<=[{_WIDE}])|(?=[{_WIDE}]))(?<=.)(?<![（“‘《〔])(?=.)(?![，。、；：？！）”’》〕])"
)


class Leaflet(FPDF):
    """A document of A4 pages. Sizes are points for type and millimetres for everything else."""

    def __init__(self, font: Font, *, title: str, foot: str) -> None:
        super().__init__(format="A4")
        self._foot = foot
        self.add_font(_FAMILY, fname=font.plain, collection_font_number=font.face)
        self.add_font(_FAMILY, "B", fname=font.bold, collection_font_number=font.face)
        self.set_title(title)
        self.set_lang("zh-CN")
        self.set_margin(_MARGIN)
        self.set_auto_page_break(auto=True, margin=_MARGIN + 2)

    def footer(self) -> None:
        """Print who made the sheet and when; called by the library at the end of every page."""
        self.set_y(-_MARGIN + 2)
        self.set_font(_FAMILY, size=9)
        self.set_text_color(*_GREY)
        self.cell(0, 5, self._foot, align=Align.C)

    def headline(self, text: str, *, size: float = 26, below: str = "") -> None:
        """Print the title of a sheet, and a line below it."""
        self._type(size, bold=True, colour=_GREEN)
        self._block(text, size * 0.5, align=Align.C)
        if below:
            self._type(13, colour=_GREY)
            self._block(below, 7, align=Align.C)
        self.ln(2)

    def section(self, title: str) -> None:
        """Print the title of a section."""
        self.ln(1.5)
        self._type(15, bold=True, colour=_GREEN)
        self._block(title, 8)

    def say(self, text: str, *, size: float = 12.5, bold: bool = False) -> None:
        """Print a paragraph."""
        self._type(size, bold=bold)
        self._block(text, size * 0.53)

    def points(self, lines: Iterable[str], *, size: float = 12.5) -> None:
        """Print each line with a dot before it, indented."""
        self._type(size)
        for line in lines:
            self.cell(6, size * 0.53, "•")
            self._block(line, size * 0.53)

    def boxed(self, lines: Sequence[str], *, size: float = 13) -> None:
        """Print lines in a frame: what must not be overlooked."""
        self.ln(2)
        self._type(size, bold=True)
        self.set_draw_color(*_GREEN)
        self.set_line_width(0.6)
        self.multi_cell(
            0,
            size * 0.58,
            "\n".join(self._wrapped(line, self.epw - 2 * _PADDING) for line in lines),
            border=1,
            align=Align.L,
            padding=_PADDING,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )
        self.ln(2)

    def rows(self, heading: Sequence[str], rows: Iterable[Sequence[str]], widths: tuple[int, ...]) -> None:
        """Print a table; *widths* are shares of the page."""
        self._type(11.5)
        self.set_draw_color(*_GREY)
        self.set_line_width(0.2)
        style = FontFace(emphasis="BOLD", color=_GREEN)
        with self.table(
            col_widths=widths, headings_style=style, line_height=7.5, padding=1, text_align="LEFT", wrapmode="CHAR"
        ) as table:
            for cells in (heading, *rows):
                table.row(list(cells))

    def code(self, address: str, *, side: float, aside: bool = False) -> None:
        """Print a QR code of *side* mm with its quiet zone, readable when a bit torn.

        It stands in the middle and what follows comes below it; *aside* it stands in the right margin of the place
        reached, and what follows goes on where it would.
        """
        picture = BytesIO()
        segno.make(address, error="q", micro=False).save(picture, kind="png", scale=12, border=_QUIET_MODULES)
        picture.seek(0)
        alt = f"二维码：{address}"
        if aside:
            self.image(picture, x=self.w - self.r_margin - side, y=self.get_y(), w=side, alt_text=alt)
        else:
            self.image(picture, x=Align.C, w=side, alt_text=alt)

    @contextmanager
    def narrowed(self, aside: float) -> Iterator[None]:
        """Keep clear of what stands *aside* mm wide in the right margin, and go on below it."""
        top, margin = self.get_y(), self.r_margin
        self.set_right_margin(margin + aside + 2)
        yield
        self.set_right_margin(margin)
        self.set_y(max(self.get_y(), top + aside))

    def finished(self) -> bytes:
        """Return the finished PDF."""
        return bytes(self.output())

    def _type(self, size: float, *, bold: bool = False, colour: tuple[int, int, int] = _INK) -> None:
        self.set_font(_FAMILY, "B" if bold else "", size)
        self.set_text_color(*colour)

    def _block(self, text: str, height: float, *, align: Align = Align.L) -> None:
        room = self.w - self.r_margin - self.get_x() - 2 * self.c_margin
        self.multi_cell(0, height, self._wrapped(text, room), align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _wrapped(self, text: str, room: float) -> str:
        """Return *text* with its lines broken so that each fits *room* mm, as Chinese lines may be (GB/T 15834).

        No line begins with a closing mark or ends with an opening one, and no word or figure is broken.
        """
        lines = [""]
        for piece in _MAY_BREAK.split(text):
            if lines[-1] and self.get_string_width(lines[-1] + piece) > room:
                lines.append("")
            lines[-1] += piece
        return "\n".join(lines)
