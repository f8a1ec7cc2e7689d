"""What ranking and confidence are fitted on: labelled questions, and every wording that the index itself holds.

A wording is asked with its own row hidden, clean and with slips; so is each question with its whole topic hidden:
then nothing is right, however near the rest may look. And half of the topics are asked for where they stand as
passages of a document do, without the wordings, because documents are to be found as well as entries.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np

from knowledge.answer import Asker, Question
from knowledge.asking import readings, settle
from knowledge.dense import ExactIndex, Mask
from knowledge.entries import STARTER, Entry
from knowledge.generations import IndexedRow
from knowledge.indexing import embed_rows
from knowledge.lexical import build_lexical
from knowledge.noise import Noise, noisy
from knowledge.ranking import Ranker
from knowledge.retrieval import Found, Retriever
from knowledge.search import Search
from knowledge.snapshot import Snapshot
from knowledge.units import Row, RowKind, entry_rows, row_types, untold_rows
from knowledge.untold import load_subjects
from language.normalise import normalise
from places.gazetteer import Gazetteer

FOLDER = Path(__file__).parent / "calibration"
ASKED_FROM = "甘肃省/白银市/会宁县"
"""Where the bundled questions are asked, unless they say so themselves."""

_WEIGHT_OF_WORDING = 0.3
_WEIGHT_OF_SLIP = 0.15
_WEIGHT_ELSEWHERE = 0.5
_SLIPS = 10  # one wording in so many is asked with each kind of slip
_PARTNER = 3  # every so many passages hold a neighbour's answer as well


@dataclass(frozen=True)
class Labelled:
    """
    A question with the topics and entries (by id) that answer it; none when nothing in the corpus does.

    ``area`` is a path, None where none is given.
    """

    question: str
    topics: frozenset[str] = frozenset()
    entries: frozenset[str] = frozenset()
    area: str | None = ASKED_FROM
    as_of: date | None = None
    history: tuple[str, ...] = ()


@dataclass(frozen=True)
class Example:
    """
    A question asked of a snapshot, with the units that answer it. ``topic`` keeps what belongs together on one
    side of a cross-validation; ``measured`` says that it was written by a person. ``other`` is what is found when the
    question is taken the other way: by itself, or behind the one before it. ``taught``: it was written to teach, and
    is not like what is asked.
    """

    found: Found
    right: frozenset[int]
    topic: str
    weight: float
    measured: bool = False
    other: Found | None = None
    taught: bool = False

    @property
    def readings(self) -> tuple[Example, ...]:
        """Return the example once for each way to take its question."""
        if self.other is None:
            return (self,)
        return replace(self, other=None), replace(self, found=self.other, other=None)

    def without_right(self) -> Example:
        """Return the example as it would be if the corpus had no answer."""
        gone = {self.found.subject(one) for one in self.found.candidates if one.unit in self.right}
        kept = tuple(one for one in self.found.candidates if self.found.subject(one) not in gone)
        return replace(self, found=replace(self.found, candidates=kept), right=frozenset(), measured=False)


@dataclass(frozen=True)
class Trainer:
    """Asks questions of one corpus. ``as_of`` is the day of questions that name none."""

    retriever: Retriever
    gazetteer: Gazetteer
    entries: Sequence[Entry]
    ranker: Ranker
    as_of: date

    def labelled(self, snapshot: Snapshot, questions: Sequence[Labelled]) -> Iterator[Example]:
        """Yield the questions that people wrote."""
        for one in questions:
            found = [self._find(snapshot, way) for way in readings(self._question(one), self.gazetteer, snapshot.areas)]
            right = self._units(snapshot, one.topics, one.entries)
            names = one.topics | one.entries
            topic = min((self._topics.get(name, name) for name in names), default=one.question)
            other = found[1] if len(found) > 1 else None
            yield Example(found[0], right, topic, weight=1.0, measured=True, other=other)

    def unmeasured(self, snapshot: Snapshot, questions: Sequence[Labelled]) -> Iterator[Example]:
        """Yield the same questions where the corpus is not as it really is: to fit on, not to measure on."""
        for example in self.labelled(snapshot, questions):
            yield replace(example, weight=_WEIGHT_ELSEWHERE, measured=False)

    def wordings(self, snapshot: Snapshot, *, every: int = 1) -> Iterator[Example]:
        """Yield (one in so many of) the entries' wordings, each asked with its own row hidden, some with slips."""
        texts = [row for entry in self.entries for row in entry_rows(entry) if row.kind is RowKind.QUESTION]
        held = {(row.unit, row.key): place for place, row in enumerate(snapshot.rows)}
        for number, row in list(enumerate(texts))[::every]:
            place = held.get((row.unit, row.key))
            hidden = np.zeros(len(snapshot.rows), np.bool_)
            if place is not None:
                hidden[place] = True
            yield self._wording(snapshot, row, row.text, hidden, _WEIGHT_OF_WORDING)
            noise = list(Noise)[number % _SLIPS] if number % _SLIPS < len(Noise) else None
            if noise is not None:
                yield self._wording(snapshot, row, noisy(row.text, noise, "fit"), hidden, _WEIGHT_OF_SLIP)

    def as_passages(self, snapshot: Snapshot) -> Snapshot:
        """Return the snapshot with half of its topics turned into passages of a document."""
        known = dict(zip(snapshot.units, snapshot.standings, strict=True))
        rows = [
            row
            for place, entry in enumerate(self.entries)
            for row in ([self._passage(place)] if _is_turned(entry) else entry_rows(entry))
        ]
        rows.extend(untold_rows(load_subjects(STARTER), (entry.question for entry in self.entries)))
        embedded = {row.key: place for place, row in enumerate(snapshot.rows)}
        vectors = np.zeros((len(rows), snapshot.vectors.shape[1]), np.float32)
        new = [place for place, row in enumerate(rows) if row.key not in embedded]
        vectors[new] = embed_rows(self.retriever.embedder, [rows[place].text for place in new])
        for place, row in enumerate(rows):
            if row.key in embedded:
                vectors[place] = snapshot.vectors[embedded[row.key]]
        units = tuple(dict.fromkeys(row.unit for row in rows))
        places = {unit: place for place, unit in enumerate(units)}
        return Snapshot(
            generation=snapshot.generation,
            rows=tuple(IndexedRow(row.unit, row.kind, row.key) for row in rows),
            units=units,
            groups=np.array([places[row.unit] for row in rows], np.int64),
            standings=tuple(known.get(unit) for unit in units),
            vectors=vectors,
            lexical=build_lexical(row.text for row in rows),
            dense=ExactIndex(vectors),
            types=row_types(rows),
        )

    def _passage(self, place: int) -> Row:
        """Return an entry as a passage: below its group's name, below its question or not, alone or not."""
        entry = self.entries[place]
        lines = [entry.group]
        if place % 2:
            lines.append(entry.question)
        lines.append(entry.answer)
        if place % _PARTNER == 0 and place + 1 < len(self.entries):
            lines.append(self.entries[place + 1].answer)
        return Row(entry.id, RowKind.PASSAGE, "\n".join(map(normalise, lines)))

    def _wording(self, snapshot: Snapshot, row: Row, text: str, hidden: Mask, weight: float) -> Example:
        search = settle(Question(text, self.as_of, None, Asker.OFFICER), self.gazetteer, snapshot.areas)
        topic = self._topics[row.unit]
        right = self._units(snapshot, frozenset({topic}))
        return Example(self._find(snapshot, search, hidden), right, topic, weight)

    def _question(self, one: Labelled) -> Question:
        area = self.gazetteer.by_path(one.area) if one.area else None
        return Question(one.question, one.as_of or self.as_of, area.code if area else None, Asker.OFFICER, one.history)

    def _find(self, snapshot: Snapshot, search: Search, hidden: Mask | None = None) -> Found:
        return self.retriever.find(snapshot, search, self.ranker, hidden=hidden)

    def _units(
        self, snapshot: Snapshot, topics: frozenset[str], entries: frozenset[str] = frozenset()
    ) -> frozenset[int]:
        wanted = {entry.id for entry in self.entries if entry.topic in topics or entry.id in topics | entries}
        return frozenset(place for place, unit in enumerate(snapshot.units) if unit in wanted)

    @cached_property
    def _topics(self) -> dict[str, str]:
        return {entry.id: entry.topic for entry in self.entries}


def read_labelled(path: Path) -> list[Labelled]:
    """
    Read a file of labelled questions: one JSON object with ``question`` and ``topics`` a line.

    It may name the ``area`` (null: none is given), and in ``history`` the messages before it, oldest first.
    """
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Labelled(
            line["question"],
            frozenset(line["topics"]),
            area=line.get("area", ASKED_FROM),
            history=tuple(line.get("history", ())),
        )
        for line in lines
    ]


def part_of(topic: str, parts: int) -> int:
    """Return which part of a cross-validation a topic belongs to."""
    return hashlib.sha256(topic.encode()).digest()[1] % parts


def _is_turned(entry: Entry) -> bool:
    return hashlib.sha256(entry.topic.encode()).digest()[2] % 2 == 0
