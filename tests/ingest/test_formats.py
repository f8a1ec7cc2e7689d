"""A file's format is told by its content; what cannot be read is named."""

from __future__ import annotations

import io
import zipfile

import pytest

from ingest.readers.formats import Format, tell_format
from ingest.refusal import Reason, RefusedError


def archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, "0" * 100_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        ("一段话。".encode(), "a.txt", Format.TEXT),
        ("<p>低保<br>".encode(), "a.html", Format.HTML),
        ("收入 < 支出 <p> 不是网页".encode(), "a.txt", Format.TEXT),
        ("<!DOCTYPE html><title>通知</title>".encode(), "a.txt", Format.HTML),
        ("<html><body>通知</body></html>".encode("utf-16"), "a", Format.HTML),
    ],
)
def test_text_and_web_pages_are_told_apart(data: bytes, name: str, expected: Format) -> None:
    assert tell_format(data, name) is expected


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "doc"),
        (archive("xl/workbook.xml"), "xlsx"),
        (archive("a/b/c.bin"), "ZIP"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "图片"),
        (b"\x1f\x8b\x08" + b"\0" * 50, "GZIP"),
    ],
)
def test_a_format_that_cannot_be_read_is_named_whatever_the_file_is_called(data: bytes, word: str) -> None:
    with pytest.raises(RefusedError, match=word) as refused:
        tell_format(data, "通知.txt")
    assert refused.value.reason is Reason.FORMAT


@pytest.mark.parametrize("data", [b"", b"   \r\n\t", b"\xef\xbb\xbf", b"\0" * 500])
def test_a_file_without_content_is_empty(data: bytes) -> None:
    with pytest.raises(RefusedError) as refused:
        tell_format(data, "a.txt")
    assert refused.value.reason is Reason.EMPTY
