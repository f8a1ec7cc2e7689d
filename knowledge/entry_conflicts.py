"""Figures of an entry that others in force give otherwise: of the same thing, unit and year, at places that touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Final

from knowledge.answer import Asker, Hit
from knowledge.applicability import Standing, Timing
from knowledge.documents import load_documents
from knowledge.entries import Entry
from knowledge.entry_store import load_entries_with_areas
from knowledge.evidence.clauses import Clause, Placed, marks_of, read_clauses
from knowledge.evidence.figures import Figure
from knowledge.knowledge import Knowledge, NoIndexError
from knowledge.snapshot import document_standing, entry_standing
from places.gazetteer import Gazetteer
from storage.store import Store

_LOOKED_AT: Final = 30
_FOUND: Final = 500
_SAME_SUBJECT: Final = 0.5
_SAME_TOPIC: Final = 3


class Where(StrEnum):
    """For which place a rule holds, beside the entry's."""

    HERE = "here"
    WIDER = "wider"
    """A place that holds the entry's: the province, the nation."""
    NARROWER = "narrower"
    """A part of the entry's place."""


@dataclass(frozen=True)
class Rival:
    """A document in force, or another entry, at a place that touches the entry's; ``area`` is the code of it."""

    id: str
    title: str
    area: str
    where: Where = Where.HERE
    number: str = ""
    is_entry: bool = False


@dataclass(frozen=True)
class Conflict:
    """
    A figure of an entry beside the one that another rule in force gives.

    ``said`` is the clause of the entry, ``quote`` the words of the rival below their ``section``; ``figure`` and
    ``other`` are the two figures in their words.
    """

    said: str
    figure: str
    rival: Rival
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
    """
    Return the figures of an entry that others in force on that day give otherwise.

    Others are documents and entries of its place, of the places that hold it, and of those within it, in this order.
    """
    area = gazetteer.by_path(entry.area)
    mine = list(_figures(entry.answer.strip(), entry.question))
    if area is None or not mine:
        return ()
    on = max(day, entry.valid_from or day)
    rivals = {one.id: one for one in _rivals(store, area.code, on) if one.id != entry.id}
    queries = dict.fromkeys([entry.question, *(f"{entry.question} {one.clause.text}" for one in mine)])
    found: dict[str, list[Hit]] = {}
    for hit in _hits(knowledge, store, queries, rivals, area.code or None, on):
        found.setdefault(hit.document, []).append(hit)
    conflicts = [one for id_, hits in found.items() for one in conflicts_between(entry, rivals[id_], hits, on.year)]
    return tuple(sorted(conflicts, key=lambda one: list(Where).index(one.rival.where)))


def conflicts_between(entry: Entry, rival: Rival, passages: Sequence[Hit], year: int) -> list[Conflict]:
    """
    Return the figures of an entry that passages of one rival give otherwise for that year.

    A rival that gives the entry's figure too, and another one beside it for something else, is no conflict.
    """
    mine = _figures(entry.answer.strip(), entry.question)
    return [found for one in mine if (found := _conflict(one, rival, passages, f"@{year}")) is not None]


def _rivals(store: Store, area: str, day: date) -> Iterator[Rival]:
    """Yield the documents and entries in force on a day at places that touch an area."""
    for document in load_documents(store):
        standing = document_standing(document, {})
        where = _where(area, standing, day)
        if where is not None and standing.is_policy:
            yield Rival(document.id, document.title, document.area or "", where, document.number)
    for other, code in load_entries_with_areas(store):
        where = _where(area, entry_standing(other, code), day)
        if where is not None:
            yield Rival(other.id, other.question, code, where, is_entry=True)


def _where(area: str, standing: Standing, day: date) -> Where | None:
    """Tell how the place of what holds on a day lies to an area, None where it does not hold or is elsewhere."""
    if standing.area is None or standing.timing(day) is not Timing.IN_FORCE:
        return None
    if standing.area == area:
        return Where.HERE
    if area.startswith(standing.area):
        return Where.WIDER
    return Where.NARROWER if standing.area.startswith(area) else None


def _hits(
    knowledge: Knowledge,
    store: Store,
    queries: Iterable[str],
    rivals: Mapping[str, Rival],
    area: str | None,
    day: date,
) -> Iterator[Hit]:
    seen: set[tuple[str, str]] = set()
    for query in queries if rivals else ():
        try:
            hits = knowledge.search(store, query, as_of=day, k=_FOUND, asker=Asker.OFFICER, area=area)
        except NoIndexError:
            return
        for hit in islice((one for one in hits if one.document in rivals), _LOOKED_AT):
            if (hit.document, hit.text) not in seen:
                seen.add((hit.document, hit.text))
                yield hit


def _conflict(mine: _Stated, rival: Rival, passages: Sequence[Hit], year: str) -> Conflict | None:
    """Return the figure of a rival for the same thing, where it nowhere gives the entry's."""
    others = []
    for hit in passages:
        for other in _figures(hit.text, f"{rival.title} {hit.section}"):
            if not _same_thing(mine, other, year):
                continue
            if not _at_odds(mine.figure, other.figure):
                return None
            others.append((len(mine.subject & other.subject) + len(mine.topic & other.topic), hit, other))
    if not others:
        return None
    _, hit, other = max(others, key=lambda one: one[0])
    return Conflict(mine.clause.text, mine.figure.words, rival, hit.section, hit.text, other.figure.words)


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
