"""A file's format is told by its content; what cannot be read is named."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from ingest.readers.formats import ENDINGS, Format, tell_format
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
        ("<html><body><table><tr><td>通知</table>".encode(), "假的.xls", Format.HTML),
        ("类别,标准\n低保,402".encode(), "标准.csv", Format.CSV),
        ("# 说明".encode(), "说明.md", Format.MARKDOWN),
    ],
)
def test_text_and_web_pages_are_told_apart(data: bytes, name: str, expected: Format) -> None:
    assert tell_format(data, name) is expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"%PDF-1.7 ...", Format.PDF),
        (b"\r\n%PDF-1.4 behind a blank line", Format.PDF),
        (archive("word/document.xml"), Format.WORD),
        (archive("xl/workbook.xml"), Format.SHEETS),
        (archive("ppt/presentation.xml"), Format.SLIDES),
        (archive("OFD.xml"), Format.OFD),
        (archive("a/word/document.docx"), Format.ARCHIVE),
        (archive("a/b/c.bin"), Format.ARCHIVE),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, Format.PICTURE),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, Format.PICTURE),
        (b"RIFF\0\0\0\0WEBPVP8 ", Format.PICTURE),
        (b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", Format.PICTURE),
        (b"{\\rtf1\\ansi", Format.RTF),
        (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;", Format.MHTML),
    ],
)
def test_a_format_is_told_by_its_content_whatever_the_file_is_called(data: bytes, expected: Format) -> None:
    assert tell_format(data, "通知.txt") is expected


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\x1f\x8b\x08" + b"\0" * 50, "GZIP"),
        (b"Rar!\x1a\x07" + b"\0" * 50, "RAR"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"MZ\x90\0" + b"\0" * 50, "程序"),
        (b"\0\0\0\x18ftypheic", "jpg"),
        (b"\0\0\0\x18ftypmp42", "视频"),
        (archive("xl/workbook.bin"), "xlsx"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "Word 2003 XML"),
    ],
)
def test_a_format_that_cannot_be_read_is_named_with_what_to_do(data: bytes, word: str) -> None:
    with pytest.raises(RefusedError, match=word) as refused:
        tell_format(data, "通知.txt")
    assert refused.value.reason is Reason.FORMAT


@pytest.mark.parametrize("data", [b"", b"   \r\n\t", b"\xef\xbb\xbf", b"\0" * 500])
def test_a_file_without_content_is_empty(data: bytes) -> None:
    with pytest.raises(RefusedError) as refused:
        tell_format(data, "a.txt")
    assert refused.value.reason is Reason.EMPTY


def test_the_table_of_formats_in_the_docs_is_what_the_program_reads(root: Path) -> None:
    page = (root / "docs" / "ingest.md").read_text(encoding="utf-8")
    table = page.split("## 能读什么", 1)[1].split("格式看内容", 1)[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("|")][2:]
    listed = re.findall("[a-z]+", " ".join(rows))
    assert sorted(listed) == sorted(ending for endings in ENDINGS.values() for ending in endings)
    assert set(ENDINGS) == set(Format)
