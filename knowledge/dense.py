"""Finding by meaning: the nearest vectors, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
Vector = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Ranking:
    """Rows with their scores, best first."""

    rows: npt.NDArray[np.int64]
    scores: npt.NDArray[np.float32]


class PassageIndex(Protocol):
    """Finds the rows whose unit vectors have the greatest dot product with a unit vector."""

    def search(self, vector: Vector, *, k: int, allowed: Mask | None = None) -> Ranking:
        """
        Return the best ``k`` rows (fewer when there are fewer), best first.

        Only rows where ``allowed`` is true are returned; a narrow mask never makes the list shorter than the
        number of allowed rows.
        """
        ...


class ExactIndex:
    """Compares with every vector; the matrix may be memory-mapped."""

    def __init__(self, vectors: npt.NDArray[np.float32]) -> None:
        self._vectors = vectors

    def search(self, vector: Vector, *, k: int, allowed: Mask | None = None) -> Ranking:
        """Return the best ``k`` allowed rows."""
        if not len(self._vectors):
            return Ranking(np.zeros(0, np.int64), np.zeros(0, np.float32))
        # Not @: its threads wait for each other, on a busy machine for 50 ms; this takes 0.1 ms on one.
        return best(np.vecdot(self._vectors, vector), k=k, allowed=allowed)


def open_index(folder: Path, vectors: npt.NDArray[np.float32], *, exact_limit: int) -> PassageIndex:
    """Return the search over a generation: exact up to ``exact_limit`` rows, by its Chroma collection above."""
    if len(vectors) <= exact_limit:
        return ExactIndex(vectors)
    # Takes seconds to import: only for large corpora and for building.
    from knowledge.chroma import ChromaIndex  # noqa: PLC0415

    return ChromaIndex(folder)


def best(scores: npt.NDArray[np.float32], *, k: int, allowed: Mask | None = None) -> Ranking:
    """Return the ``k`` greatest of the scores (of the allowed rows), greatest first, equal ones by row."""
    rows = np.arange(len(scores)) if allowed is None else np.flatnonzero(allowed)
    candidates = scores[rows]
    if len(rows) > k:
        top = np.argpartition(-candidates, k - 1)[:k] if k else np.zeros(0, np.int64)
        rows, candidates = rows[top], candidates[top]
    order = np.lexsort((rows, -candidates))
    return Ranking(rows[order], candidates[order].astype(np.float32))
