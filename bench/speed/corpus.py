"""A corpus of any size: real texts with real vectors first, then mixtures of them, which is said in the table."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from knowledge.documents import Document, Edition, Passage, Span, document_id, passage_id, save_document
from knowledge.embedder import Embedder, Vectors
from knowledge.entries.starter import load_starter
from knowledge.indexing import embed_rows
from knowledge.standing import Audience, Authority, DocumentKind, Stage
from storage.database import transaction
from storage.store import Store

NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_SENTENCES = 6  # a passage of about 200 characters
_PER_DOCUMENT = 200
_PARTS = 3
_SEED = 20_260_301


def real_texts() -> list[str]:
    """Return the bundled questions, variants, answers and their sentences: more than two thousand texts."""
    entries = load_starter()
    spoken = [text for entry in entries for text in (entry.question, *entry.variants)]
    told = [entry.answer.strip() for entry in entries]
    return list(dict.fromkeys([*spoken, *told, *_sentences(told)]))


def load_vectors(embedder: Embedder, path: Path) -> tuple[list[str], Vectors]:
    """Return the real texts with their vectors, kept in ``path`` between runs."""
    texts = real_texts()
    mark = hashlib.sha256("\n".join([embedder.model_id, *texts]).encode()).hexdigest()[:16]
    file = path / f"vectors-{mark}.npy"
    if not file.is_file():
        path.mkdir(parents=True, exist_ok=True)
        np.save(file, embed_rows(embedder, texts))
    return texts, np.load(file)


class MixingEmbedder:
    """
    Embeds questions really, real texts by their kept vectors, and any other passage by a mixture of three of them.

    The mixture is drawn by the text's own hash.
    """

    def __init__(self, embedder: Embedder, texts: Sequence[str], vectors: Vectors) -> None:
        self._embedder = embedder
        self._places = {text: place for place, text in enumerate(texts)}
        self._vectors = vectors

    @property
    def model_id(self) -> str:
        """Return the real model's name: the fitted confidence is looked up by it."""
        return self._embedder.model_id

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        return self._embedder.dimension

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return the real vectors."""
        return self._embedder.embed_queries(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return real vectors where they are kept, mixtures for the rest."""
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        place = self._places.get(text)
        if place is not None:
            return np.asarray(self._vectors[place], np.float32)
        draw = np.random.default_rng(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big"))
        mixed = draw.dirichlet(np.ones(_PARTS)) @ self._vectors[draw.integers(len(self._vectors), size=_PARTS)]
        return np.asarray(mixed / np.linalg.norm(mixed), np.float32)


def fill(store: Store, size: int) -> None:
    """Save documents with ``size`` passages in all, made of sentences of the bundled answers."""
    draw = random.Random(_SEED)
    sentences = _sentences([entry.answer for entry in load_starter()])
    for number, start in enumerate(range(0, size, _PER_DOCUMENT)):
        count = min(_PER_DOCUMENT, size - start)
        texts = ["".join(draw.sample(sentences, _SENTENCES)) for _ in range(count)]
        document = _document(number)
        whole = "\n".join(texts)
        with transaction(store):
            save_document(store, document, Edition(whole, whole), list(_passages(document, texts)), now=NOW)


def _sentences(texts: Sequence[str]) -> list[str]:
    found = (sentence.strip() for text in texts for sentence in _SENTENCE.findall(text))
    return list(dict.fromkeys(sentence for sentence in found if len(sentence) > 5))


def _document(number: int) -> Document:
    source = f"bench/{number}.txt"
    return Document(
        id=document_id(source),
        source=source,
        source_hash="0" * 64,
        title=f"第{number}份汇编",
        publisher="",
        number="",
        written_on=date(2025, 2, 1),
        area="",
        audience=Audience.PUBLIC,
        authority=Authority.OFFICIAL,
        kind=DocumentKind.POLICY,
        stage=Stage.ANY,
    )


def _passages(document: Document, texts: Sequence[str]) -> Iterator[Passage]:
    start = 0
    for order, text in enumerate(texts):
        span = Span(start, start + len(text))
        name = passage_id(document.id, ("正文",), text)
        yield Passage(name, document.id, ("正文",), text, text, span, span, order)
        start = span.end + 1
