"""Any local sentence-transformers model folder (an optional extra: it brings torch)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sentence_transformers import SentenceTransformer

from knowledge.models.tokenizer import clip


class SentenceTransformerEmbedder:
    """
    Embeds with a model folder on disk; never asks the network.

    The prefixes are what the model was trained with: "query: " and "passage: " for the e5 family, an
    instruction before questions for bge-zh, nothing for most others.
    """

    def __init__(self, folder: Path, *, query_prefix: str = "", passage_prefix: str = "") -> None:
        self._model = SentenceTransformer(str(folder), local_files_only=True, device="cpu")
        self._prefixes = (query_prefix, passage_prefix)
        self._model_id = f"{folder.name}-{_digest(folder, self._prefixes)}"

    @property
    def model_id(self) -> str:
        """Return the folder's name with a digest of its configuration, weights' size and prefixes."""
        return self._model_id

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        size = self._model.get_embedding_dimension()
        if size is None:
            raise ValueError("the model does not say how long its vectors are")
        return int(size)

    def embed_queries(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return one unit vector per question."""
        return self._embed(texts, self._prefixes[0])

    def embed_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return one unit vector per passage."""
        return self._embed(texts, self._prefixes[1])

    def _embed(self, texts: Sequence[str], prefix: str) -> npt.NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        vectors = self._model.encode(
            [prefix + clip(text) for text in texts],
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, np.float32)


def _digest(folder: Path, prefixes: tuple[str, str]) -> str:
    files = sorted((str(path.relative_to(folder)), path.stat().st_size) for path in folder.rglob("*") if path.is_file())
    return hashlib.sha256(json.dumps([files, prefixes]).encode()).hexdigest()[:12]
