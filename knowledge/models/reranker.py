"""What judges a question and a passage together, and the cross-encoder that does (an optional extra)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from knowledge.models.tokenizer import clip


class Reranker(Protocol):
    """Says how well passages answer a question; greater is better, and only within one question."""

    def score(self, question: str, passages: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return one score per passage."""
        ...


class CrossEncoderReranker:
    """Any local cross-encoder folder; never asks the network. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        # Brings torch: imported only where it is configured.
        from sentence_transformers import CrossEncoder  # noqa: PLC0415

        self._model = CrossEncoder(str(folder), local_files_only=True, device="cpu")

    def score(self, question: str, passages: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return one score per passage; texts are cut to 1,600 characters, and then to what the model reads."""
        if not passages:
            return np.zeros(0, np.float32)
        pairs = [(clip(question), clip(passage)) for passage in passages]
        return np.asarray(self._model.predict(pairs, show_progress_bar=False), np.float32).reshape(len(passages))
