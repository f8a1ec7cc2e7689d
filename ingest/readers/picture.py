"""Photos and scans (jpg, png, tif, webp, bmp, gif): turned upright, their print recognised."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Final

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from ingest.page import Page
from ingest.readers.paragraphs import page_of_leaves
from ingest.readers.recognition import recognise_pages
from ingest.refusal import Reason, RefusedError

_MOST_PIXELS: Final = 120_000_000
_LONG_SIDE: Final = 2600


def read_picture(data: bytes) -> Page:
    """
    Return the page of a picture; each frame of a TIFF is a page.

    Raises:
        RefusedError: ``CRASHED`` when it is broken, ``BOMB`` when it unpacks to far too many points, ``NO_OCR``,
            ``ILLEGIBLE``.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is ours
            picture = Image.open(io.BytesIO(data))
            if picture.width * picture.height > _MOST_PIXELS:
                raise RefusedError(Reason.BOMB)
            count = getattr(picture, "n_frames", 1)
            found = recognise_pages(_frames(picture), 1 if picture.format == "GIF" else count)
    except Image.DecompressionBombError as error:
        raise RefusedError(Reason.BOMB) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise RefusedError(Reason.CRASHED, "图片损坏") from error
    leaves = [found.leaves[number] for number in sorted(found.leaves)]
    return page_of_leaves(leaves, notes=found.notes, removed=found.removed)


def _frames(picture: Image.Image) -> Iterator[tuple[int, Image.Image]]:
    """Yield the frames upright as the camera was held, and no larger than recognition has use for."""
    for number, frame in enumerate(ImageSequence.Iterator(picture), 1):
        if frame.width * frame.height > _MOST_PIXELS:
            raise RefusedError(Reason.BOMB)
        upright = ImageOps.exif_transpose(frame).convert("RGB")
        upright.thumbnail((_LONG_SIDE, _LONG_SIDE))
        yield number, upright
        if picture.format == "GIF":
            return
