"""What turns text into vectors, and choosing the configured one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from knowledge.models.onnx_embedder import OnnxEmbedder
from settings.schema import Settings

Vectors = npt.NDArray[np.float32]


class Embedder(Protocol):
    """
    Turns texts into unit vectors whose dot product says how close their meanings are.

    ``model_id`` is stored with every index; vectors of different ids are never compared. Any text is accepted:
    it is cut to 1,600 characters and 512 tokens, NUL and lone surrogates are dropped. Threads may share one.
    """

    @property
    def model_id(self) -> str:
        """Return the identity of the model and its recipe."""
        ...

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one vector per question, shape (len(texts), dimension)."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one vector per passage, shape (len(texts), dimension)."""
        ...


class ModelMissingError(Exception):
    """The configured model is not there; the message says how to get it, in Chinese."""


def load_embedder(settings: Settings) -> Embedder:
    """
    Load the model that ``[knowledge]`` names.

    Raises:
        ModelMissingError: If its folder or its package is missing.
    """
    knowledge = settings.knowledge
    if knowledge.embedder == "sentence-transformers":
        return _load_sentence_transformer(settings)
    folder = settings.models_path / knowledge.embedder
    if not (folder / "model.json").is_file():
        raise ModelMissingError(f"没有向量模型 {folder}。请先运行 make setup。")
    return OnnxEmbedder(folder, threads=knowledge.threads)


def _load_sentence_transformer(settings: Settings) -> Embedder:
    folder = settings.root / settings.knowledge.sentence_transformers_path
    if not settings.knowledge.sentence_transformers_path or not folder.is_dir():
        raise ModelMissingError(
            "config.toml 的 [knowledge] sentence_transformers_path 没有指向一个模型文件夹，请填写后再试。"
        )
    try:
        # Brings torch: imported only where it is configured.
        from knowledge.models.sentence_transformer import SentenceTransformerEmbedder  # noqa: PLC0415
    except ImportError:
        raise ModelMissingError(
            "没有安装 sentence-transformers。请运行 .venv/bin/pip install 'bangfu[sentence-transformers]'，"
            "或把 [knowledge] embedder 改回 e5-small-q4。"
        ) from None
    return SentenceTransformerEmbedder(
        folder,
        query_prefix=settings.knowledge.query_prefix,
        passage_prefix=settings.knowledge.passage_prefix,
    )
