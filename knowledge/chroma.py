"""Finding by meaning in a large corpus: the nearest vectors in a Chroma collection (HNSW)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import chromadb
import numpy as np
import numpy.typing as npt
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration, CreateHNSWConfiguration
from chromadb.config import Settings

from knowledge.dense import Mask, Ranking, Vector

_COLLECTION = "passages"
_BATCH = 2_000
_CONFIGURATION = CreateCollectionConfiguration(
    hnsw=CreateHNSWConfiguration(space="ip", max_neighbors=16, ef_construction=200, ef_search=300)
)


class ChromaIndex:
    """
    Searches a collection that ``build_chroma`` wrote. The collection never changes afterwards.

    Chroma does not notice writes of another process, which is why every generation has a folder of its own.
    """

    def __init__(self, folder: Path) -> None:
        self._client = _client(folder)
        self._collection = self._client.get_collection(_COLLECTION, embedding_function=None)
        self._size = self._collection.count()

    def search(self, vector: Vector, *, k: int, allowed: Mask | None = None) -> Ranking:
        """Return the best ``k`` allowed rows, asking for more until enough of them are allowed."""
        possible = self._size if allowed is None else int(np.count_nonzero(allowed))
        wanted = min(k, possible)
        if not wanted:
            return Ranking(np.zeros(0, np.int64), np.zeros(0, np.float32))
        asked = wanted if allowed is None else min(2 * wanted, self._size)
        while True:
            found = self._nearest(vector, asked)
            kept = np.ones(len(found.rows), np.bool_) if allowed is None else allowed[found.rows]
            if np.count_nonzero(kept) >= wanted or asked >= self._size:
                return Ranking(found.rows[kept][:wanted], found.scores[kept][:wanted])
            asked = min(4 * asked, self._size)

    def close(self) -> None:
        """Let go of the collection's files."""
        self._client.close()

    def _nearest(self, vector: Vector, k: int) -> Ranking:
        answer = self._collection.query(query_embeddings=vector[None, :], n_results=k, include=["distances"])
        distances = answer["distances"]
        assert distances is not None
        rows = np.array([int(row) for row in answer["ids"][0]], np.int64)
        return Ranking(rows, 1 - np.array(distances[0], np.float32))


def build_chroma(folder: Path, vectors: npt.NDArray[np.float32], progress: Callable[[int], None] | None = None) -> None:
    """Write a collection of these vectors; a vector's id is its row. ``progress`` gets the rows written so far."""
    client = _client(folder)
    collection = client.create_collection(_COLLECTION, embedding_function=None, configuration=_CONFIGURATION)
    for start in range(0, len(vectors), _BATCH):
        end = min(start + _BATCH, len(vectors))
        collection.add(ids=[str(row) for row in range(start, end)], embeddings=vectors[start:end])
        if progress is not None:
            progress(end)
    client.close()


def _client(folder: Path) -> Client:
    client = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
    assert isinstance(client, Client)
    return client
