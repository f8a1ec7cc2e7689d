"""The areas that a data folder knows: the bundled gazetteer with the folder's own extracts laid over it."""

from __future__ import annotations

from pathlib import Path

from places.gazetteer import Gazetteer, load_gazetteer
from storage.store import Store


def areas_folder(data_dir: Path) -> Path:
    """Return where a data folder keeps its extracts (*.txt.xz)."""
    return data_dir / "areas"


def gazetteer_of(store: Store) -> Gazetteer:
    """Return the areas that this data folder knows, read once for the process."""
    return load_gazetteer(areas_folder(store.data_dir))
