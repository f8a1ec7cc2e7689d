"""Figures of a benchmark by hand, and datasets that cannot be used."""

from __future__ import annotations

import json
from math import log2
from pathlib import Path

import pytest

from knowledge.benchmark import Dataset, DatasetError, measure, measure_recipes, read_dataset
from knowledge.ranking import plain_ranker
from tests.knowledge.hashing_embedder import HashingEmbedder

DATASET = {
    "passages": ["低保由乡镇受理", "公示不少于5天", "助学贷款每年最高2万元", "雨露计划每学年3000元"],
    "titles": ["低保", "", "", ""],
    "queries": ["公示几天", "助学贷款一年多少"],
    "qrels": [[1], [2, 3]],
}


def test_figures_follow_their_definitions() -> None:
    dataset = Dataset(("a", "b", "c"), ("", "", ""), ("一", "二"), (frozenset({2}), frozenset({0, 1})))
    ranked = {"一": [0, 2, 1], "二": [0, 2, 1]}
    metrics = measure(dataset, lambda query: ranked[query])
    assert metrics.recall_1 == pytest.approx(100 * (0 + 0.5) / 2)
    assert metrics.recall_5 == pytest.approx(100)
    assert metrics.mrr_10 == pytest.approx(100 * (0.5 + 1) / 2)
    second = (1 + 1 / log2(4)) / (1 + 1 / log2(3))
    assert metrics.ndcg_10 == pytest.approx(100 * (1 / log2(3) + second) / 2)


def test_only_the_first_ten_count() -> None:
    dataset = Dataset(tuple("abcdefghijkl"), ("",) * 12, ("一",), (frozenset({11}),))
    metrics = measure(dataset, lambda _query: list(range(12)))
    assert (metrics.recall_10, metrics.mrr_10, metrics.ndcg_10) == (0, 0, 0)


@pytest.mark.parametrize("exact_limit", [100, 1])
def test_every_recipe_finds_what_shares_its_words(tmp_path: Path, exact_limit: int) -> None:
    path = tmp_path / "set.json"
    path.write_text(json.dumps(DATASET), encoding="utf-8")
    embedder = HashingEmbedder()
    (tmp_path / "index").mkdir()
    figures = measure_recipes(
        read_dataset(path),
        plain_ranker(0.5),
        embedder,
        tmp_path / "index",
        exact_limit=exact_limit,
    )
    assert list(figures) == ["BM25", "dense", "RRF60", "langchain + Chroma", "bangfu"]
    assert all(metrics.recall_1 == 75 for metrics in figures.values())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"qrels": [[1]]}, "qrels"),
        ({"qrels": [[1], [9]]}, "序号"),
        ({"qrels": [[1], []]}, "至少"),
        ({"titles": ["一"]}, "titles"),
        ({"queries": None}, "queries"),
    ],
)
def test_a_dataset_that_does_not_fit_together_is_refused(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    path = tmp_path / "set.json"
    path.write_text(json.dumps(DATASET | change), encoding="utf-8")
    with pytest.raises(DatasetError, match=message):
        read_dataset(path)


def test_a_file_that_is_no_dataset_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(DatasetError, match=r"set\.json"):
        read_dataset(path)
