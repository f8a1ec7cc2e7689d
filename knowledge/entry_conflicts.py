"""Figures of an entry that documents in force give otherwise: of the same thing, unit, place and year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from knowledge.answer import Asker, Hit
from knowledge.applicability import Timing
from knowledge.documents import Document, load_documents
from knowledge.entries import Entry
from knowledge.evidence.clauses import Clause, Placed, marks_of, read_clauses
from knowledge.evidence.figures import Figure
from knowledge.knowledge import Knowledge, NoIndexError
from knowledge.snapshot import document_standing
from places.gazetteer import Gazetteer
from storage.store import Store

_LOOKED_AT: Final = 30
_SAME_SUBJECT: Final = 0.5
_SAME_TOPIC: Final = 3


@dataclass(frozen=True)
class Conflict:
    """
    A figure of an entry beside the one that a passage in force gives.

    ``said`` is the clause of the entry, ``quote`` the passage below its ``section`` in the document; ``figure`` and
    ``other`` are the two figures in their words.
    """

    said: str
    figure: str
    document: Document
    section: str
    quote: str
    other: str


@dataclass(frozen=True)
class _Stated:
    """A figure where it stands: its clause, and the pairs of characters of all that it is about."""

    clause: Clause
    placed: Placed
    topic: frozenset[str]

    @property
    def figure(self) -> Figure:
        """Return the figure itself."""
        return self.placed.figure

    @property
    def subject(self) -> frozenset[str]:
        """Return the pairs of characters next to the figure."""
        return _pairs(self.placed.marks)

    @property
    def years(self) -> frozenset[str]:
        """Return the years that its sentence names."""
        return frozenset(mark for mark in self.clause.sentence if mark.startswith("@"))


def find_conflicts(
    knowledge: Knowledge, store: Store, entry: Entry, gazetteer: Gazetteer, *, day: date
) -> tuple[Conflict, ...]:
    """Return the figures of an entry that documents in force at its place on that day give otherwise."""
    area = gazetteer.by_path(entry.area)
    mine = list(_figures(entry.answer.strip(), entry.question))
    if area is None or not mine:
        return ()
    on = max(day, entry.valid_from or day)
    documents = {
        one.id: one
        for one in load_documents(store)
        if one.area == area.code
        and (standing := document_standing(one, {})).is_policy
        and standing.timing(on) is Timing.IN_FORCE
    }
    queries = dict.fromkeys([entry.question, *(f"{entry.question} {one.clause.text}" for one in mine)])
    found: dict[str, list[Hit]] = {}
    for hit in _hits(knowledge, store, queries, documents, area.code or None, on):
        found.setdefault(hit.document, []).append(hit)
    return tuple(
        conflict for id_, hits in found.items() for conflict in conflicts_between(entry, documents[id_], hits, on.year)
    )


def conflicts_between(entry: Entry, document: Document, passages: Sequence[Hit], year: int) -> list[Conflict]:
    """
    Return the figures of an entry that passages of one document give otherwise for that year.

    A document that gives the entry's figure too, and another one beside it for something else, is no conflict.
    """
    mine = _figures(entry.answer.strip(), entry.question)
    return [found for one in mine if (found := _conflict(one, document, passages, f"@{year}")) is not None]


def _hits(
    knowledge: Knowledge,
    store: Store,
    queries: Iterable[str],
    documents: Mapping[str, Document],
    area: str | None,
    day: date,
) -> Iterator[Hit]:
    seen: set[tuple[str, str]] = set()
    for query in queries if documents else ():
        try:
            hits = knowledge.search(store, query, as_of=day, k=_LOOKED_AT, asker=Asker.OFFICER, area=area)
        except NoIndexError:
            return
        for hit in hits:
            if hit.document in documents and (hit.document, hit.text) not in seen:
                seen.add((hit.document, hit.text))
                yield hit


def _conflict(mine: _Stated, document: Document, passages: Sequence[Hit], year: str) -> Conflict | None:
    """Return the figure of a document for the same thing, where that document nowhere gives the entry's."""
    rivals = []
    for hit in passages:
        for other in _figures(hit.text, f"{document.title} {hit.section}"):
            if not _same_thing(mine, other, year):
                continue
            if not _at_odds(mine.figure, other.figure):
                return None
            rivals.append((len(mine.subject & other.subject) + len(mine.topic & other.topic), hit, other))
    if not rivals:
        return None
    _, hit, other = max(rivals, key=lambda one: one[0])
    return Conflict(mine.clause.text, mine.figure.words, document, hit.section, hit.text, other.figure.words)


def _figures(text: str, about: str) -> Iterator[_Stated]:
    """Yield the figures of a text that measure something; ``about`` are words above it."""
    above = _pairs(marks_of(about))
    for clause in read_clauses(text):
        for placed in clause.figures:
            if placed.figure.unit and not placed.figure.date:
                yield _Stated(clause, placed, above | _pairs(clause.sentence))


def _same_thing(mine: _Stated, other: _Stated, year: str) -> bool:
    """Tell whether two figures measure one thing: unit, count, kind of people, year, and the words around them."""
    if not mine.figure.measures_like(other.figure):
        return False
    if mine.placed.per and other.placed.per and mine.placed.per != other.placed.per:
        return False
    if any(
        not mine.placed.scope[kind] & held for kind, held in other.placed.scope.items() if kind in mine.placed.scope
    ):
        return False
    if not (mine.years or {year}) & (other.years or {year}):
        return False
    smaller = min(len(mine.subject), len(other.subject))
    near = len(mine.subject & other.subject)
    return bool(smaller) and near >= _SAME_SUBJECT * smaller and len(mine.topic & other.topic) >= _SAME_TOPIC


def _at_odds(mine: Figure, other: Figure) -> bool:
    """Tell whether two figures of one thing cannot both hold."""
    if mine.bound == other.bound:
        return mine.value != other.value
    for bounded, plain in ((mine, other), (other, mine)):
        if bounded.bound == "≤" and plain.bound != "≥":
            return plain.value > bounded.value
        if bounded.bound == "≥" and plain.bound != "≤":
            return plain.value < bounded.value
    return False


def _pairs(marks: Iterable[str]) -> frozenset[str]:
    return frozenset(mark for mark in marks if len(mark) > 1 and not mark.startswith("@"))
