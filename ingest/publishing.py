"""Documents that came in as internal only because nothing in them tells whether they were published."""

from __future__ import annotations

from collections.abc import Collection

from ingest.judging import NOT_SEEN_PUBLISHED
from ingest.report import CleaningReport
from knowledge.corrections import load_corrections
from knowledge.documents import Document, load_documents, load_edition
from knowledge.standing import Audience
from storage.store import Store


def perhaps_published(store: Store, sources: Collection[str]) -> list[Document]:
    """
    Return the documents in use from these files that an officer may say were published.

    What calls itself internal, and what is for cadres by its kind, is none of them; nor is one whose audience
    an officer has put right.
    """
    corrections = load_corrections(store)
    return [
        document
        for document in load_documents(store)
        if document.source in sources
        and document.audience is Audience.INTERNAL
        and "audience" not in corrections.get(document.id, {})
        and _is_unseen(store, document)
    ]


def _is_unseen(store: Store, document: Document) -> bool:
    edition = load_edition(store, document.id)
    found = CleaningReport.from_json(edition.cleaning_report).found if edition else ()
    return any(one.name == "读者" and one.evidence == NOT_SEEN_PUBLISHED for one in found)
