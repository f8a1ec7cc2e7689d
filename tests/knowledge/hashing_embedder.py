"""A twin of the embedding model that needs no file: texts that share pairs of characters are near."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_UNUSABLE = re.compile("[\x00\ud800-\udfff]")
_MAX_CHARACTERS = 1_600


class HashingEmbedder:
    """Counts hashed single characters and pairs; passes the embedders' contract."""

    def __init__(self, dimension: int = 96, model_id: str = "hashing-1") -> None:
        self._dimension = dimension
        self._model_id = model_id
        self.embedded: list[str] = []

    @property
    def model_id(self) -> str:
        return self._model_id

    @property
    def dimension(self) -> int:
        return self._dimension

    def embed_queries(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return self._embed(texts)

    def embed_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.embedded.extend(texts)
        return self._embed(texts)

    def _embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        vectors = np.full((len(texts), self._dimension), 1e-3, np.float32)
        for row, text in enumerate(texts):
            usable = _UNUSABLE.sub("", text[:_MAX_CHARACTERS])
            for size in (1, 2):
                for place in range(len(usable) - size + 1):
                    vectors[row, zlib.crc32(usable[place : place + size].encode()) % self._dimension] += 1
        normal: npt.NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return normal
