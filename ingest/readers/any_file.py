"""The door to all readers: what a file is decides who reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ingest.page import Page
from ingest.readers.encoding import decode
from ingest.readers.formats import Format, tell_format
from ingest.readers.plain_text import read_text
from ingest.readers.web_page import read_html
from ingest.readers.word_file import read_docx
from ingest.secrecy import check_not_secret

# Readers of decoded text, and readers of bytes.
_OF_TEXT: Final[Mapping[Format, Callable[[str], Page]]] = {Format.TEXT: read_text, Format.HTML: read_html}
_OF_BYTES: Final[Mapping[Format, Callable[[bytes], Page]]] = {Format.WORD: read_docx}


def read_file(data: bytes, name: str) -> Page:
    """
    Return the page of a file. ``name`` is its file name.

    Raises:
        RefusedError: With the reason why it cannot or must not be read.
    """
    kind = tell_format(data, name)
    if kind in _OF_TEXT:
        text = decode(data)
        check_not_secret(text, name)  # a mark may stand where the reader looks for no content
        page = _OF_TEXT[kind](text)
    else:
        check_not_secret("", name)
        page = _OF_BYTES[kind](data)
    check_not_secret("\n".join([page.raw, *(piece.text for piece in page.removed)]), name)
    return page
