"""The door to all readers: what a file is decides who reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ingest.page import Page
from ingest.readers.comma_separated import read_csv
from ingest.readers.encoding import decode
from ingest.readers.formats import Format, foreign, tell_format
from ingest.readers.ofd_file import read_ofd
from ingest.readers.old_sheets import read_xls
from ingest.readers.old_word import read_doc
from ingest.readers.pdf_file import read_pdf
from ingest.readers.picture import read_picture
from ingest.readers.plain_text import read_markdown, read_text
from ingest.readers.rich_text import read_rtf
from ingest.readers.saved_page import read_mhtml
from ingest.readers.sheets import read_xlsx
from ingest.readers.slides import read_pptx
from ingest.readers.web_page import read_html
from ingest.readers.word_file import read_docx
from ingest.secrecy import check_not_secret

# Readers of decoded text, and readers of bytes.
_OF_TEXT: Final[Mapping[Format, Callable[[str], Page]]] = {
    Format.TEXT: read_text,
    Format.MARKDOWN: read_markdown,
    Format.CSV: read_csv,
    Format.HTML: read_html,
}
_OF_BYTES: Final[Mapping[Format, Callable[[bytes], Page]]] = {
    Format.MHTML: read_mhtml,
    Format.RTF: read_rtf,
    Format.WORD: read_docx,
    Format.OLD_WORD: read_doc,
    Format.SHEETS: read_xlsx,
    Format.OLD_SHEETS: read_xls,
    Format.SLIDES: read_pptx,
    Format.PDF: read_pdf,
    Format.OFD: read_ofd,
    Format.PICTURE: read_picture,
}


def read_file(data: bytes, name: str) -> Page:
    """
    Return the page of a file. ``name`` is its file name.

    Raises:
        RefusedError: With the reason why it cannot or must not be read.
    """
    kind = tell_format(data, name)
    if kind is Format.ARCHIVE:  # its members are files of their own, see ingest.archives
        raise foreign("ZIP 压缩", "解开")
    if kind in _OF_TEXT:
        text = decode(data)
        check_not_secret(text, name)  # a mark may stand where the reader looks for no content
        page = _OF_TEXT[kind](text)
    else:
        check_not_secret("", name)
        page = _OF_BYTES[kind](data)
    check_not_secret("\n".join([page.raw, *(piece.text for piece in page.removed)]), name)
    return page
