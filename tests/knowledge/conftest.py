"""The real model, read once; an index of a small corpus; the bundled knowledge, opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge.embedder import load_embedder
from knowledge.indexing import Built, build_generation
from knowledge.knowledge import Knowledge
from knowledge.lexicon import BUNDLED, Lexicon
from knowledge.models.onnx_embedder import OnnxEmbedder
from knowledge.retrieval import Retriever
from knowledge.snapshot import Snapshot, open_snapshot
from settings.load import load_settings
from settings.schema import Settings
from storage.database import open_store
from storage.keys import load_or_create_key
from storage.store import Store
from tests.knowledge.corpus import NOW, write_starter
from tests.knowledge.hashing_embedder import HashingEmbedder

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def model(root: Path) -> OnnxEmbedder:
    """Return the built-in embedding model."""
    embedder = load_embedder(load_settings(root / "config.toml", environ={}))
    assert isinstance(embedder, OnnxEmbedder)
    return embedder


@dataclass(frozen=True)
class Small:
    """A store with the small corpus, and how to index and search it without a model file."""

    store: Store
    starter: Path
    embedder: HashingEmbedder

    def build(self) -> Built:
        """Bring the index up to date."""
        return build_generation(self.store, self.embedder, now=NOW, starter=self.starter)

    def snapshot(self) -> Snapshot:
        """Bring the index up to date and open it."""
        return open_snapshot(self.store, self.build().generation, exact_limit=10_000)

    def retriever(self) -> Retriever:
        """Return our search with the twin embedder."""
        return Retriever(self.embedder, Lexicon(BUNDLED))


@pytest.fixture
def small(store: Store, tmp_path: Path) -> Small:
    """Return a store whose bundled entries are those of the small corpus."""
    return Small(store, write_starter(tmp_path / "starter"), HashingEmbedder())


@dataclass(frozen=True)
class Opened:
    """The bundled knowledge, indexed by the real model, in a data folder of one's own."""

    settings: Settings
    store: Store
    knowledge: Knowledge


@pytest.fixture
def open_bundled(indexed: Path) -> Callable[..., Opened]:
    """Return a function that opens the bundled knowledge with settings changed as asked."""

    def opened(**changes: object) -> Opened:
        settings = load_settings(ROOT / "config.toml", indexed, environ={}).model_copy(update=changes)
        return Opened(settings, open_store(indexed, load_or_create_key(indexed, None)), Knowledge(settings))

    return opened
