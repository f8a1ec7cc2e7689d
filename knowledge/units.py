"""What is indexed: passages of documents and entries, each as one or more rows of text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from knowledge.answer_types import asked_types, bits, given_types
from knowledge.documents import Passage, load_documents, load_passages
from knowledge.entries import Entry
from knowledge.entry_store import load_entries
from language.normalise import fold, normalise
from storage.store import Store


class RowKind(StrEnum):
    """What a row's text is: a passage, one way to ask an entry's question, or an entry's answer."""

    PASSAGE = "passage"
    QUESTION = "question"
    ANSWER = "answer"


ASKS = 1 << 15
"""The bit that says that a row is a way to ask, whatever it asks for."""


@dataclass(frozen=True)
class Row:
    """One indexed text. ``unit`` is the id of the passage or entry that a hit on this row finds."""

    unit: str
    kind: RowKind
    text: str

    @property
    def key(self) -> str:
        """Return a hash of kind and text: rows of equal key have equal vectors."""
        return hashlib.sha256(f"{self.kind}\x1f{self.text}".encode()).hexdigest()[:24]


def load_rows(store: Store) -> list[Row]:
    """Return every row of the corpus in use: entries first, then passages in reading order."""
    titles = {document.id: document.title for document in load_documents(store)}
    rows = [row for entry in load_entries(store) for row in entry_rows(entry)]
    rows.extend(passage_row(passage, titles[passage.document]) for passage in load_passages(store))
    return rows


def entry_rows(entry: Entry) -> Iterator[Row]:
    """Yield an entry's rows: the question, each variant, and the answer below the question."""
    spoken = dict.fromkeys(normalise(question) for question in (entry.question, *entry.variants))
    for question in spoken:
        yield Row(entry.id, RowKind.QUESTION, question)
    yield Row(entry.id, RowKind.ANSWER, f"{normalise(entry.question)}\n{normalise(entry.answer)}")


def passage_row(passage: Passage, title: str) -> Row:
    """Return a passage's row: the document's title and the headings above it lead the text."""
    lines = dict.fromkeys(line for line in (normalise(title), *passage.section) if line)
    return Row(passage.id, RowKind.PASSAGE, "\n".join((*lines, passage.text)))


def row_types(rows: Iterable[Row]) -> npt.NDArray[np.uint16]:
    """Return for each row the bits of what it asks (a question) and of what it gives (any other text)."""
    found = []
    for row in rows:
        text = fold(row.text)
        asks = row.kind is RowKind.QUESTION
        found.append((bits(asked_types(text)) | ASKS if asks else 0, 0 if asks else bits(given_types(text))))
    return np.array(found, np.uint16).reshape(-1, 2)
