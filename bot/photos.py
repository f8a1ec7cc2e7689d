"""Photos from people: turned upright, stripped of what the phone wrote into them, small enough to keep."""

from __future__ import annotations

import io
from typing import Final

from PIL import ExifTags, Image, ImageOps

from bot.turn import Location

MEDIA_TYPE: Final = "image/jpeg"
# Other decoders are never tried: Pillow hands EPS to Ghostscript, a program of its own.
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF")
_MAX_PIXELS: Final = 80_000_000
_MAX_SIDE: Final = 2560
_QUALITY: Final = 85


class NotAPhotoError(Exception):
    """The bytes are not a picture that can be opened safely."""


def clean_photo(data: bytes) -> bytes:
    """Return *data* as a fresh JPEG of at most 2560 pixels a side, without place, time or maker of the phone.

    Only the pixels are carried over, so nothing hidden in the file survives.

    Raises:
        NotAPhotoError: unreadable, truncated, or more than 80 million pixels.
    """
    try:
        pixels = _read(data)
    except Exception as error:  # whatever a broken file makes a decoder stumble over
        raise NotAPhotoError(f"not a readable picture: {type(error).__name__}") from error
    bare = Image.new("RGB", pixels.size)
    bare.paste(pixels)
    target = io.BytesIO()
    bare.save(target, "JPEG", quality=_QUALITY)
    return target.getvalue()


def photo_place(data: bytes) -> Location | None:
    """Return where a picture says that it was taken, None when it does not say. Never raises."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            gps = picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        latitude = _degrees(gps[ExifTags.GPS.GPSLatitude], gps.get(ExifTags.GPS.GPSLatitudeRef) == "S")
        longitude = _degrees(gps[ExifTags.GPS.GPSLongitude], gps.get(ExifTags.GPS.GPSLongitudeRef) == "W")
    except Exception:  # noqa: BLE001 - whatever a broken file holds, it tells no place
        return None
    inside = abs(latitude) <= _POLE and abs(longitude) <= 2 * _POLE and (latitude, longitude) != (0.0, 0.0)
    return Location(latitude, longitude) if inside else None


_POLE: Final = 90.0


def _degrees(parts: tuple[float, float, float], negative: bool) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if negative else value


def _read(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
        if picture.width * picture.height > _MAX_PIXELS:
            raise ValueError(f"{picture.width}x{picture.height} pixels are too many")
        picture.draft("RGB", (_MAX_SIDE, _MAX_SIDE))  # a JPEG decodes straight to about this size
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((_MAX_SIDE, _MAX_SIDE))
    return upright
