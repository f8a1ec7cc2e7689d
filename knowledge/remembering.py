"""A model that remembers what it was asked last: one question is weighed, looked up and counted in turn."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

import numpy as np

from knowledge.embedder import Embedder, Vectors

_REMEMBERED: Final = 3000


class Remembering:
    """
    An embedder that keeps the vectors of the questions it was asked last, by their hashes: no words stay.

    Threads may share one. Vectors stay in memory alone.
    """

    def __init__(self, embedder: Embedder) -> None:
        self.model_id, self.dimension = embedder.model_id, embedder.dimension
        self.embed_passages = embedder.embed_passages
        self._embedder = embedder
        self._known: dict[bytes, Vectors] = {}

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one vector per question, shape (len(texts), dimension)."""
        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in texts]
        known = self._known
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if new:
            known = {**known, **dict(zip(new, self._embedder.embed_queries(list(new.values())), strict=True))}
            self._known = dict(list(known.items())[-_REMEMBERED:])
        return np.array([known[key] for key in keys], np.float32).reshape(-1, self.dimension)
