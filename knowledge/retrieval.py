"""Finding candidates for a question: lexical and dense together, only among what the asker may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.applicability import Nearness, Standing, Timing
from knowledge.dense import Mask, Ranking, best
from knowledge.embedder import Embedder, Vectors
from knowledge.fusion import DEPTH, pool, standardised
from knowledge.lexical import Scores
from knowledge.lexicon import Lexicon
from knowledge.ranking import Ranker
from knowledge.search import Search
from knowledge.snapshot import Snapshot
from knowledge.spelling import Spelled
from knowledge.traits import Matrix, Own, Rows, weigh
from knowledge.units import RowKind
from language.normalise import normalise

# A unit has up to ten rows (question, variants, answer): this many rows hold enough different units.
_ROWS = 6 * DEPTH
_WEIGHT_OF_EXPANSION = 0.25
_AS_NEAR = 0.03
_SPOKEN_OF = 0.3
# Of 1,158 questions to learn from some 190 lie beyond it: 2 have an answer, and of 5 that were answered none was right.
_CLEARLY = 0.01
# In units of the ranker's score, where a clear lead is 2 or more. Set, not fitted: no bundled document is local.
_LOCAL = {Nearness.PROVINCE: 0.4, Nearness.CITY: 0.8, Nearness.COUNTY: 1.5}


@dataclass(frozen=True)
class Candidate:
    """
    A found unit, named by its place in the snapshot's ``units``.

    ``score`` is the ranker's, ``traits`` what it was made of (``traits.TRAITS``); ``local`` is in it for a document
    of the asker's own place. ``row`` is the unit's row nearest in meaning, ``nearness`` the greatest cosine of its rows
    to the question's own words, without those before it and those that the lexicon adds.
    """

    unit: int
    row: int
    score: float
    traits: tuple[float, ...]
    local: float = 0.0
    nearness: float = 0.0


@dataclass(frozen=True)
class Untold:
    """
    The subject nearest to the question of those that nothing here tells of.

    ``nearness`` is its cosine to the question's own words, as a candidate's is; ``shared`` which share of these words,
    weighed by rarity, one of its wordings has, and ``cover`` the greatest such share of any subject's wording.
    """

    name: str
    nearness: float
    shared: float
    cover: float


@dataclass(frozen=True)
class Rival:
    """What a question leads to when it is taken the other way, on its own or behind what was said before it."""

    candidate: Candidate
    confidence: float


@dataclass(frozen=True)
class Found:
    """
    The candidates for a search, best first, in one snapshot. ``spelled`` is the question as it was read.

    ``rival`` is there where the other way to take the question leads to another subject.
    """

    snapshot: Snapshot
    search: Search
    spelled: Spelled
    candidates: tuple[Candidate, ...] = ()
    untold: Untold | None = None
    rival: Rival | None = None

    @property
    def text(self) -> str:
        """Return the normalised question."""
        return self.spelled.mended

    def standing(self, candidate: Candidate) -> Standing:
        """Return what is known of a candidate's unit."""
        standing = self.snapshot.standings[candidate.unit]
        assert standing is not None, "units that left the store are masked"
        return standing

    def subject(self, candidate: Candidate) -> str:
        """Return what a candidate belongs to: others of the same topic or document do not speak against it."""
        standing = self.standing(candidate)
        return standing.topic or standing.document or self.snapshot.units[candidate.unit]

    @property
    def asks_untold(self) -> str | None:
        """
        Return the subject that nothing here tells of, where it is nearer to the question than all that was found.

        It is named to the asker, so it must share words with what he said: a house on fire is near to funerals.
        """
        return self.untold.name if self.untold is not None and self._untold_lead > 0 else None

    @property
    def asks_only_untold(self) -> str | None:
        """Return that subject where nothing found comes near it and nothing was said before: there is no answer."""
        return self.asks_untold if self._untold_lead > _CLEARLY and not self.search.follows else None

    @property
    def _untold_lead(self) -> float:
        """Return how much nearer to the question than all that was found a subject is that shares words with it."""
        if self.untold is None or self.untold.shared < _SPOKEN_OF:
            return -1.0
        return self.untold.nearness - max((one.nearness for one in self.candidates), default=-1.0)

    def is_passage(self, candidate: Candidate) -> bool:
        """Tell whether a candidate is a piece of a document."""
        return self.snapshot.rows[candidate.row].kind is RowKind.PASSAGE


def _local(standing: Standing | None, search: Search) -> float:
    """Return what speaks for a document of the asker's own place over a rule of a wider one that says as much."""
    if standing is None or not standing.is_policy or standing.timing(search.as_of) is not Timing.IN_FORCE:
        return 0.0
    return _LOCAL.get(min(standing.nearness(search.area), Nearness.COUNTY), 0.0)


class Retriever:
    """Searches snapshots with one embedder and one lexicon; threads may share it."""

    def __init__(self, embedder: Embedder, lexicon: Lexicon) -> None:
        self.embedder = embedder
        self._lexicon = lexicon

    def read(self, snapshot: Snapshot, text: str) -> Spelled:
        """Return a question as it was probably meant."""
        return snapshot.speller.mend(normalise(text), self._lexicon.plain, self._lexicon.officials())

    def bridge(self, spelled: Spelled) -> tuple[str, ...]:
        """Return the official terms that are looked for beside the question's own words."""
        return self._lexicon.expand(" ".join(spelled.forms))

    def find(self, snapshot: Snapshot, search: Search, ranker: Ranker, *, hidden: Mask | None = None) -> Found:
        """
        Return the candidates for a search, best first; none when nothing fits or nothing may be shown.

        ``hidden`` are rows that are to be left out: fitting asks for what it hides.
        """
        spelled = self.read(snapshot, search.text)
        found = Found(snapshot, search, spelled)
        allowed = snapshot.shown(search.asker, search.as_of)
        if hidden is not None:
            allowed = allowed & ~hidden
        if not spelled.text or not allowed.any():
            return found
        terms = self.bridge(spelled)
        vectors = self.embedder.embed_queries([" ".join((form, *terms)) for form in spelled.forms])
        scores = np.max([_lexical_scores(snapshot, form, terms) for form in spelled.forms], axis=0)
        dense = _nearest(snapshot, vectors, allowed)
        lexical = best(scores, k=_ROWS, allowed=allowed & (scores > 0))
        units = np.union1d(snapshot.groups[dense], snapshot.groups[lexical.rows])
        rows = _rows_of(snapshot, units, allowed, vectors, scores)
        said = self.read(snapshot, search.own).mended if search.own else spelled.mended
        meaning = self.embedder.embed_queries([said])[0] if search.own or terms else vectors[-1]
        own = Own(said, np.asarray(snapshot.vectors[rows.rows] @ meaning, np.float32))
        traits = weigh(snapshot, search, spelled.forms, rows, _parts(rows), own if search.own else None)
        candidates = tuple(_candidates(snapshot, search, rows, traits, own, ranker))
        return Found(snapshot, search, spelled, candidates, _untold(snapshot, said, meaning))


def _untold(snapshot: Snapshot, said: str, meaning: Vectors) -> Untold | None:
    """Return the nearest subject that nothing tells of; of those about as near the one that is called by its name."""
    if not len(snapshot.untold):
        return None
    units = snapshot.untold_subjects
    nearness = snapshot.untold_vectors @ meaning
    order = np.argsort(-nearness, kind="stable")
    greatest = float(nearness[order[0]])
    near: list[str] = units[order[nearness[order] >= greatest - _AS_NEAR]].tolist()
    name = next((name for name in near if name in said), near[0])
    cover = snapshot.lexical.covers(said, snapshot.untold)
    return Untold(name, greatest, float(cover[units == name].max()), float(cover.max()))


def _nearest(snapshot: Snapshot, vectors: Vectors, allowed: Mask) -> npt.NDArray[np.int64]:
    found = [snapshot.dense.search(vector, k=_ROWS, allowed=allowed).rows for vector in vectors]
    return np.unique(np.concatenate(found))


def _lexical_scores(snapshot: Snapshot, text: str, terms: Sequence[str]) -> Scores:
    """Return the lexical score of every row; official terms from the lexicon count less than own words."""
    scores = snapshot.lexical.scores(text)
    for term in terms:
        scores = scores + np.float32(_WEIGHT_OF_EXPANSION) * snapshot.lexical.scores(term)
    return scores


def _rows_of(snapshot: Snapshot, units: npt.NDArray[np.int64], allowed: Mask, vectors: Vectors, scores: Scores) -> Rows:
    """Return the allowed rows of units with their nearness to the question."""
    order, begins = snapshot.members
    rows = np.concatenate([order[begins[unit] : begins[unit + 1]] for unit in units.tolist()])
    rows = rows[allowed[rows]]
    groups = snapshot.groups[rows]
    starts = np.flatnonzero(np.diff(groups, prepend=-1))
    cosines = np.max(snapshot.vectors[rows] @ vectors.T, axis=1)
    return Rows(rows, groups[starts], starts, np.asarray(cosines, np.float32), scores[rows])


def _parts(rows: Rows) -> Matrix:
    """Return each unit's two z-scores: by meaning and by words, over the best units of each."""
    places = np.repeat(np.arange(len(rows.units)), np.diff(np.append(rows.starts, len(rows.rows))))
    columns = []
    for values in (rows.cosines, rows.scores):
        order = np.argsort(-values, kind="stable")
        pooled = pool(Ranking(order, values[order]), places)
        columns.append(standardised(pooled, len(rows.units)))
    return np.column_stack(columns)


def _candidates(
    snapshot: Snapshot, search: Search, rows: Rows, traits: Matrix, own: Own, ranker: Ranker
) -> list[Candidate]:
    ends = np.append(rows.starts[1:], len(rows.rows))
    nearest = [
        int(rows.rows[start + np.argmax(rows.cosines[start:end])])
        for start, end in zip(rows.starts.tolist(), ends.tolist(), strict=True)
    ]
    is_passage = np.array([snapshot.rows[row].kind is RowKind.PASSAGE for row in nearest])
    local = np.array(
        [
            _local(snapshot.standings[unit], search) if passage else 0.0
            for unit, passage in zip(rows.units.tolist(), is_passage.tolist(), strict=True)
        ]
    )
    scores = ranker.score(traits, is_passage) + local
    nearness = np.maximum.reduceat(own.cosines, rows.starts)
    return [
        Candidate(
            unit=int(rows.units[place]),
            row=nearest[place],
            score=float(scores[place]),
            traits=tuple(traits[place].tolist()),
            local=float(local[place]),
            nearness=float(nearness[place]),
        )
        for place in np.argsort(-scores, kind="stable").tolist()
    ]
