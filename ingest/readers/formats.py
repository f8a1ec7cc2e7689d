"""What a file is, told by its first bytes; the name only decides between kinds of text."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from ingest.refusal import Reason, RefusedError


class Format(StrEnum):
    """The formats that can be read."""

    TEXT = "txt"
    HTML = "html"
    WORD = "docx"


_SIGNATURES: Final = (
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word/Excel（doc、xls、wps）"),
    (b"PK\x05\x06", "空的 ZIP"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"II*\0", "图片"),
    (b"MM\0*", "图片"),
    (b"\x1f\x8b", "GZIP 压缩"),
    (b"Rar!", "RAR 压缩"),
    (b"7z\xbc\xaf", "7z 压缩"),
    (b"\x7fELF", "程序"),
    (b"MZ\x90", "程序"),
    (b"SQLite format 3", "数据库"),
    (b"{\\rtf", "RTF"),
)
_ZIP_MEMBERS: Final = (
    (b"xl/", "Excel（xlsx）"),
    (b"ppt/", "PowerPoint（pptx）"),
    (b"OFD.xml", "OFD"),
)
_HTML: Final = re.compile(rb"<(!doctype\s+html|html|head|body|meta|table|div|p|br|span|h[1-6])[\s>/]", re.IGNORECASE)


def tell_format(data: bytes, name: str) -> Format:
    """
    Return the format of a file's bytes; ``name`` counts only for text that might be HTML.

    Raises:
        RefusedError: ``EMPTY``, or ``FORMAT`` with the name of a format that cannot be read.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise RefusedError(Reason.EMPTY)
    if data.startswith(b"PK\x03\x04"):
        if b"word/document" in data:
            return Format.WORD
        raise RefusedError(Reason.FORMAT, _zip_kind(data))
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise RefusedError(Reason.FORMAT, kind)
    if data[:4096].lstrip().lower().startswith(b"mime-version:") and b"multipart/related" in data[:4096]:
        raise RefusedError(Reason.FORMAT, "MHTML")
    return Format.HTML if _is_html(data, name) else Format.TEXT


def _zip_kind(data: bytes) -> str:
    """Name what a ZIP archive holds by the names in its directory, without opening a member."""
    return next((kind for member, kind in _ZIP_MEMBERS if member in data), "ZIP 压缩")


def _is_html(data: bytes, name: str) -> bool:
    head = data[:65536].replace(b"\0", b"")  # UTF-16 mark-up shows once the zero bytes are gone
    found = {match.group(1).lower() for match in _HTML.finditer(head)}
    if name.lower().endswith((".html", ".htm", ".shtml", ".xhtml")):
        return bool(found)
    return bool(found & {b"html", b"body", b"head"}) or any(tag.startswith(b"!doctype") for tag in found)
