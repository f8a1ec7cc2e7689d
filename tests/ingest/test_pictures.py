"""Photos: turned upright, tables kept, guesses reported; without recognition they say what to install."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from ingest.readers.picture import read_picture
from ingest.refusal import Reason, RefusedError
from tests.ingest.printed_files import photo, picture

LINES = ["关于做好农村低保工作的通知", "村民可以向户籍所在地的乡镇人民政府提出", "申请，不收任何费用。"]
TABLE = (("类别", "标准"), ("一类", "402"), ("二类", "382"))
SIDEWAYS = 6  # the camera was turned: the viewer must turn the picture by 90 degrees


def test_a_photo_held_sideways_is_read_upright_with_its_table() -> None:
    exif = Image.Exif()
    exif[0x0112] = SIDEWAYS
    page = read_picture(picture(photo(LINES, TABLE).rotate(90, expand=True), "JPEG", exif=exif, quality=80))
    words = "".join(block.text for block in page.blocks if block.grid is None)
    assert all(line.rstrip("。") in words for line in LINES)
    assert [block.grid for block in page.blocks if block.grid] == [TABLE]
    assert {block.page for block in page.blocks} == {1}
    assert "文字是从图上认出来的" in page.notes[0]


def test_noise_is_no_text() -> None:
    noise = Image.effect_noise((300, 200), 120)
    assert read_picture(picture(noise, "PNG")).blocks == ()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF"])
def test_without_recognition_every_kind_of_picture_says_what_to_install(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.readers.recognition.is_installed", lambda: False)
    with pytest.raises(RefusedError, match="make ocr") as refused:
        read_picture(picture(photo(["低保"]), form))
    assert refused.value.reason is Reason.NO_OCR


def bomb() -> bytes:
    """Return a picture of a few bytes that claims to be enormous."""
    small = bytearray(picture(Image.new("1", (8, 8)), "BMP"))
    small[18:22] = small[22:26] = (60_000).to_bytes(4, "little")
    return bytes(small)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bomb(), Reason.BOMB),
        (picture(photo(["低保"]), "PNG")[:300], Reason.CRASHED),
        (b"\xff\xd8\xff\xe0 no picture", Reason.CRASHED),
    ],
)
def test_broken_and_enormous_pictures_are_refused(data: bytes, reason: Reason) -> None:
    with pytest.raises(RefusedError) as refused:
        read_picture(data)
    assert refused.value.reason is reason


def test_many_frames_are_too_many_pages() -> None:
    frames = [Image.new("1", (4, 4)) for _ in range(301)]
    file = io.BytesIO()
    frames[0].save(file, "TIFF", save_all=True, append_images=frames[1:])
    with pytest.raises(RefusedError, match="301 页") as refused:
        read_picture(file.getvalue())
    assert refused.value.reason is Reason.PAGES
