"""Documents, their editions and passages, and how they are written and retired."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from knowledge.corrections import Correction, load_corrections
from knowledge.document import Document, Edition, Passage, Span, document_id, passage_id
from knowledge.standing import Audience, Authority, DocumentKind, Stage
from knowledge.succession import Succession, load_successions
from knowledge.ties import (
    ENDING,
    Relation,
    Stated,
    by_name,
    load_relations,
    names,
    number_key,
    relations_naming,
    title_key,
    write_relations,
)
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import from_text, local_date, to_text

__all__ = [
    "Document",
    "Edition",
    "Passage",
    "Reading",
    "Saved",
    "Span",
    "document_id",
    "find_document",
    "find_passages",
    "load_documents",
    "load_edition",
    "load_passages",
    "load_readings",
    "passage_id",
    "retire_missing",
    "save_document",
]


class Saved(StrEnum):
    """What saving a document did."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


def save_document(
    store: Store,
    document: Document,
    edition: Edition,
    passages: Sequence[Passage],
    *,
    relations: Sequence[Relation] = (),
    now: datetime,
) -> Saved:
    """
    Write a document with its edition, its passages and what it states of others, in the open transaction.

    Saving the same thing twice changes nothing. A changed document gets a new edition; passages that left it
    stay in the store, marked as not current, for as long as a live index may still name them. A retired
    document that is saved again is in use again, unless an officer took it out of use. Passages of equal id are
    kept once.

    Raises:
        ValueError: If a passage names another document.
        storage.errors.TransactionError: If no transaction is open.
    """
    check_in_transaction(store)
    for passage in passages:
        if passage.document != document.id:
            raise ValueError(f"passage {passage.id} belongs to {passage.document}, not {document.id}")
    db = store.db
    fingerprint = _fingerprint(document, edition, passages, relations)
    known = db.execute(
        "SELECT fingerprint, retired_at IS NULL OR retired_by IS NOT NULL FROM documents WHERE id = ?", [document.id]
    ).fetchone()
    if known is not None and known[0] == fingerprint and known[1]:
        return Saved.UNCHANGED
    _write_document(store, document, fingerprint, now)
    if known is None or known[0] != fingerprint:
        _write_edition(store, document, edition, now)
    _write_passages(store, document, passages)
    write_relations(store, document.id, relations)
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
    stated = {document.id: document for document in _load(store, retired=retired)}
    others = _load(store) if retired else stated.values()
    dated = {document.id: document for document in others}
    named = by_name(one for one in load_relations(store) if one.relation.tie in ENDING)
    told = load_successions(store)
    found = []
    for document in stated.values():
        keys = {number_key(document.number), title_key(document.title)} - {""}
        naming = dict.fromkeys(one for key in keys for one in named.get(key, ()))
        found.append(_as_ended(document, list(naming), dated, told.get(document.id)))
    return found


def find_document(store: Store, document: str, *, retired: bool = False) -> Document | None:
    """Return one document in use (or, with ``retired``, one no longer in use), or None."""
    found = _load(store, document, retired=retired)
    if not found:
        return None
    naming = [one for one in relations_naming(store, found[0].number, found[0].title) if one.relation.tie in ENDING]
    told = load_successions(store).get(document)
    others = {one.document for one in naming} | ({told.successor} if told is not None else set())
    dated = {id_: other for id_ in others for other in _load(store, id_)}
    return _as_ended(found[0], naming, dated, told)


def load_edition(store: Store, document: str) -> Edition | None:
    """Return the newest edition of a document, or None when there is no such document."""
    row = store.db.execute(
        "SELECT original, text, cleaning_report FROM editions WHERE document = ? ORDER BY seq DESC LIMIT 1",
        [document],
    ).fetchone()
    return None if row is None else Edition(*row)


@dataclass(frozen=True)
class Reading:
    """One time a document's file was read: when, and the hash of the file then."""

    read_at: datetime
    source_hash: str
    characters: int


def load_readings(store: Store, document: str) -> list[Reading]:
    """Return the editions of a document, the oldest first."""
    rows = store.db.execute(
        "SELECT read_at, source_hash, length(text) FROM editions WHERE document = ? ORDER BY seq", [document]
    ).fetchall()
    return [Reading(from_text(read_at), source_hash, characters) for read_at, source_hash, characters in rows]


def count_passages(store: Store) -> dict[str, int]:
    """Return how many current passages each document has, in use or not; one without any is left out."""
    query = "SELECT document, count(*) FROM passages WHERE current = 1 GROUP BY document"
    return dict(store.db.execute(query).fetchall())


def load_passages(store: Store, document: str | None = None, *, retired: bool = False) -> list[Passage]:
    """Return the current passages of one document, or of all, in reading order: of those in use, or ``retired``."""
    condition = "IS NOT NULL" if retired else "IS NULL"
    rows = store.db.execute(
        f"SELECT {_PASSAGE_COLUMNS} FROM passages p JOIN documents d ON d.id = p.document"  # noqa: S608 - constant pieces
        f" WHERE p.current = 1 AND d.retired_at {condition} AND (? IS NULL OR p.document = ?)"
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
    "area", "audience", "authority", "kind", "stage",
)  # fmt: skip
_DOCUMENT_COLUMNS = ", ".join(_DOCUMENT_FIELDS)
_PASSAGE_COLUMNS = (
    "p.id, p.document, p.section, p.original, p.text, "
    "p.original_start, p.original_end, p.text_start, p.text_end, p.position, p.page, p.speaker"
)


def _load(store: Store, document: str | None = None, *, retired: bool = False) -> list[Document]:
    """Return documents as they state themselves and as officers put them right."""
    condition = "IS NOT NULL" if retired else "IS NULL"
    rows = store.db.execute(
        f"SELECT {_DOCUMENT_COLUMNS} FROM documents WHERE retired_at {condition}"  # noqa: S608 - constant pieces
        " AND (? IS NULL OR id = ?) ORDER BY source, id",
        [document, document],
    ).fetchall()
    corrections = load_corrections(store, document)
    return [_document(row, corrections.get(row[0], {})) for row in rows]


def _as_ended(
    document: Document, naming: Sequence[Stated], others: Mapping[str, Document], told: Succession | None
) -> Document:
    """Return a document as the one that ends it leaves it, by its words or by an officer's; the first counts."""
    ends = []
    if told is not None and told.successor in others:
        newer = others[told.successor]
        ends.append((newer.valid_from or newer.dated or local_date(told.at), newer.id))
    for one in naming:
        other = others.get(one.document)
        if other is None or other.id == document.id or not names(one.relation, document.number, document.title):
            continue
        if not one.relation.number and None not in (other.area, document.area) and other.area != document.area:
            continue  # a title without a number is many places' title
        begins = other.valid_from or other.dated
        if begins is None or document.dated is None or begins >= document.dated:
            ends.append((begins or date.max, other.id))
    if not ends:
        return document
    begins, ender = min(ends)
    last = begins - timedelta(days=1) if begins != date.max else document.dated
    known = [day for day in (document.valid_to, last) if day is not None]
    return replace(document, replaced_by=ender, valid_to=min(known, default=None))


def _fingerprint(
    document: Document, edition: Edition, passages: Sequence[Passage], relations: Sequence[Relation]
) -> str:
    content: list[object] = [asdict(document), asdict(edition), [asdict(passage) for passage in passages]]
    if relations:
        content.append([asdict(relation) for relation in relations])
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, default=str).encode()).hexdigest()


def _write_document(store: Store, document: Document, fingerprint: str, now: datetime) -> None:
    values = [_stored(getattr(document, field)) for field in _DOCUMENT_FIELDS]
    columns = (*_DOCUMENT_FIELDS, "fingerprint", "saved_at", "retired_at")
    updates = ", ".join(f"{column} = excluded.{column}" for column in columns if column not in ("id", "retired_at"))
    store.db.execute(
        f"INSERT INTO documents ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - constant pieces
        f" ON CONFLICT (id) DO UPDATE SET {updates},"
        " retired_at = CASE WHEN retired_by IS NULL THEN NULL ELSE retired_at END",
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
            " text_start, text_end, position, page, speaker, current) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)"
            " ON CONFLICT (id) DO UPDATE SET original = excluded.original,"
            " original_start = excluded.original_start, original_end = excluded.original_end,"
            " text_start = excluded.text_start, text_end = excluded.text_end,"
            " position = excluded.position, page = excluded.page, speaker = excluded.speaker, current = 1",
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
                passage.speaker,
            ],
        )


def _stored(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _document(row: Sequence[Any], corrections: Mapping[str, Correction]) -> Document:
    fields = dict(zip(_DOCUMENT_FIELDS, row, strict=True))
    fields |= {name: one.value for name, one in corrections.items()}
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
        speaker=row[11],
    )
