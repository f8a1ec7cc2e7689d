"""Finding candidates for a question: lexical and dense together, only among what the asker may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from knowledge.answer import Asker
from knowledge.applicability import Nearness, Standing, Timing
from knowledge.dense import Ranking, best
from knowledge.embedder import Embedder
from knowledge.fusion import DEPTH, fuse, pool
from knowledge.lexical import Scores, query_terms
from knowledge.lexicon import Lexicon
from knowledge.snapshot import Snapshot
from knowledge.standing import Authority
from language.normalise import normalise

# A unit has up to ten rows (question, variants, answer): this many rows hold enough different units.
_ROWS = 6 * DEPTH
_WEIGHT_OF_EXPANSION = 0.25
_FAIR_SHARE = 0.35
# In units of the fused z-score, where the best of fifty usually lies between 2 and 4.
_PENALTY_OF_AUTHORITY = {Authority.OFFICIAL: 0.0, Authority.MEDIA: 0.15, Authority.TEMPLATE: 0.5}
_PENALTY_ELSEWHERE = 0.5
_PENALTY_ENDED = 0.25


@dataclass(frozen=True)
class Search:
    """What to find: a question's text, who asks, from where (an area code or None), and on which day."""

    text: str
    as_of: date
    asker: Asker = Asker.VILLAGER
    area: str | None = None


@dataclass(frozen=True)
class Candidate:
    """
    A found unit, named by its place in the snapshot's ``units``.

    ``fused`` is the z-score of both searches, ``score`` the same less what counts against the unit. ``row`` is
    the unit's row nearest in meaning, ``cosine`` how near it is, ``bm25`` the unit's best lexical score.
    """

    unit: int
    row: int
    score: float
    fused: float
    cosine: float
    bm25: float


@dataclass(frozen=True)
class Found:
    """The candidates for a search, best first, in one snapshot. ``text`` is the normalised question."""

    text: str
    snapshot: Snapshot
    search: Search
    candidates: tuple[Candidate, ...] = ()

    def standing(self, candidate: Candidate) -> Standing:
        """Return what is known of a candidate's unit."""
        standing = self.snapshot.standings[candidate.unit]
        assert standing is not None, "units that left the store are masked"
        return standing

    def bears_on(self, text: str) -> bool:
        """Tell whether the best candidate's own words hold a fair share of a text's telling terms."""
        if not self.candidates:
            return False
        lexical = self.snapshot.lexical
        greatest = sum(map(lexical.rarity, query_terms(text)))
        rows = self.snapshot.groups == self.candidates[0].unit
        return greatest > 0 and float(lexical.scores(text)[rows].max()) >= _FAIR_SHARE * greatest


class Retriever:
    """Searches snapshots with one embedder and one lexicon; threads may share it."""

    def __init__(self, embedder: Embedder, lexicon: Lexicon, *, dense_weight: float) -> None:
        self.embedder = embedder
        self._lexicon = lexicon
        self._dense_weight = dense_weight

    def find(self, snapshot: Snapshot, search: Search) -> Found:
        """Return the candidates for a search, best first; none when nothing fits or nothing may be shown."""
        text = normalise(search.text)
        found = Found(text, snapshot, search)
        allowed = snapshot.shown(search.asker, search.as_of)
        if not text or not allowed.any():
            return found
        terms = self._lexicon.expand(text)
        vector = self.embedder.embed_queries([" ".join((text, *terms))])[0]
        dense = snapshot.dense.search(vector, k=_ROWS, allowed=allowed)
        scores = _lexical_scores(snapshot, text, terms)
        lexical = best(scores, k=_ROWS, allowed=allowed & (scores > 0))
        units = np.union1d(snapshot.groups[dense.rows], snapshot.groups[lexical.rows])
        rows = np.flatnonzero(np.isin(snapshot.groups, units))
        cosines = np.asarray(snapshot.vectors[rows] @ vector)
        fused = fuse(
            _pooled(snapshot, dense, rows, cosines),
            _pooled(snapshot, lexical, rows, scores[rows]),
            dense_weight=self._dense_weight,
        )
        candidates = _candidates(found, fused, rows, cosines, scores[rows])
        return Found(text, snapshot, search, tuple(candidates))


def _lexical_scores(snapshot: Snapshot, text: str, terms: Sequence[str]) -> Scores:
    """Return the lexical score of every row; official terms from the lexicon count less than own words."""
    scores = snapshot.lexical.scores(text)
    for term in terms:
        scores = scores + np.float32(_WEIGHT_OF_EXPANSION) * snapshot.lexical.scores(term)
    return scores


def _pooled(snapshot: Snapshot, found: Ranking, rows: npt.NDArray[np.int64], scores: Scores) -> Ranking:
    """Rank the units that a search found, by all of their rows."""
    mine = np.isin(snapshot.groups[rows], snapshot.groups[found.rows])
    return pool(Ranking(rows[mine], scores[mine]), snapshot.groups)


def _candidates(
    found: Found, fused: Ranking, rows: npt.NDArray[np.int64], cosines: Scores, scores: Scores
) -> list[Candidate]:
    snapshot = found.snapshot
    nearest: dict[int, int] = {}
    strongest: dict[int, float] = {}
    for place in np.argsort(cosines).tolist():
        unit = int(snapshot.groups[rows[place]])
        nearest[unit] = place
        strongest[unit] = max(strongest.get(unit, 0.0), float(scores[place]))
    candidates = []
    for unit, score in zip(fused.rows.tolist(), fused.scores.tolist(), strict=True):
        standing = snapshot.standings[unit]
        assert standing is not None, "units that left the store are masked"
        place = nearest[unit]
        candidates.append(
            Candidate(
                unit=unit,
                row=int(rows[place]),
                score=score - _penalty(standing, found.search),
                fused=score,
                cosine=float(cosines[place]),
                bm25=strongest[unit],
            )
        )
    return sorted(candidates, key=lambda candidate: -candidate.score)


def _penalty(standing: Standing, search: Search) -> float:
    """Return what counts against a unit: weaker authority, another place, no longer in force."""
    penalty = _PENALTY_OF_AUTHORITY[standing.authority]
    if search.area is not None and standing.nearness(search.area) is Nearness.ELSEWHERE:
        penalty += _PENALTY_ELSEWHERE
    if standing.timing(search.as_of) is Timing.ENDED:
        penalty += _PENALTY_ENDED
    return penalty
