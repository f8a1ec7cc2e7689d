"""Measuring retrieval on a public set: our pipeline beside the plain recipes, on the same model."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from knowledge.applicability import Standing
from knowledge.chroma import build_chroma
from knowledge.dense import Ranking, best, open_index
from knowledge.embedder import Embedder
from knowledge.fusion import reciprocal_rank
from knowledge.generations import Generation, IndexedRow
from knowledge.indexing import Progress, embed_rows
from knowledge.langchain import EmbedderEmbeddings
from knowledge.lexical import build_lexical, load_lexical
from knowledge.lexicon import Lexicon
from knowledge.plain_recipe import PlainChroma
from knowledge.ranking import Ranker
from knowledge.retrieval import Retriever
from knowledge.search import Search
from knowledge.snapshot import Snapshot
from knowledge.standing import Audience, Authority, Stage
from knowledge.units import Row, RowKind, row_types
from language.normalise import normalise

OURS, LANGCHAIN = "bangfu", "langchain + Chroma"

_CUT = 10
_DEPTH = 100
_ANY_DAY = date(2026, 1, 1)


class DatasetError(ValueError):
    """A dataset file that cannot be used; the message says why, in Chinese."""


@dataclass(frozen=True)
class Dataset:
    """Passages with titles, questions, and for each question the indexes of its relevant passages."""

    passages: tuple[str, ...]
    titles: tuple[str, ...]
    queries: tuple[str, ...]
    relevant: tuple[frozenset[int], ...]


@dataclass(frozen=True)
class Metrics:
    """Means over the questions, in points of 100."""

    recall_1: float
    recall_5: float
    recall_10: float
    mrr_10: float
    ndcg_10: float


def read_dataset(path: Path) -> Dataset:
    """
    Read a dataset: JSON with ``passages``, ``titles``, ``queries`` and ``qrels`` (lists of passage indexes).

    Raises:
        DatasetError: If the file is no JSON, lacks a part, or its parts do not fit together.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        passages, queries = tuple(content["passages"]), tuple(content["queries"])
        titles = tuple(content.get("titles") or [""] * len(passages))
        relevant = tuple(frozenset(map(int, indexes)) for indexes in content["qrels"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DatasetError(f"{path}：不是评测数据（要有 passages、queries、qrels）：{error}") from error
    if len(titles) != len(passages) or len(relevant) != len(queries):
        raise DatasetError(f"{path}：titles 要和 passages 一样多，qrels 要和 queries 一样多")
    if any(not 0 <= index < len(passages) for indexes in relevant for index in indexes):
        raise DatasetError(f"{path}：qrels 里有超出 passages 的序号")
    if not all(relevant):
        raise DatasetError(f"{path}：每个问题至少要有一个相关段落")
    return Dataset(passages, titles, queries, relevant)


def measure_recipes(
    dataset: Dataset,
    ranker: Ranker,
    embedder: Embedder,
    folder: Path,
    *,
    exact_limit: int,
    progress: Progress | None = None,
) -> dict[str, Metrics]:
    """
    Index a dataset in an empty folder and return the figures of each recipe, ours last.

    All use the same model. BM25 alone, dense alone and reciprocal ranks have our texts, with their titles; langchain
    over Chroma has the passages as they are and nothing set, as the tutorials do.
    """
    # Words of villages have no place in other corpora: no lexicon.
    retriever = Retriever(embedder, Lexicon())
    snapshot = _index(dataset, embedder, folder, exact_limit=exact_limit, progress=progress)
    lexical, dense = snapshot.lexical, snapshot.dense
    plain = PlainChroma.from_texts(list(dataset.passages), EmbedderEmbeddings(embedder), folder=folder / "plain")
    tutorial = plain.as_retriever(search_kwargs={"k": _CUT})

    def by_words(query: str) -> Ranking:
        scores = lexical.scores(normalise(query))
        return best(scores, k=_DEPTH, allowed=scores > 0)

    def by_meaning(query: str) -> Ranking:
        return dense.search(embedder.embed_queries([normalise(query)])[0], k=_DEPTH)

    recipes: dict[str, Callable[[str], Sequence[int]]] = {
        "BM25": lambda query: by_words(query).rows.tolist(),
        "dense": lambda query: by_meaning(query).rows.tolist(),
        "RRF60": lambda query: reciprocal_rank(by_meaning(query), by_words(query)).rows.tolist(),
        LANGCHAIN: lambda query: [int(document.id or "") for document in tutorial.invoke(query)],
        OURS: lambda query: [
            candidate.unit for candidate in retriever.find(snapshot, Search(query, _ANY_DAY), ranker).candidates
        ],
    }
    return {name: measure(dataset, recipe) for name, recipe in recipes.items()}


def measure(dataset: Dataset, recipe: Callable[[str], Sequence[int]]) -> Metrics:
    """Return the figures of one recipe, which ranks passages for a question."""
    rows = [
        _judge(recipe(query)[:_CUT], relevant)
        for query, relevant in zip(dataset.queries, dataset.relevant, strict=True)
    ]
    means = 100 * np.mean(rows, axis=0)
    return Metrics(*(float(mean) for mean in means))


def _judge(ranked: Sequence[int], relevant: frozenset[int]) -> tuple[float, float, float, float, float]:
    hits = [index in relevant for index in ranked]
    recalls = [sum(hits[:cut]) / len(relevant) for cut in (1, 5, 10)]
    reciprocal = next((1 / place for place, hit in enumerate(hits, start=1) if hit), 0.0)
    gained = sum(hit / np.log2(place + 1) for place, hit in enumerate(hits, start=1))
    ideal = sum(1 / np.log2(place + 1) for place in range(1, min(len(relevant), _CUT) + 1))
    return recalls[0], recalls[1], recalls[2], reciprocal, float(gained / ideal)


def _index(
    dataset: Dataset, embedder: Embedder, folder: Path, *, exact_limit: int, progress: Progress | None
) -> Snapshot:
    texts = list(_texts(dataset))
    vectors = embed_rows(embedder, texts, progress)
    build_lexical(texts).save(folder / "lexical")
    if len(vectors) > exact_limit:
        build_chroma(folder / "chroma", vectors)
    everywhere = Standing(
        topic=None,
        document=None,
        area="",
        audience=Audience.PUBLIC,
        authority=Authority.OFFICIAL,
        kind=None,
        stage=Stage.ANY,
        valid_from=None,
        valid_to=None,
    )
    rows = tuple(IndexedRow(str(place), RowKind.PASSAGE, str(place)) for place in range(len(texts)))
    types = row_types(Row(str(place), RowKind.PASSAGE, text) for place, text in enumerate(texts))
    return Snapshot(
        generation=Generation(0, embedder.model_id, "", "", len(rows)),
        rows=rows,
        units=tuple(row.unit for row in rows),
        groups=np.arange(len(rows)),
        standings=(everywhere,) * len(rows),
        vectors=vectors,
        lexical=load_lexical(folder / "lexical"),
        dense=open_index(folder / "chroma", vectors, exact_limit=exact_limit),
        types=types,
    )


def _texts(dataset: Dataset) -> Iterator[str]:
    for title, passage in zip(dataset.titles, dataset.passages, strict=True):
        yield "\n".join(filter(None, (normalise(title), normalise(passage))))
