"""Two rankings made one: scores brought to a common scale, then weighed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from knowledge.dense import Ranking

DEPTH = 50
"""How many of each ranking take part."""

POOLED = 2
"""How many rows of a unit count: chosen on ``calibration/tune.jsonl`` (one row finds 5 of 100 topics fewer)."""


def fuse(dense: Ranking, lexical: Ranking, *, dense_weight: float, depth: int = DEPTH) -> Ranking:
    """
    Merge two rankings by z-score: each list's scores minus their mean, over their deviation.

    Takes the union of both tops; what one list lacks counts as that list's lowest. With one list empty the
    other decides alone.
    """
    scales = [
        (_standardised(ranking, depth), weight)
        for ranking, weight in ((dense, dense_weight), (lexical, 1 - dense_weight))
        if len(ranking.rows)
    ]
    fused: dict[int, float] = {}
    for scale, weight in scales:
        lowest = min(scale.values())
        for row in set().union(*(other for other, _ in scales)):
            fused[row] = fused.get(row, 0.0) + weight * scale.get(row, lowest)
    return _ranked(fused)


def reciprocal_rank(dense: Ranking, lexical: Ranking, *, constant: int = 60, depth: int = 100) -> Ranking:
    """Merge two rankings by reciprocal ranks: the plain recipe that ``fuse`` is compared with."""
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


def _standardised(ranking: Ranking, depth: int) -> dict[int, float]:
    scores = ranking.scores[:depth].astype(np.float64)
    scaled = (scores - scores.mean()) / (scores.std() + 1e-9)
    return dict(zip(ranking.rows[:depth].tolist(), scaled.tolist(), strict=True))


def _ranked(scores: dict[int, float]) -> Ranking:
    order = sorted(scores, key=lambda row: (-scores[row], row))
    return Ranking(np.array(order, np.int64), np.array([scores[row] for row in order], np.float32))
