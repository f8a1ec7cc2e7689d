from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from bot.photos import NotAPhotoError, clean_photo


def phone_photo(size: tuple[int, int] = (400, 300), orientation: int = 1) -> bytes:
    """A JPEG as a phone writes it: with place, maker and a comment."""
    picture = Image.new("RGB", size, "white")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = picture.getexif()
    exif[ExifTags.Base.Make] = "某某手机"
    exif[ExifTags.Base.Orientation] = orientation
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (35.0, 41.0, 2.0)
    target = io.BytesIO()
    picture.save(target, "JPEG", exif=exif, comment="张三家的房子".encode())
    return target.getvalue()


def open_photo(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_place_maker_and_comment_do_not_survive() -> None:
    before = phone_photo()
    assert open_photo(before).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    after = clean_photo(before)
    assert dict(open_photo(after).getexif()) == {}
    assert "张三".encode() not in after
    assert open_photo(after).info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_photo_taken_sideways_is_turned_upright() -> None:
    upright = open_photo(clean_photo(phone_photo(orientation=6)))
    assert upright.size == (300, 400)
    red, _, blue = upright.getpixel((150, 20))  # type: ignore[misc] # RGB by construction
    assert red > 200
    assert blue < 80


def test_a_large_photo_is_made_smaller() -> None:
    assert max(open_photo(clean_photo(phone_photo((6000, 4000)))).size) == 2560


def test_a_png_with_transparency_becomes_a_jpeg() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (20, 10), (0, 0, 255, 128)).save(target, "PNG")
    assert open_photo(clean_photo(target.getvalue())).format == "JPEG"


def test_too_many_pixels_are_refused_before_they_are_decoded() -> None:
    target = io.BytesIO()
    Image.new("1", (9_100, 9_100)).save(target, "PNG")
    with pytest.raises(NotAPhotoError, match="ValueError"):
        clean_photo(target.getvalue())


@given(st.binary(max_size=200), st.integers(0, 2000))
def test_broken_bytes_are_refused_and_never_crash(noise: bytes, cut: int) -> None:
    with pytest.raises(NotAPhotoError, match="not a readable picture"):
        clean_photo(phone_photo((40, 30))[: min(cut, 300)] + noise)
