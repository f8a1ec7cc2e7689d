"""Fusing two rankings, and pooling the rows of a unit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dense import Ranking, best
from knowledge.fusion import pool, reciprocal_rank, standardised


def ranking(scores: dict[int, float]) -> Ranking:
    rows = sorted(scores, key=lambda row: -scores[row])
    return Ranking(np.array(rows, np.int64), np.array([scores[row] for row in rows], np.float32))


def test_scores_become_distances_from_the_mean_of_the_best() -> None:
    assert standardised(ranking({0: 3.0, 1: 2.0, 2: 1.0}), 3).tolist() == pytest.approx([1.2247, 0, -1.2247], abs=1e-3)


def test_what_is_not_among_the_best_gets_the_lowest() -> None:
    scaled = standardised(ranking({0: 3.0, 1: 2.0, 2: 1.0}), 4, depth=2)
    assert scaled[2] == scaled[3] == scaled.min()


def test_nothing_found_says_nothing() -> None:
    assert standardised(ranking({}), 3).tolist() == [0, 0, 0]


def test_a_unit_scores_by_the_mean_of_its_two_best_rows() -> None:
    groups = np.array([0, 0, 0, 1])
    pooled = pool(ranking({0: 4.0, 1: 2.0, 2: 0.0, 3: 3.5}), groups)
    assert dict(zip(pooled.rows.tolist(), pooled.scores.tolist(), strict=True)) == {0: 3.0, 1: 3.5}


def test_reciprocal_ranks_favour_what_both_lists_hold() -> None:
    assert reciprocal_rank(ranking({1: 9.0, 2: 8.0}), ranking({3: 9.0, 2: 8.0})).rows.tolist()[0] == 2


@given(st.lists(st.floats(-5, 5, width=16), min_size=1, max_size=40))
def test_scaling_keeps_the_order_of_the_best(scores: list[float]) -> None:
    scaled = standardised(ranking(dict(enumerate(scores))), len(scores))
    assert np.isfinite(scaled).all()
    order = sorted(range(len(scores)), key=lambda row: -scores[row])
    assert (np.diff(scaled[order]) <= 1e-6).all()


@given(st.lists(st.floats(-5, 5, width=32), max_size=40), st.integers(0, 45), st.data())
def test_the_best_rows_are_those_of_a_full_sort(scores: list[float], k: int, data: st.DataObject) -> None:
    allowed = np.array(data.draw(st.lists(st.booleans(), min_size=len(scores), max_size=len(scores))), np.bool_)
    array = np.array(scores, np.float32)
    found = best(array, k=k, allowed=allowed)
    expected = sorted((row for row in range(len(scores)) if allowed[row]), key=lambda row: (-array[row], row))[:k]
    assert [float(array[row]) for row in found.rows] == [float(array[row]) for row in expected]
