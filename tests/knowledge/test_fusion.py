"""Fusing two rankings, and pooling the rows of a unit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dense import Ranking, best
from knowledge.fusion import fuse, pool, reciprocal_rank


def ranking(scores: dict[int, float]) -> Ranking:
    rows = sorted(scores, key=lambda row: -scores[row])
    return Ranking(np.array(rows, np.int64), np.array([scores[row] for row in rows], np.float32))


def test_scores_of_different_scales_weigh_the_same() -> None:
    dense = ranking({1: 0.90, 2: 0.88, 3: 0.80})
    lexical = ranking({3: 30.0, 2: 29.0, 1: 5.0})
    assert fuse(dense, lexical, dense_weight=0.5).rows.tolist()[0] == 2


def test_what_one_list_lacks_counts_as_its_lowest() -> None:
    fused = fuse(ranking({1: 1.0, 2: 0.0}), ranking({3: 1.0, 2: 0.0}), dense_weight=0.5)
    assert fused.scores[fused.rows.tolist().index(1)] == pytest.approx(0.0, abs=1e-6)
    assert fused.rows.tolist()[-1] == 2


@pytest.mark.parametrize("weight", [0.0, 1.0])
def test_all_weight_on_one_list_gives_its_order(weight: float) -> None:
    dense, lexical = ranking({1: 3.0, 2: 2.0, 3: 1.0}), ranking({3: 3.0, 2: 2.0, 1: 1.0})
    assert fuse(dense, lexical, dense_weight=weight).rows.tolist() == ([1, 2, 3] if weight else [3, 2, 1])


def test_an_empty_list_leaves_the_other_to_decide() -> None:
    assert fuse(ranking({1: 2.0, 2: 1.0}), ranking({}), dense_weight=0.5).rows.tolist() == [1, 2]
    assert fuse(ranking({}), ranking({}), dense_weight=0.5).rows.tolist() == []


def test_only_the_top_takes_part() -> None:
    fused = fuse(ranking({1: 3.0, 2: 2.0, 3: 1.0}), ranking({1: 1.0}), dense_weight=0.5, depth=2)
    assert 3 not in fused.rows.tolist()


def test_a_unit_scores_by_the_mean_of_its_two_best_rows() -> None:
    groups = np.array([0, 0, 0, 1])
    pooled = pool(ranking({0: 4.0, 1: 2.0, 2: 0.0, 3: 3.5}), groups)
    assert dict(zip(pooled.rows.tolist(), pooled.scores.tolist(), strict=True)) == {0: 3.0, 1: 3.5}


def test_reciprocal_ranks_favour_what_both_lists_hold() -> None:
    assert reciprocal_rank(ranking({1: 9.0, 2: 8.0}), ranking({3: 9.0, 2: 8.0})).rows.tolist()[0] == 2


@given(
    st.dictionaries(st.integers(0, 30), st.floats(-5, 5), min_size=1),
    st.dictionaries(st.integers(0, 30), st.floats(-5, 5)),
)
def test_fusion_keeps_every_row_of_both_tops_once(dense: dict[int, float], lexical: dict[int, float]) -> None:
    fused = fuse(ranking(dense), ranking(lexical), dense_weight=0.5)
    assert sorted(fused.rows.tolist()) == sorted(dense.keys() | lexical.keys())
    assert np.isfinite(fused.scores).all()
    assert (np.diff(fused.scores) <= 1e-6).all()


@given(st.lists(st.floats(-5, 5, width=32), max_size=40), st.integers(0, 45), st.data())
def test_the_best_rows_are_those_of_a_full_sort(scores: list[float], k: int, data: st.DataObject) -> None:
    allowed = np.array(data.draw(st.lists(st.booleans(), min_size=len(scores), max_size=len(scores))), np.bool_)
    array = np.array(scores, np.float32)
    found = best(array, k=k, allowed=allowed)
    expected = sorted((row for row in range(len(scores)) if allowed[row]), key=lambda row: (-array[row], row))[:k]
    assert [float(array[row]) for row in found.rows] == [float(array[row]) for row in expected]
