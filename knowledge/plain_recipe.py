"""The recipe of the tutorials, to be compared with: langchain over a Chroma collection with nothing set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

import chromadb
from chromadb.config import Settings
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import VectorStore

_COLLECTION = "langchain"
_BATCH = 100


class PlainChroma(VectorStore):
    """A langchain vector store on a collection in *folder*, with Chroma's own settings; texts go in as they are."""

    def __init__(self, embedding: Embeddings, folder: Path) -> None:
        self._embedding = embedding
        client = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
        self._collection = client.get_or_create_collection(_COLLECTION, embedding_function=None)

    def add_texts(
        self,
        texts: Iterable[str],
        metadatas: list[dict[str, Any]] | None = None,  # noqa: ARG002 - langchain names it
        *,
        ids: list[str] | None = None,
        **kwargs: Any,  # noqa: ARG002 - langchain names it
    ) -> list[str]:
        """Embed and add texts; return their names, the numbers from 0 on unless others are given."""
        added = list(texts)
        names = ids or [str(number) for number in range(len(added))]
        for start in range(0, len(added), _BATCH):
            part = slice(start, start + _BATCH)
            vectors = self._embedding.embed_documents(added[part])
            self._collection.add(ids=names[part], documents=added[part], embeddings=vectors)  # type: ignore[arg-type] # lists of floats are embeddings
        return names

    def similarity_search(self, query: str, k: int = 4, **kwargs: Any) -> list[Document]:  # noqa: ARG002 - langchain names it
        """Return the nearest texts, each with its name as ``id``."""
        vector: Sequence[float] = self._embedding.embed_query(query)
        found = self._collection.query(query_embeddings=[vector], n_results=k, include=["documents"])
        texts = (found["documents"] or [[]])[0]
        return [Document(id=name, page_content=text) for name, text in zip(found["ids"][0], texts, strict=True)]

    @classmethod
    def from_texts(
        cls,
        texts: list[str],
        embedding: Embeddings,
        metadatas: list[dict[str, Any]] | None = None,
        *,
        ids: list[str] | None = None,
        **kwargs: Any,
    ) -> Self:
        """Return a store of *texts*, in the folder that ``folder`` names."""
        store = cls(embedding, kwargs["folder"])
        store.add_texts(texts, metadatas, ids=ids)
        return store
