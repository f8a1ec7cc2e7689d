"""Finding by the words themselves: BM25 over single Chinese characters and pairs of them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.sparse

from language.normalise import fold

Scores = npt.NDArray[np.float32]

_K1 = 1.2
_B = 0.75
_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[a-z0-9]+(?:[.\-][a-z0-9]+)*")
# Function characters of a question; 不, 无, 没 and the like carry meaning and stay.
_STOP = frozenset("的了吗呢吧啊呀嘛么着过地得之与及和或而且就也都还又才很是有在这那哪怎什请问想")
_ARRAYS = ("data", "indices", "indptr")


def terms(text: str) -> list[str]:
    """Return the terms of a text: Chinese characters, neighbouring pairs of them, Latin words and numbers."""
    found: list[str] = []
    for run in _RUN.findall(fold(text)):
        if run[0].isascii():
            found.append(run)
        else:
            found.extend(run)
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
    return found


def query_terms(text: str) -> list[str]:
    """Return the terms of a question without those made of function characters; all of them if none is left."""
    every = terms(text)
    return [term for term in every if not _STOP.issuperset(term)] or every


class LexicalIndex:
    """
    BM25 weights of every term in every row, term by term.

    Immutable once built. The arrays may be memory-mapped, so that processes share them.
    """

    def __init__(self, weights: scipy.sparse.csc_matrix, terms: Sequence[str]) -> None:
        self._weights = weights
        self._columns = {term: column for column, term in enumerate(terms)}
        holders = np.diff(weights.indptr)
        self._rarity = np.log(1 + (weights.shape[0] - holders + 0.5) / (holders + 0.5)).astype(np.float32)

    @property
    def size(self) -> int:
        """Return the number of rows."""
        return int(self._weights.shape[0])

    @cached_property
    def holders(self) -> Mapping[str, int]:
        """Return in how many rows each term occurs."""
        counts = np.diff(self._weights.indptr).tolist()
        return dict(zip(self._columns, counts, strict=True))

    def scores(self, query: str) -> Scores:
        """Return the BM25 score of every row; 0 where no term of the question occurs."""
        counts = Counter(column for term in query_terms(query) if (column := self._columns.get(term)) is not None)
        if not counts:
            return np.zeros(self.size, np.float32)
        wanted = np.fromiter(counts.values(), np.float32, len(counts))
        scores: Scores = np.asarray(self._weights[:, list(counts)] @ wanted, np.float32)
        return scores

    def rarity(self, term: str) -> float:
        """Return a term's inverse document frequency; a term that never occurs is as rare as can be."""
        column = self._columns.get(term)
        return float(np.log(1 + (self.size + 0.5) / 0.5)) if column is None else float(self._rarity[column])

    def holds(self, terms: Sequence[str], rows: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """Return which of the rows holds which of the terms, as a matrix of ones and zeros."""
        found = np.zeros((len(rows), len(terms)), np.float32)
        known = [(place, column) for place, term in enumerate(terms) if (column := self._columns.get(term)) is not None]
        if known:
            places, columns = zip(*known, strict=True)
            found[:, list(places)] = (self._weights[:, list(columns)].tocsr()[rows] > 0).toarray()
        return found

    def covers(self, query: str, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """Return which share of the question's terms, weighed by rarity, each of the rows holds (0 to 1)."""
        wanted = list(dict.fromkeys(query_terms(query)))
        weights = np.array([self.rarity(term) for term in wanted], np.float32)
        return np.asarray(self.holds(wanted, rows) @ weights / (weights.sum() or 1.0), np.float32)

    def row_weights(self) -> npt.NDArray[np.float32]:
        """Return the rarity of all the terms of each row, summed."""
        present = scipy.sparse.csc_matrix(
            (np.ones(self._weights.nnz, np.float32), self._weights.indices, self._weights.indptr), self._weights.shape
        )
        return np.asarray(present @ self._rarity, np.float32)

    def coverage(self, query: str, text: str) -> float:
        """Return which share of the question's terms, weighed by rarity, occurs in a text (0 to 1)."""
        wanted = set(query_terms(query))
        total = sum(map(self.rarity, wanted))
        return sum(map(self.rarity, wanted & set(terms(text)))) / total if total else 0.0

    def save(self, folder: Path) -> None:
        """Write the index into a folder, which is made."""
        folder.mkdir(parents=True)
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self._weights, name))
        content = {"rows": self.size, "terms": list(self._columns)}
        (folder / "terms.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def build_lexical(texts: Iterable[str]) -> LexicalIndex:
    """Build the index of these texts, one row each."""
    columns: dict[str, int] = {}
    rows: list[int] = []
    places: list[int] = []
    counts: list[int] = []
    lengths: list[int] = []
    for row, text in enumerate(texts):
        found = Counter(terms(text))
        lengths.append(found.total())
        for term, count in found.items():
            rows.append(row)
            places.append(columns.setdefault(term, len(columns)))
            counts.append(count)
    weights = _weigh(np.array(rows), np.array(places), np.array(counts, np.float64), np.array(lengths, np.float64))
    shape = (len(lengths), len(columns))
    matrix = scipy.sparse.csc_matrix((weights, (rows, places)), shape=shape, dtype=np.float32)
    return LexicalIndex(matrix, list(columns))


def load_lexical(folder: Path) -> LexicalIndex:
    """Open an index that ``save`` wrote, memory-mapped."""
    content = json.loads((folder / "terms.json").read_text(encoding="utf-8"))
    arrays = tuple(np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS)
    shape = (content["rows"], len(content["terms"]))
    return LexicalIndex(scipy.sparse.csc_matrix(arrays, shape=shape), content["terms"])


def _weigh(
    rows: npt.NDArray[np.int64],
    places: npt.NDArray[np.int64],
    counts: npt.NDArray[np.float64],
    lengths: npt.NDArray[np.float64],
) -> npt.NDArray[np.float32]:
    """Return the BM25 weight of each (row, term) pair."""
    if not rows.size:
        return np.zeros(0, np.float32)
    holders = np.bincount(places)
    rarity = np.log(1 + (len(lengths) - holders + 0.5) / (holders + 0.5))
    relative = lengths[rows] / lengths.mean()
    weights = rarity[places] * counts * (_K1 + 1) / (counts + _K1 * (1 - _B + _B * relative))
    return np.asarray(weights, np.float32)
