"""A contact sheet: all pictures small on one, each with its name, never heavier than a repository should carry."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

LARGEST: Final = 900_000
"""The most bytes that a sheet has."""
_WIDTH: Final = 2200
_ROWS: Final = (480, 400, 320, 260, 200, 150, 110, 80)
_QUALITIES: Final = (75, 60, 45)
_GAP: Final = 14
_LABEL: Final = 22
_WIDEST: Final = 1.8
_FONTS: Final = ("NotoSansCJK-Regular.ttc", "wqy-microhei.ttc")


class SheetTooLargeError(Exception):
    """So many pictures that they do not fit on one sheet, however small."""


def glue(pictures: Sequence[Path], target: Path, *, largest: int = LARGEST) -> int:
    """Write all *pictures* in rows of equal height to *target* and return its bytes, at most *largest*.

    The rows are as high, and then the picture as clear, as the limit allows.

    Raises:
        SheetTooLargeError: even the smallest rows do not fit; nothing is written.
    """
    for row in _ROWS:
        sheet = _laid(pictures, row)
        for quality in _QUALITIES:
            packed = io.BytesIO()
            sheet.save(packed, "JPEG", quality=quality, optimize=True)
            if packed.tell() <= largest:
                return target.write_bytes(packed.getvalue())
    raise SheetTooLargeError(f"{len(pictures)} pictures")


def _laid(pictures: Sequence[Path], row: int) -> Image.Image:
    font = _font(14)
    places: list[tuple[int, int, Image.Image, str]] = []
    x, y = _GAP, _GAP
    for path in pictures:
        small = _small(path, row)
        if x + small.width > _WIDTH - _GAP and x > _GAP:
            x, y = _GAP, y + _LABEL + row + _GAP
        places.append((x, y, small, path.stem))
        x += small.width + _GAP
    sheet = Image.new("RGB", (_WIDTH, y + _LABEL + row + _GAP), "#777")
    pen = ImageDraw.Draw(sheet)
    for left, top, small, name in places:
        pen.text((left, top), _shortened(name, small.width, font), fill="white", font=font)
        sheet.paste(small, (left, top + _LABEL))
    return sheet


def _small(path: Path, row: int) -> Image.Image:
    with Image.open(path) as picture:
        width = min(round(picture.width * row / picture.height), round(_WIDEST * row))
        return picture.convert("RGB").resize((max(width, 1), row))


def _shortened(name: str, width: int, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> str:
    while len(name) > 1 and font.getlength(name) > width:
        name = name[1:]
    return name


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)
