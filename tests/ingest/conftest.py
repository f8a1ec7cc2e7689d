"""Fixtures of the ingest room: its own small documents, and a placer over the bundled gazetteer."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.placing import Placer
from places.gazetteer import load_gazetteer

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder of small documents with the faults that scraped files have."""
    return SAMPLES


@pytest.fixture(scope="session")
def placer() -> Placer:
    """Return a placer; it is made once and never changes."""
    return Placer(load_gazetteer())
