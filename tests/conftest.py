"""Fixtures for every room: settings of the project, a migrated store on disk, a fixed instant."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
import structlog

from knowledge.knowledge import Knowledge
from settings.load import load_settings
from settings.schema import Settings
from storage.database import open_store
from storage.keys import load_or_create_key
from storage.store import Store
from storage.vault import new_key

ROOT = Path(__file__).parent.parent

# Machines are shared: how long an example takes says nothing.
hypothesis.settings.register_profile("bangfu", deadline=None)
hypothesis.settings.load_profile("bangfu")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a case of bytes by its argument: files made on the spot hold the time, and every worker makes its own."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    """Undo what a command set up for the whole process: its log handler writes to a stream that is gone."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the project."""
    return ROOT


@pytest.fixture
def now() -> datetime:
    """Return Tuesday 2026-03-10, 10:00 in Shanghai."""
    return datetime(2026, 3, 10, 2, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return the shipped settings with an empty data folder and no secrets."""
    return load_settings(ROOT / "config.toml", tmp_path / "data", environ={})


@pytest.fixture
def key() -> bytes:
    """Return a fresh master key."""
    return new_key()


@pytest.fixture
def store(settings: Settings, key: bytes) -> Store:
    """Return a migrated, empty store on disk."""
    return open_store(settings.data_path, key)


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with its key file and the index of the bundled knowledge. Never write to it: copy it."""
    folder = tmp_path_factory.mktemp("bundled")
    settings = load_settings(ROOT / "config.toml", folder, environ={})
    store = open_store(folder, load_or_create_key(folder, None))
    Knowledge(settings).refresh(store, now=datetime(2026, 3, 10, 2, 0, tzinfo=UTC))
    store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.db.close()
    return folder


@pytest.fixture
def indexed(bundled: Path, tmp_path: Path) -> Path:
    """Return a data folder of one's own with the bundled knowledge indexed."""
    return shutil.copytree(bundled, tmp_path / "indexed")
