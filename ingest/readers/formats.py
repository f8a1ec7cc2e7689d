"""What a file is, told by its content; the name only decides between kinds of text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from ingest.readers.compound import Compound
from ingest.refusal import Reason, RefusedError


class Format(StrEnum):
    """The formats that can be read."""

    TEXT = "txt"
    MARKDOWN = "md"
    CSV = "csv"
    HTML = "html"
    MHTML = "mhtml"
    RTF = "rtf"
    WORD = "docx"
    OLD_WORD = "doc"
    SHEETS = "xlsx"
    OLD_SHEETS = "xls"
    SLIDES = "pptx"
    PDF = "pdf"
    OFD = "ofd"
    PICTURE = "jpg"
    ARCHIVE = "zip"


# What files of a format are called. Content tells them apart; names do so only among kinds of text.
ENDINGS: Final[Mapping[Format, tuple[str, ...]]] = {
    Format.HTML: ("html", "htm", "shtml", "xhtml"),
    Format.MHTML: ("mht", "mhtml"),
    Format.WORD: ("docx", "docm"),
    Format.OLD_WORD: ("doc", "wps"),
    Format.PDF: ("pdf",),
    Format.PICTURE: ("jpg", "png", "webp", "tif", "bmp", "gif"),
    Format.SHEETS: ("xlsx", "xlsm"),
    Format.OLD_SHEETS: ("xls", "et"),
    Format.CSV: ("csv", "tsv"),
    Format.SLIDES: ("pptx", "pptm"),
    Format.OFD: ("ofd",),
    Format.RTF: ("rtf",),
    Format.TEXT: ("txt",),
    Format.MARKDOWN: ("md", "markdown"),
    Format.ARCHIVE: ("zip",),
}
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES: Final = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
# What is known but cannot be read, and what to make of it.
_FOREIGN: Final = (
    (b"\x1f\x8b", "GZIP 压缩", "解开"),
    (b"Rar!", "RAR 压缩", "解开"),
    (b"7z\xbc\xaf", "7z 压缩", "解开"),
    (b"\x7fELF", "程序", ""),
    (b"MZ", "程序", ""),
    (b"SQLite format 3", "数据库", ""),
    (b"%!PS", "PostScript", "另存为 pdf"),
    (b"\xd7\xcd\xc6\x9a", "WMF 图片", "另存为 png"),
    (b"ID3", "录音", ""),
)
_WORD_XML: Final = re.compile(rb'<\?mso-application progid="(\w+)\.')
# The directory of a ZIP archive names what it is.
_ZIP_KINDS: Final = (
    ("word/document", Format.WORD),
    ("xl/workbook.xml", Format.SHEETS),
    ("ppt/presentation.xml", Format.SLIDES),
    ("OFD.xml", Format.OFD),
)
_FOREIGN_ZIPS: Final = (
    ("xl/workbook.bin", "Excel 二进制（xlsb）", "另存为 xlsx"),
    ("META-INF/container.xml", "电子书（epub）", ""),
)
_STREAMS: Final = (("WordDocument", Format.OLD_WORD), ("Workbook", Format.OLD_SHEETS), ("Book", Format.OLD_SHEETS))
_HTML: Final = re.compile(rb"<(!doctype\s+html|html|head|body|meta|table|div|p|br|span|h[1-6])[\s>/]", re.IGNORECASE)
_MAIL_HEAD: Final = re.compile(
    rb"^(mime-version|from|snapshot-content-location|subject|content-type)\s*:", re.IGNORECASE
)


def tell_format(data: bytes, name: str) -> Format:
    """
    Return the format of a file's bytes; ``name`` counts only for what is text.

    Raises:
        RefusedError: ``EMPTY``, ``LOCKED``, or ``FORMAT`` with the name of a format that cannot be read.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise RefusedError(Reason.EMPTY)
    if data.startswith(_ZIP):
        return _in_zip(data)
    if data.startswith(_COMPOUND):
        return _in_compound(data)
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data.startswith(_PICTURES) or _is_webp(data) or _is_bitmap(data):
        return Format.PICTURE
    if data.startswith(b"{\\rtf"):
        return Format.RTF
    _check_not_foreign(data)
    return _in_text(data, name.lower())


def _in_zip(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            kind = archive.read("mimetype")[:80].decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        names, kind = [], ""
        if not any(start.encode() in data for start, _ in _ZIP_KINDS):
            raise RefusedError(Reason.CRASHED, "压缩包损坏") from None
    for start, found in _ZIP_KINDS:
        if any(name.startswith(start) for name in names) or (not names and start.encode() in data):
            return found
    for start, what, remedy in _FOREIGN_ZIPS:
        if start in names:
            raise foreign(what, remedy)
    if "opendocument" in kind:
        raise foreign("OpenDocument（odt、ods、odp）", "另存为 docx、xlsx 或 pptx")
    if not names:
        raise RefusedError(Reason.EMPTY)
    return Format.ARCHIVE


def _in_compound(data: bytes) -> Format:
    streams = Compound(data).names
    if "EncryptedPackage" in streams:
        raise RefusedError(Reason.LOCKED)
    for stream, found in _STREAMS:
        if stream in streams:
            return found
    if "PowerPoint Document" in streams:
        raise foreign("旧版幻灯片（ppt、dps）", "另存为 pptx")
    if "__properties_version1.0" in streams:
        raise foreign("邮件（msg）", "把正文和附件另存出来")
    raise foreign("旧版 Office", "另存为 docx、xlsx 或 pptx")


def foreign(what: str, remedy: str) -> RefusedError:
    """Return the refusal of a format that is known but not read, with what to do instead."""
    gap = " " if remedy[-1:].isascii() else ""
    return RefusedError(Reason.FORMAT, what + (f"，请{remedy}{gap}再导入" if remedy else "，其中没有可以入库的文字"))


def _check_not_foreign(data: bytes) -> None:
    for signature, what, remedy in _FOREIGN:
        if data.startswith(signature):
            raise foreign(what, remedy)
    if data[4:8] == b"ftyp":
        is_photo = data[8:12] in {b"heic", b"heix", b"mif1", b"avif"}
        raise foreign("手机照片（heic）", "改存为 jpg") if is_photo else foreign("视频", "")
    if data[257:262] == b"ustar":
        raise foreign("TAR 打包", "解开")
    office = _WORD_XML.search(data[:2048])
    if office:
        raise foreign(f"{office.group(1).decode()} 2003 XML", "另存为 docx 或 xlsx")


def _is_webp(data: bytes) -> bool:
    return data.startswith(b"RIFF") and data[8:12] == b"WEBP"


def _is_bitmap(data: bytes) -> bool:
    return (
        data.startswith(b"BM")
        and data[6:10] == b"\0\0\0\0"
        and data[14:18] in {b"\x28\0\0\0", b"\x7c\0\0\0", b"\x0c\0\0\0"}
    )


def _in_text(data: bytes, name: str) -> Format:
    head = data[:8192].lstrip()
    if _MAIL_HEAD.match(head) and b"multipart/related" in head.lower():
        return Format.MHTML
    if _is_html(data, name):
        return Format.HTML
    if _is_called(name, Format.CSV):
        return Format.CSV
    return Format.MARKDOWN if _is_called(name, Format.MARKDOWN) else Format.TEXT


def _is_called(name: str, kind: Format) -> bool:
    return name.rpartition(".")[2] in ENDINGS[kind]


def _is_html(data: bytes, name: str) -> bool:
    head = data[:65536].replace(b"\0", b"")  # UTF-16 mark-up shows once the zero bytes are gone
    found = {match.group(1).lower() for match in _HTML.finditer(head)}
    if _is_called(name, Format.HTML):
        return bool(found)
    return bool(found & {b"html", b"body", b"head"}) or any(tag.startswith(b"!doctype") for tag in found)
