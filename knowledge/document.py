"""A document, one reading of it, and the passages it is quoted by."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.standing import Audience, Authority, DocumentKind, Stage


@dataclass(frozen=True)
class Document:
    """
    What a document says of itself, what officers put right of it, and what later documents did to it.

    ``id`` is stable over editions (see ``document_id``). ``source`` is the path below the ingested folder, led
    by that folder's own name; ``source_hash`` the SHA-256 of the file's bytes. ``area`` is an area code, "" for
    the nation, None when the place is not known. ``number`` is the 文号, ``index_number`` the 索引号.
    ``valid_to`` is the last day on which the text holds. ``replaced_by`` is the id of the document in use that
    repeals this one or takes its place; it follows from what that document states, or an officer, of this one.
    """

    id: str
    source: str
    source_hash: str
    title: str
    publisher: str = ""
    number: str = ""
    index_number: str = ""
    url: str = ""
    written_on: date | None = None
    published_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    area: str | None = None
    audience: Audience = Audience.PUBLIC
    authority: Authority = Authority.OFFICIAL
    kind: DocumentKind = DocumentKind.OTHER
    stage: Stage = Stage.ANY
    replaced_by: str | None = None

    @property
    def dated(self) -> date | None:
        """Return the date that tells which year's text this is: written, else published, else in force from."""
        return self.written_on or self.published_on or self.valid_from


@dataclass(frozen=True)
class Edition:
    """
    One reading of a document: its whole cleaned text, and what cleaning did.

    ``original`` keeps the document's own script, ``text`` is Simplified and normalised. ``cleaning_report`` is
    JSON in ingest's own shape (what was removed, which characters could not be recovered).
    """

    original: str
    text: str
    cleaning_report: str = "{}"


@dataclass(frozen=True)
class Span:
    """A half-open range of characters."""

    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """
    A piece of a document that is found and quoted as one.

    ``section`` is the path of headings above it. ``original_span`` and ``text_span`` say where the passage
    stands in the edition's ``original`` and ``text``. ``order`` counts from 0 within the document; ``page``
    is 1-based where the source has pages. ``speaker`` names whose finding the passage passes on (a report that
    quotes a higher notice), "" where the document speaks for itself.
    """

    id: str
    document: str
    section: tuple[str, ...]
    original: str
    text: str
    original_span: Span
    text_span: Span
    order: int
    page: int | None = None
    speaker: str = ""


def document_id(source: str, part: int = 0) -> str:
    """Return the stable id of the ``part``-th document within a source file."""
    return "d" + hashlib.sha256(f"{source}#{part}".encode()).hexdigest()[:10]


def passage_id(document: str, section: Sequence[str], text: str) -> str:
    """Return the id of a passage: the same document, headings and text always give the same id."""
    parts = "\x1f".join((document, *section, text))
    return "p" + hashlib.sha256(parts.encode()).hexdigest()[:20]
