"""Every passage index finds the nearest vectors among the allowed rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from knowledge.chroma import ChromaIndex, build_chroma
from knowledge.dense import ExactIndex, PassageIndex
from knowledge.embedder import Vectors

Make = Callable[[Vectors], PassageIndex]


@pytest.fixture(params=["exact", "chroma"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    if request.param == "exact":
        return ExactIndex

    def chroma(vectors: Vectors) -> PassageIndex:
        build_chroma(tmp_path / "chroma", vectors)
        return ChromaIndex(tmp_path / "chroma")

    return chroma


def unit_vectors(count: int, seed: int = 7) -> Vectors:
    drawn = np.random.default_rng(seed).normal(size=(count, 24)).astype(np.float32)
    normal: Vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return normal


def truth(vectors: Vectors, query: np.ndarray, k: int, allowed: np.ndarray) -> list[int]:
    scores = np.where(allowed, vectors @ query, -np.inf)
    return [int(row) for row in np.argsort(-scores)[: min(k, int(allowed.sum()))]]


def test_the_nearest_rows_come_first_with_their_dot_products(make: Make) -> None:
    vectors, queries = unit_vectors(300), unit_vectors(5, seed=8)
    index = make(vectors)
    for query in queries:
        found = index.search(query, k=10)
        assert found.rows.tolist() == truth(vectors, query, 10, np.ones(300, bool))
        assert np.allclose(found.scores, vectors[found.rows] @ query, atol=1e-5)


def test_only_allowed_rows_are_found_however_narrow_the_mask(make: Make) -> None:
    vectors, query = unit_vectors(300), unit_vectors(1, seed=9)[0]
    index = make(vectors)
    for allowed_rows in ([299], list(range(0, 300, 50)), list(range(150))):
        allowed = np.zeros(300, bool)
        allowed[allowed_rows] = True
        found = index.search(query, k=10, allowed=allowed)
        assert found.rows.tolist() == truth(vectors, query, 10, allowed)


def test_nothing_is_found_where_nothing_is_allowed(make: Make) -> None:
    vectors, query = unit_vectors(20), unit_vectors(1, seed=9)[0]
    assert make(vectors).search(query, k=5, allowed=np.zeros(20, bool)).rows.tolist() == []


def test_asking_for_more_than_there_is_gives_all(make: Make) -> None:
    vectors, query = unit_vectors(7), unit_vectors(1, seed=9)[0]
    assert sorted(make(vectors).search(query, k=50).rows.tolist()) == list(range(7))


def test_two_generations_of_chroma_stay_apart_when_one_is_closed(tmp_path: Path) -> None:
    old, new = unit_vectors(30, seed=1), unit_vectors(40, seed=2)
    build_chroma(tmp_path / "1", old)
    build_chroma(tmp_path / "2", new)
    first, second = ChromaIndex(tmp_path / "1"), ChromaIndex(tmp_path / "2")
    first.close()
    assert second.search(new[35], k=1).rows.tolist() == [35]
