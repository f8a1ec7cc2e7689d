"""Scores of different kinds brought to a common scale, and rankings made one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from knowledge.dense import Ranking

DEPTH = 50
"""How many of each ranking take part."""

POOLED = 2
"""How many rows of a unit count: chosen on ``calibration/tune.jsonl`` (one row finds 5 of 100 topics fewer)."""


def reciprocal_rank(dense: Ranking, lexical: Ranking, *, constant: int = 60, depth: int = 100) -> Ranking:
    """Merge two rankings by reciprocal ranks: the plain recipe that ours is compared with."""
    fused: dict[int, float] = {}
    for ranking in (dense, lexical):
        for place, row in enumerate(ranking.rows[:depth].tolist(), start=1):
            fused[row] = fused.get(row, 0.0) + 1 / (constant + place)
    return _ranked(fused)


def pool(rows: Ranking, groups: npt.NDArray[np.int64], *, best_of: int = POOLED) -> Ranking:
    """
    Rank groups by the mean of each one's ``best_of`` best rows (of all it has, where it has fewer).

    An entry that is near in one of its wordings *and* in its answer is nearer than one that is near by chance.
    """
    grouped = groups[rows.rows]
    order = np.lexsort((-rows.scores, grouped))
    grouped, scores = grouped[order], rows.scores[order]
    names, starts, sizes = np.unique(grouped, return_index=True, return_counts=True)
    place = np.arange(len(grouped)) - np.repeat(starts, sizes)
    counted = place < best_of
    totals = np.add.reduceat(np.where(counted, scores, 0.0), starts) if len(names) else np.zeros(0)
    means = (totals / np.minimum(sizes, best_of)).astype(np.float32)
    ranking = np.lexsort((names, -means))
    return Ranking(names[ranking], means[ranking])


def standardised(ranking: Ranking, size: int, depth: int = DEPTH) -> npt.NDArray[np.float64]:
    """
    Return a z-score for each of ``size`` rows: its score less the mean of the best ``depth``, over their deviation.

    Rows that are not among these get the lowest.
    """
    scores = ranking.scores[:depth].astype(np.float64)
    if not len(scores):
        return np.zeros(size)
    scaled = (scores - scores.mean()) / (scores.std() + 1e-9)
    found = np.full(size, scaled.min())
    found[ranking.rows[:depth]] = scaled
    return found


def _ranked(scores: dict[int, float]) -> Ranking:
    order = sorted(scores, key=lambda row: (-scores[row], row))
    return Ranking(np.array(order, np.int64), np.array([scores[row] for row in order], np.float32))
