"""The real model, read once; an index of a small corpus; and the index of the bundled knowledge, built once."""

from __future__ import annotations

import shutil
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
from storage.store import Store
from tests.knowledge.corpus import NOW, write_starter
from tests.knowledge.hashing_embedder import HashingEmbedder

ROOT = Path(__file__).parent.parent.parent
_KEY = bytes(range(32))


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
        return Retriever(self.embedder, Lexicon(BUNDLED), dense_weight=0.5)


@pytest.fixture
def small(store: Store, tmp_path: Path) -> Small:
    """Return a store whose bundled entries are those of the small corpus."""
    return Small(store, write_starter(tmp_path / "starter"), HashingEmbedder())


@pytest.fixture(scope="session")
def _bundled_data(tmp_path_factory: pytest.TempPathFactory, model: OnnxEmbedder) -> Path:
    data = tmp_path_factory.mktemp("bundled") / "data"
    store = open_store(data, _KEY)
    build_generation(store, model, now=NOW)
    store.db.close()
    return data


@dataclass(frozen=True)
class Bundled:
    """A data folder with the bundled knowledge indexed by the real model."""

    settings: Settings
    store: Store
    knowledge: Knowledge


@pytest.fixture
def bundled(_bundled_data: Path, tmp_path: Path, model: OnnxEmbedder) -> Callable[..., Bundled]:
    """Return a function that opens a fresh copy of the bundled index, with settings changed as asked."""

    def opened(**changes: object) -> Bundled:
        data = tmp_path / "bundled-data"
        shutil.copytree(_bundled_data, data)
        settings = load_settings(ROOT / "config.toml", data, environ={}).model_copy(update=changes)
        knowledge = Knowledge(settings)
        knowledge.__dict__["embedder"] = model  # read once for the session
        return Bundled(settings, open_store(data, _KEY), knowledge)

    return opened
