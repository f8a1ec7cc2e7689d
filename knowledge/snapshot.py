"""A generation opened for reading: its indexes, and what may be shown of it to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from knowledge.answer import Asker
from knowledge.applicability import Standing, Timing
from knowledge.dense import Mask, PassageIndex, open_index
from knowledge.documents import Document, load_documents
from knowledge.embedder import Vectors
from knowledge.entries import Entry
from knowledge.entry_store import load_entries_with_areas
from knowledge.generations import Generation, IndexedRow, generation_folder, load_indexed_rows
from knowledge.indexing import CHROMA_FOLDER, LEXICAL_FOLDER, TYPES_FILE, VECTORS_FILE
from knowledge.lexical import LexicalIndex, load_lexical
from knowledge.spelling import Speller
from knowledge.standing import Authority
from knowledge.units import RowKind
from storage.store import Store


@dataclass(frozen=True)
class Snapshot:
    """
    One generation in memory; safe to share between threads.

    ``units`` are the ids that rows find, ``groups`` gives each row's place in ``units``, ``standings`` what is
    known of each unit, None when it left the store since the index was built. ``types`` are the sorts of things
    that each row asks and gives (``units.row_types``).
    """

    generation: Generation
    rows: tuple[IndexedRow, ...]
    units: tuple[str, ...]
    groups: npt.NDArray[np.int64]
    standings: tuple[Standing | None, ...]
    vectors: Vectors
    lexical: LexicalIndex
    dense: PassageIndex
    types: npt.NDArray[np.uint16]

    @property
    def asks(self) -> npt.NDArray[np.uint16]:
        """Return for each row the bits of what it asks; 0 where it is no question."""
        return self.types[:, 0]

    @property
    def gives(self) -> npt.NDArray[np.uint16]:
        """Return for each row the bits of what it gives."""
        return self.types[:, 1]

    @cached_property
    def row_weights(self) -> npt.NDArray[np.float32]:
        """Return how much each row says: the rarity of its terms, summed."""
        return self.lexical.row_weights()

    @cached_property
    def speller(self) -> Speller:
        """Return what mends questions by the words of this generation."""
        return Speller(self.lexical)

    @cached_property
    def members(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return the rows ordered by unit, and where each unit's begin."""
        order = np.argsort(self.groups, kind="stable")
        return order, np.searchsorted(self.groups[order], np.arange(len(self.units) + 1))

    @cached_property
    def untold(self) -> npt.NDArray[np.int64]:
        """Return the rows that ask about what nothing here tells."""
        return np.flatnonzero([row.kind is RowKind.UNTOLD for row in self.rows])

    @cached_property
    def untold_vectors(self) -> Vectors:
        """Return the vectors of these rows."""
        return self.vectors[self.untold]

    @cached_property
    def untold_subjects(self) -> npt.NDArray[np.str_]:
        """Return for each of these rows the subject that it asks about."""
        return np.array([self.rows[row].unit for row in self.untold.tolist()], np.str_)

    def shown(self, asker: Asker, as_of: date) -> Mask:
        """Return which rows may be found by an asker on a day: his audience, and already in force."""
        allowed = np.fromiter(
            (
                standing is not None and standing.may_be_seen_by(asker) and standing.timing(as_of) is not Timing.NOT_YET
                for standing in self.standings
            ),
            np.bool_,
            len(self.standings),
        )
        return allowed[self.groups]

    @cached_property
    def areas(self) -> frozenset[str]:
        """Return the areas below the nation that something here holds for."""
        return frozenset(standing.area for standing in self.standings if standing is not None and standing.area)

    @cached_property
    def topics(self) -> Mapping[str, tuple[int, ...]]:
        """Return the units of each topic."""
        found: dict[str, list[int]] = {}
        for place, standing in enumerate(self.standings):
            if standing is not None and standing.topic is not None:
                found.setdefault(standing.topic, []).append(place)
        return {topic: tuple(places) for topic, places in found.items()}


def open_snapshot(store: Store, generation: Generation, *, exact_limit: int) -> Snapshot:
    """
    Open a generation; Chroma searches it when it has more than ``exact_limit`` rows.

    Raises:
        FileNotFoundError: If the generation's folder is gone.
    """
    folder = generation_folder(store.data_dir, generation.number)
    rows = tuple(load_indexed_rows(store, generation.number))
    units = tuple(dict.fromkeys(row.unit for row in rows))
    places = {unit: place for place, unit in enumerate(units)}
    standings = _standings(store)
    vectors = np.load(folder / VECTORS_FILE, mmap_mode="r")
    return Snapshot(
        generation=generation,
        rows=rows,
        units=units,
        groups=np.fromiter((places[row.unit] for row in rows), np.int64, len(rows)),
        standings=tuple(standings.get(unit) for unit in units),
        vectors=vectors,
        lexical=load_lexical(folder / LEXICAL_FOLDER),
        dense=open_index(folder / CHROMA_FOLDER, vectors, exact_limit=exact_limit),
        types=np.load(folder / TYPES_FILE),
    )


def _standings(store: Store) -> dict[str, Standing]:
    """Return the standing of every entry and of every passage of a document in use."""
    documents = load_documents(store)
    found = {entry.id: entry_standing(entry, area) for entry, area in load_entries_with_areas(store)}
    starts = {document.id: document.valid_from or document.dated for document in documents}
    standing_of = {document.id: document_standing(document, starts) for document in documents}
    rows = store.db.execute("SELECT id, document FROM passages").fetchall()
    found.update((passage, standing_of[document]) for passage, document in rows if document in standing_of)
    return found


def entry_standing(entry: Entry, area: str) -> Standing:
    """Return an entry's standing; ``area`` is the code of its place."""
    return Standing(
        topic=entry.topic,
        document=None,
        area=area,
        audience=entry.audience,
        authority=Authority.OFFICIAL,
        kind=None,
        stage=entry.stage,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
    )


def document_standing(document: Document, starts: Mapping[str, date | None]) -> Standing:
    """
    Return a document's standing; ``starts`` says from when the documents that may replace it hold.

    A replaced document holds until the day before its successor, at the latest.
    """
    valid_to = document.valid_to
    successor = starts.get(document.replaced_by) if document.replaced_by else None
    if successor is not None:
        last = date.fromordinal(successor.toordinal() - 1)
        valid_to = last if valid_to is None else min(valid_to, last)
    return Standing(
        topic=None,
        document=document.id,
        area=document.area,
        audience=document.audience,
        authority=document.authority,
        kind=document.kind,
        stage=document.stage,
        valid_from=document.valid_from or document.dated,
        valid_to=valid_to,
    )
