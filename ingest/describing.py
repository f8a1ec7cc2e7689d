"""Where a document is of and when, in words, also where it only lets one infer it."""

from __future__ import annotations

from ingest.correcting import UNKNOWN_PLACE
from ingest.report import CleaningReport
from knowledge.documents import Document, load_edition
from places.gazetteer import Gazetteer
from storage.store import Store


def place_of(document: Document, gazetteer: Gazetteer) -> str:
    """Return the path of a document's area, 不详 where it is not known."""
    return UNKNOWN_PLACE if document.area is None else gazetteer.path(document.area)


def date_of(store: Store, document: Document) -> str:
    """Return the day that says which year's text this is, or the year inferred from the text."""
    if document.dated:
        return document.dated.isoformat()
    edition = load_edition(store, document.id)
    report = CleaningReport.from_json(edition.cleaning_report) if edition else CleaningReport()
    return next((f"约{found.value}年" for found in report.found if found.name == "年份"), "不详")
