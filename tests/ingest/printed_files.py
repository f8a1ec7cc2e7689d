"""PDF files and pictures made for the tests."""

from __future__ import annotations

import io
from collections.abc import Sequence

from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont

from web.leaflets.fonts import find_font

WIDTH = 36  # characters on a full line of ``paged``
BODY = "村民可以向户籍所在地的乡镇人民政府提出书面申请，也可以委托村民委员会代为提交，乡镇应当在十个工作日内调查核实"


class Printer(FPDF):
    """A4 pages in a Chinese font, 12 points, with a head and a page number on each."""

    def __init__(self, head: str = "") -> None:
        super().__init__()
        self._head = head
        font = find_font()
        self.add_font("song", fname=str(font.plain), collection_font_number=font.face)
        self.set_font("song", size=12)
        self.set_auto_page_break(auto=False)

    def header(self) -> None:
        """Print the head and the number of the page."""
        if self._head:
            self.text(80, 12, self._head)
            self.text(100, 287, f"— {self.page_no()} —")

    def lines(self, x: float, y: float, texts: Sequence[str], step: float = 7) -> None:
        """Print lines below each other."""
        for at, text in enumerate(texts):
            self.text(x, y + at * step, text)

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Rule a table at these places."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)

    def bytes(self) -> bytes:
        """Return the file."""
        return bytes(self.output())


def wrapped(text: str, width: int = WIDTH) -> list[str]:
    """Return a paragraph as it is set: the first line indented by two characters."""
    whole = f"　　{text}"
    return [whole[at : at + width] for at in range(0, len(whole), width)]


def empty_pages(count: int) -> bytes:
    """Return a PDF file of so many empty pages, all of them one object."""
    kids = b" ".join([b"3 0 R"] * count)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ]
    file = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj%s endobj\n" % (number, content)
    table = len(file)
    file += b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(file + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % table)


def photo(lines: Sequence[str], table: Sequence[Sequence[str]] = (), *, ruled: bool = True) -> Image.Image:
    """Return a picture of printed lines with a table below them."""
    font = find_font()
    letters = ImageFont.truetype(str(font.plain), 34, index=font.face)
    image = Image.new("RGB", (1240, 200 + 60 * (len(lines) + len(table))), "white")
    draw = ImageDraw.Draw(image)
    for at, line in enumerate(lines):
        draw.text((80, 60 + 60 * at), line, font=letters, fill="black")
    top = 90 + 60 * len(lines)
    for y, row in enumerate(table):
        for x, cell in enumerate(row):
            if ruled:
                draw.rectangle(
                    (80 + 300 * x, top + 60 * y, 380 + 300 * x, top + 60 * (y + 1)), outline="black", width=2
                )
            draw.text((95 + 300 * x, top + 8 + 60 * y), cell, font=letters, fill="black")
    return image


def picture(image: Image.Image, form: str, **options: object) -> bytes:
    """Return an image as a file of this format."""
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()
