"""Drafts become documents, editions and passages of the knowledge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ingest.intake import FileRecord
from ingest.parsing import Draft, Parsed
from ingest.placing import Placer
from knowledge.documents import (
    Document,
    Edition,
    Passage,
    Saved,
    Span,
    document_id,
    passage_id,
    save_document,
)
from storage.store import Store


@dataclass(frozen=True)
class SavedFile:
    """The documents of one file and what saving each did."""

    documents: tuple[str, ...]
    outcomes: tuple[Saved, ...]
    passages: int
    notes: tuple[str, ...]


def save_parsed(store: Store, file: FileRecord, parsed: Parsed, placer: Placer, *, now: datetime) -> SavedFile:
    """Save all documents of one file, in the open transaction."""
    outcomes: list[Saved] = []
    documents: list[str] = []
    passages = 0
    notes: list[str] = []
    for draft in parsed.drafts:
        placed = placer.place(draft)
        document = _document(file, placed.draft, placed.area)
        pieces = _passages(document.id, placed.draft)
        edition = Edition(draft.composed.original, draft.composed.text, placed.draft.report.to_json())
        outcomes.append(save_document(store, document, edition, pieces, relations=draft.relations, now=now))
        documents.append(document.id)
        passages += len(pieces)
        which = f"《{draft.title}》" if len(parsed.drafts) > 1 else ""
        notes += [f"{which}{note}" for note in placed.draft.report.notes]
    return SavedFile(tuple(documents), tuple(outcomes), passages, tuple(notes))


def _document(file: FileRecord, draft: Draft, area: str | None) -> Document:
    stated = draft.particulars
    return Document(
        id=document_id(file.identity, draft.part),
        source=file.source,
        source_hash=file.hash,
        title=draft.title,
        publisher=stated.publisher,
        number=stated.number,
        index_number=stated.index_number,
        url=stated.url,
        written_on=stated.written_on,
        published_on=stated.published_on,
        valid_from=stated.valid_from,
        valid_to=stated.valid_to,
        area=area,
        audience=draft.judged.audience,
        authority=draft.judged.authority,
        kind=draft.judged.kind,
        stage=draft.judged.stage,
    )


def _passages(document: str, draft: Draft) -> list[Passage]:
    composed = draft.composed
    passages = []
    for order, piece in enumerate(composed.pieces):
        text = composed.text[piece.text.start : piece.text.end]
        passages.append(
            Passage(
                id=passage_id(document, piece.section, text),
                document=document,
                section=piece.section,
                original=composed.original[piece.original.start : piece.original.end],
                text=text,
                original_span=Span(piece.original.start, piece.original.end),
                text_span=Span(piece.text.start, piece.text.end),
                order=order,
                page=piece.page,
                speaker=piece.speaker,
            )
        )
    return passages
