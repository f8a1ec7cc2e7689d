"""Web pages that a browser saved in one file (mhtml, mht)."""

from __future__ import annotations

from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from ingest.page import Page
from ingest.readers.encoding import decode
from ingest.readers.web_page import read_html
from ingest.refusal import Reason, RefusedError


def read_mhtml(data: bytes) -> Page:
    """
    Return the page of a saved web page: its first part of HTML, with the address it was saved from.

    Raises:
        RefusedError: ``CRASHED`` when it is no such file; as ``decode`` and ``read_html``.
    """
    try:
        message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
        part = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
        content = None if part is None else part.get_payload(decode=True)
        address = message.get("Snapshot-Content-Location") or (part.get("Content-Location") if part else None)
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise RefusedError(Reason.CRASHED, "网页存档损坏") from error
    if not isinstance(content, bytes) or not content.strip():
        raise RefusedError(Reason.NO_TEXT)
    page = read_html(decode(content))
    if address and "url" not in page.labels:
        page = replace(page, labels={**page.labels, "url": str(address).strip()})
    return page
