"""Photos and scans (jpg, png, tif, webp, bmp, gif): turned upright, their print recognised."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator, Sequence
from typing import Final

from PIL import Image, ImageOps, ImageSequence

from ingest.page import Page
from ingest.readers.paragraphs import page_of_leaves
from ingest.readers.recognition import recognise_pages
from ingest.refusal import Reason, RefusedError

# What Pillow raises for damaged files, UnidentifiedImageError being an OSError.
_BROKEN: Final = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, ArithmeticError, AttributeError, struct.error,
)  # fmt: skip
_MOST_PIXELS: Final = 120_000_000
_LONG_SIDE: Final = 2600


def read_picture(data: bytes) -> Page:
    """
    Return the page of a picture; each frame of a TIFF is a page.

    Raises:
        RefusedError: ``CRASHED`` when it is broken, ``BOMB`` when it unpacks to far too many points, ``NO_OCR``,
            ``ILLEGIBLE``.
    """
    return read_pictures([data])


def read_pictures(pictures: Sequence[bytes]) -> Page:
    """
    Return the page of several pictures that follow each other.

    Raises:
        RefusedError: As ``read_picture``.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of size, which is limited below, and of damage, which shows
            opened = [Image.open(io.BytesIO(data)) for data in pictures]
            if any(picture.width * picture.height > _MOST_PIXELS for picture in opened):
                raise RefusedError(Reason.BOMB)
            frames = (frame for picture in opened for frame in _frames(picture))
            found = recognise_pages(enumerate(frames, 1), sum(map(_count, opened)))
    except Image.DecompressionBombError as error:
        raise RefusedError(Reason.BOMB) from error
    except _BROKEN as error:
        raise RefusedError(Reason.CRASHED, "图片损坏") from error
    leaves = [found.leaves[number] for number in sorted(found.leaves)]
    return page_of_leaves(leaves, notes=found.notes, removed=found.removed)


def _count(picture: Image.Image) -> int:
    return 1 if picture.format == "GIF" else getattr(picture, "n_frames", 1)


def _frames(picture: Image.Image) -> Iterator[Image.Image]:
    """Yield the frames upright as the camera was held, and no larger than recognition has use for."""
    for frame in ImageSequence.Iterator(picture):
        if frame.width * frame.height > _MOST_PIXELS:
            raise RefusedError(Reason.BOMB)
        upright = ImageOps.exif_transpose(frame).convert("RGB")
        upright.thumbnail((_LONG_SIDE, _LONG_SIDE))
        yield upright
        if picture.format == "GIF":
            return
