"""Documents, their editions and passages, and how they are written and retired."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from knowledge.standing import Audience, Authority, DocumentKind, Stage
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import to_text


@dataclass(frozen=True)
class Document:
    """
    What a document says of itself.

    ``id`` is stable over editions (see ``document_id``). ``source`` is the path below the ingested folder, led
    by that folder's own name; ``source_hash`` the SHA-256 of the file's bytes. ``area`` is an area code, "" for
    the nation, None when the place is not known. ``number`` is the 文号, ``index_number`` the 索引号.
    ``valid_to`` is the last day on which the text holds. ``replaced_by`` names another document's id.
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
    is 1-based where the source has pages.
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


class Saved(StrEnum):
    """What saving a document did."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


def document_id(source: str, part: int = 0) -> str:
    """Return the stable id of the ``part``-th document within a source file."""
    return "d" + hashlib.sha256(f"{source}#{part}".encode()).hexdigest()[:10]


def passage_id(document: str, section: Sequence[str], text: str) -> str:
    """Return the id of a passage: the same document, headings and text always give the same id."""
    parts = "\x1f".join((document, *section, text))
    return "p" + hashlib.sha256(parts.encode()).hexdigest()[:20]


def save_document(
    store: Store, document: Document, edition: Edition, passages: Sequence[Passage], *, now: datetime
) -> Saved:
    """
    Write a document with its edition and passages, in the open transaction.

    Saving the same thing twice changes nothing. A changed document gets a new edition; passages that left it
    stay in the store, marked as not current, for as long as a live index may still name them. A retired
    document that is saved again is in use again. Passages of equal id are kept once.

    Raises:
        ValueError: If a passage names another document.
        storage.errors.TransactionError: If no transaction is open.
    """
    check_in_transaction(store)
    for passage in passages:
        if passage.document != document.id:
            raise ValueError(f"passage {passage.id} belongs to {passage.document}, not {document.id}")
    db = store.db
    fingerprint = _fingerprint(document, edition, passages)
    known = db.execute("SELECT fingerprint, retired_at FROM documents WHERE id = ?", [document.id]).fetchone()
    if known is not None and known[0] == fingerprint and known[1] is None:
        return Saved.UNCHANGED
    _write_document(store, document, fingerprint, now)
    if known is None or known[0] != fingerprint:
        _write_edition(store, document, edition, now)
    _write_passages(store, document, passages)
    return Saved.ADDED if known is None else Saved.CHANGED


def retire_missing(store: Store, *, folder: str, present: Collection[str], now: datetime) -> list[str]:
    """
    Retire the documents below ``folder`` whose id is not in ``present``, and return their ids.

    ``folder`` is the leading part of ``Document.source``. Nothing is deleted; retired documents are never
    shown again unless they are saved again. Runs in the open transaction.
    """
    check_in_transaction(store)
    rows = store.db.execute(
        "SELECT id FROM documents WHERE retired_at IS NULL AND (source = ? OR substr(source, 1, ?) = ?)",
        [folder, len(folder) + 1, folder + "/"],
    ).fetchall()
    gone = sorted(row[0] for row in rows if row[0] not in present)
    for document in gone:
        store.db.execute("UPDATE documents SET retired_at = ? WHERE id = ?", [to_text(now), document])
    return gone


def load_documents(store: Store, *, retired: bool = False) -> list[Document]:
    """Return the documents in use (or, with ``retired``, those no longer in use), by source."""
    condition = "IS NOT NULL" if retired else "IS NULL"
    rows = store.db.execute(
        f"SELECT {_DOCUMENT_COLUMNS} FROM documents WHERE retired_at {condition} ORDER BY source, id"  # noqa: S608 - constant pieces
    )
    return [_document(row) for row in rows.fetchall()]


def find_document(store: Store, document: str) -> Document | None:
    """Return one document in use, or None."""
    row = store.db.execute(
        f"SELECT {_DOCUMENT_COLUMNS} FROM documents WHERE id = ? AND retired_at IS NULL",  # noqa: S608 - constant pieces
        [document],
    ).fetchone()
    return None if row is None else _document(row)


def load_edition(store: Store, document: str) -> Edition | None:
    """Return the newest edition of a document, or None when there is no such document."""
    row = store.db.execute(
        "SELECT original, text, cleaning_report FROM editions WHERE document = ? ORDER BY seq DESC LIMIT 1",
        [document],
    ).fetchone()
    return None if row is None else Edition(*row)


def load_passages(store: Store, document: str | None = None) -> list[Passage]:
    """Return the current passages of one document, or of all documents in use, in reading order."""
    rows = store.db.execute(
        f"SELECT {_PASSAGE_COLUMNS} FROM passages p JOIN documents d ON d.id = p.document"  # noqa: S608 - constant pieces
        " WHERE p.current = 1 AND d.retired_at IS NULL AND (? IS NULL OR p.document = ?)"
        " ORDER BY d.source, d.id, p.position",
        [document, document],
    )
    return [_passage(row) for row in rows.fetchall()]


def find_passages(store: Store, ids: Iterable[str]) -> dict[str, Passage]:
    """Return the passages among ``ids`` whose document is in use, also those of an edition since replaced."""
    rows = store.db.execute(
        f"SELECT {_PASSAGE_COLUMNS} FROM passages p JOIN documents d ON d.id = p.document"  # noqa: S608 - constant pieces
        " WHERE d.retired_at IS NULL AND p.id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(ids))],
    )
    return {passage.id: passage for passage in map(_passage, rows.fetchall())}


_DOCUMENT_FIELDS = (
    "id", "source", "source_hash", "title", "publisher", "number", "index_number", "url",
    "written_on", "published_on", "valid_from", "valid_to",
    "area", "audience", "authority", "kind", "stage", "replaced_by",
)  # fmt: skip
_DOCUMENT_COLUMNS = ", ".join(_DOCUMENT_FIELDS)
_PASSAGE_COLUMNS = (
    "p.id, p.document, p.section, p.original, p.text, "
    "p.original_start, p.original_end, p.text_start, p.text_end, p.position, p.page"
)


def _fingerprint(document: Document, edition: Edition, passages: Sequence[Passage]) -> str:
    content = [asdict(document), asdict(edition), [asdict(passage) for passage in passages]]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, default=str).encode()).hexdigest()


def _write_document(store: Store, document: Document, fingerprint: str, now: datetime) -> None:
    values = [_stored(getattr(document, field)) for field in _DOCUMENT_FIELDS]
    columns = (*_DOCUMENT_FIELDS, "fingerprint", "saved_at", "retired_at")
    updates = ", ".join(f"{column} = excluded.{column}" for column in columns if column != "id")
    store.db.execute(
        f"INSERT INTO documents ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - constant pieces
        f" ON CONFLICT (id) DO UPDATE SET {updates}",
        [*values, fingerprint, to_text(now), None],
    )


def _write_edition(store: Store, document: Document, edition: Edition, now: datetime) -> None:
    store.db.execute(
        "INSERT INTO editions (document, source_hash, original, text, cleaning_report, read_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [document.id, document.source_hash, edition.original, edition.text, edition.cleaning_report, to_text(now)],
    )


def _write_passages(store: Store, document: Document, passages: Sequence[Passage]) -> None:
    store.db.execute("UPDATE passages SET current = 0 WHERE document = ?", [document.id])
    first: dict[str, Passage] = {}
    for passage in passages:
        first.setdefault(passage.id, passage)
    for passage in first.values():
        store.db.execute(
            "INSERT INTO passages (id, document, section, original, text, original_start, original_end,"
            " text_start, text_end, position, page, current) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)"
            " ON CONFLICT (id) DO UPDATE SET original = excluded.original,"
            " original_start = excluded.original_start, original_end = excluded.original_end,"
            " text_start = excluded.text_start, text_end = excluded.text_end,"
            " position = excluded.position, page = excluded.page, current = 1",
            [
                passage.id,
                passage.document,
                json.dumps(passage.section, ensure_ascii=False),
                passage.original,
                passage.text,
                passage.original_span.start,
                passage.original_span.end,
                passage.text_span.start,
                passage.text_span.end,
                passage.order,
                passage.page,
            ],
        )


def _stored(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _document(row: Sequence[Any]) -> Document:
    fields = dict(zip(_DOCUMENT_FIELDS, row, strict=True))
    for name in ("written_on", "published_on", "valid_from", "valid_to"):
        fields[name] = date.fromisoformat(fields[name]) if fields[name] else None
    fields["audience"] = Audience(fields["audience"])
    fields["authority"] = Authority(fields["authority"])
    fields["kind"] = DocumentKind(fields["kind"])
    fields["stage"] = Stage(fields["stage"])
    return Document(**fields)


def _passage(row: Sequence[Any]) -> Passage:
    return Passage(
        id=row[0],
        document=row[1],
        section=tuple(json.loads(row[2])),
        original=row[3],
        text=row[4],
        original_span=Span(row[5], row[6]),
        text_span=Span(row[7], row[8]),
        order=row[9],
        page=row[10],
    )
