"""What is indexed: passages of documents, entries, and what nothing tells of, each as one or more rows of text."""

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
from knowledge.untold import Subject, still_untold
from language.normalise import fold, normalise
from storage.store import Store


class RowKind(StrEnum):
    """What a row's text is: a passage, a way to ask an entry's question, an entry's answer, a way to ask in vain."""

    PASSAGE = "passage"
    QUESTION = "question"
    ANSWER = "answer"
    UNTOLD = "untold"
    """A way to ask about a subject that nothing here tells. Its unit has no standing: it is never found."""


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


def load_rows(store: Store, subjects: Iterable[Subject] = ()) -> list[Row]:
    """
    Return every row of the corpus in use: entries first, then passages in reading order.

    Behind them come the ways to ask about those of the *subjects* that the corpus does not tell of.
    """
    titles = {document.id: document.title for document in load_documents(store)}
    entries, passages = load_entries(store), load_passages(store)
    rows = [row for entry in entries for row in entry_rows(entry)]
    rows.extend(passage_row(passage, titles[passage.document]) for passage in passages)
    headings = {heading for passage in passages for heading in passage.section}
    rows.extend(untold_rows(subjects, [*(entry.question for entry in entries), *titles.values(), *headings]))
    return rows


def untold_rows(subjects: Iterable[Subject], told: Iterable[str]) -> Iterator[Row]:
    """Yield the ways to ask about the subjects that none of these questions, titles and headings speaks of."""
    for subject in still_untold(subjects, told):
        for wording in subject.wordings:
            yield Row(subject.name, RowKind.UNTOLD, wording)


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
