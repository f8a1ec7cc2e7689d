"""The built-in embedding model, run by onnxruntime."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from knowledge.models.card import MODEL_FILE, VOCABULARY_FILE, read_card
from knowledge.models.tokenizer import Tokenizer
from knowledge.models.vocabulary import PAD, read_vocabulary

_BATCH_TOKENS = 2_048


class OnnxEmbedder:
    """
    Embeds with a model folder that ``knowledge.models.build`` made.

    One session serves all threads; make it after a fork, never before.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        card = read_card(folder)
        if card is None:
            raise FileNotFoundError(f"no finished model in {folder}")
        self._card = card
        self._tokenizer = Tokenizer(read_vocabulary(folder / VOCABULARY_FILE))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        # Idle workers sleep: spinning would take the second core from everything else.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(folder / MODEL_FILE, options, providers=["CPUExecutionProvider"])

    @property
    def model_id(self) -> str:
        """Return the identity of the model file's recipe."""
        return self._card.model_id

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        return self._card.dimension

    def embed_queries(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return one unit vector per question."""
        return self._embed(texts, self._card.query_prefix)

    def embed_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return one unit vector per passage."""
        return self._embed(texts, self._card.passage_prefix)

    def _embed(self, texts: Sequence[str], prefix: str) -> npt.NDArray[np.float32]:
        tokens = [self._tokenizer.encode(text, prefix=prefix) for text in texts]
        vectors = np.zeros((len(tokens), self.dimension), np.float32)
        for batch in _batches(tokens):
            vectors[batch] = self._run([tokens[index] for index in batch])
        return vectors

    def _run(self, batch: list[list[int]]) -> npt.NDArray[np.float32]:
        length = max(map(len, batch))
        ids = np.full((len(batch), length), PAD, np.int64)
        mask = np.zeros((len(batch), length), np.int64)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask}
        vectors: npt.NDArray[np.float32] = self._session.run(["sentence_embedding"], inputs)[0]
        return vectors


def _batches(tokens: list[list[int]]) -> Iterator[list[int]]:
    """Group texts of like length, so that little is padded, up to a bounded number of tokens."""
    batch: list[int] = []
    for index in sorted(range(len(tokens)), key=lambda index: len(tokens[index])):
        if batch and (len(batch) + 1) * len(tokens[index]) > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
