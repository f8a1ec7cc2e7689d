"""Building a generation beside the live one: embed what is new, carry over what is not, then publish."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from knowledge.documents import load_documents
from knowledge.embedder import Embedder, Vectors
from knowledge.entries import STARTER, load_starter
from knowledge.entry_store import sync_starter
from knowledge.generations import (
    Draft,
    Generation,
    IndexedRow,
    adopt_starter,
    building_lock,
    generation_folder,
    index_folder,
    live_generation,
    load_indexed_rows,
    publish,
)
from knowledge.lexical import build_lexical
from knowledge.units import Row, load_rows, row_types
from knowledge.untold import load_subjects
from storage.areas import gazetteer_of
from storage.database import transaction
from storage.store import Store

Progress = Callable[[int, int], None]
"""Called with the number of rows embedded so far and the number to embed."""

RECIPE = 3
"""Raise it when a change of the program makes older index folders unusable."""

VECTORS_FILE = "vectors.npy"
LEXICAL_FOLDER = "lexical"
CHROMA_FOLDER = "chroma"
TYPES_FILE = "types.npy"
MANIFEST_FILE = "manifest.json"
_BATCH = 32


@dataclass(frozen=True)
class Built:
    """What building did. ``changed`` is False when the live generation was already right."""

    generation: Generation
    changed: bool
    embedded: int
    carried: int


def needs_building(store: Store, embedder: Embedder, *, starter: Path = STARTER) -> bool:
    """Tell, quickly, whether no index is ready that this model made from these bundled entries."""
    live = _usable(store)
    return live is None or live.model_id != embedder.model_id or live.starter != _hash_of(starter)


def is_current(store: Store, embedder: Embedder, *, starter: Path = STARTER) -> bool:
    """Tell whether the live index holds what the documents and entries in the store say now."""
    live = _usable(store)
    if live is None:
        return False
    rows = load_rows(store, load_subjects(starter))
    return live.fingerprint == _fingerprint(store, rows, embedder.model_id)


def build_generation(
    store: Store,
    embedder: Embedder,
    *,
    now: datetime,
    progress: Progress | None = None,
    starter: Path = STARTER,
) -> Built:
    """
    Bring the index up to date with the documents and entries in use.

    The bundled entries of the folder ``starter`` are brought into the store first. The live generation goes on
    answering meanwhile; if nothing changed, nothing is built. Any process may call this; they take turns. Opens
    its own transactions.
    """
    with building_lock(store.data_dir):
        bundled = _hash_of(starter)
        with transaction(store):
            sync_starter(store, load_starter(starter), gazetteer_of(store), now=now)
        rows = load_rows(store, load_subjects(starter))
        fingerprint = _fingerprint(store, rows, embedder.model_id)
        live = _usable(store)
        if live is not None and live.fingerprint == fingerprint:
            with transaction(store):
                adopt_starter(store, live, bundled)
            return Built(live, changed=False, embedded=0, carried=len(rows))
        vectors, embedded = _vectors(store, embedder, rows, live, progress)
        with tempfile.TemporaryDirectory(dir=index_folder(store.data_dir), prefix=".building-") as scratch:
            folder = Path(scratch) / "generation"
            _write(folder, rows, vectors, model_id=embedder.model_id, fingerprint=fingerprint)
            indexed = [IndexedRow(row.unit, row.kind, row.key) for row in rows]
            draft = Draft(folder, indexed, embedder.model_id, bundled, fingerprint)
            generation = publish(store, draft, now=now)
        return Built(generation, changed=True, embedded=embedded, carried=len(rows) - embedded)


def embed_rows(embedder: Embedder, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
    """Return the vectors of texts; alike lengths go together, so that little is padded."""
    vectors = np.zeros((len(texts), embedder.dimension), np.float32)
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    for start in range(0, len(order), _BATCH):
        batch = order[start : start + _BATCH]
        vectors[batch] = embedder.embed_passages([texts[place] for place in batch])
        if progress is not None:
            progress(start + len(batch), len(order))
    return vectors


def _vectors(
    store: Store, embedder: Embedder, rows: Sequence[Row], live: Generation | None, progress: Progress | None
) -> tuple[Vectors, int]:
    """Return a vector for every row and how many were embedded; the rest come from the live generation."""
    known: dict[str, int] = {}
    vectors = np.zeros((len(rows), embedder.dimension), np.float32)
    if live is not None and live.model_id == embedder.model_id:
        known = {row.key: place for place, row in enumerate(load_indexed_rows(store, live.number))}
        old = np.load(generation_folder(store.data_dir, live.number) / VECTORS_FILE, mmap_mode="r")
        for place, row in enumerate(rows):
            if row.key in known:
                vectors[place] = old[known[row.key]]
    missing = [place for place, row in enumerate(rows) if row.key not in known]
    if missing:
        vectors[missing] = embed_rows(embedder, [rows[place].text for place in missing], progress)
    return vectors, len(missing)


def _write(folder: Path, rows: Sequence[Row], vectors: Vectors, *, model_id: str, fingerprint: str) -> None:
    # Takes seconds to import: asking never needs it.
    from knowledge.chroma import build_chroma  # noqa: PLC0415

    folder.mkdir()
    np.save(folder / VECTORS_FILE, vectors)
    build_lexical(row.text for row in rows).save(folder / LEXICAL_FOLDER)
    np.save(folder / TYPES_FILE, row_types(rows))
    build_chroma(folder / CHROMA_FOLDER, vectors)
    manifest = {"model_id": model_id, "fingerprint": fingerprint, "size": len(rows), "recipe": RECIPE}
    (folder / MANIFEST_FILE).write_text(json.dumps(manifest, indent=2), encoding="utf-8")


def _fingerprint(store: Store, rows: Sequence[Row], model_id: str) -> str:
    """Hash all that a generation depends on: rows, model, and what documents and entries say of themselves."""
    entries = store.db.execute("SELECT id, area || body FROM entries WHERE retired_at IS NULL ORDER BY 1").fetchall()
    documents = [asdict(document) for document in load_documents(store)]
    content = [RECIPE, model_id, documents, entries, [row.key for row in rows]]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, default=str).encode()).hexdigest()


def _usable(store: Store) -> Generation | None:
    """Return the live generation unless its folder is gone (deleted by hand, left out of a backup) or too old."""
    live = live_generation(store)
    if live is None:
        return None
    manifest = generation_folder(store.data_dir, live.number) / MANIFEST_FILE
    if not manifest.is_file() or json.loads(manifest.read_text(encoding="utf-8")).get("recipe") != RECIPE:
        return None
    return live


def _hash_of(folder: Path) -> str:
    """Hash the bundled entries' files, and the one of what nothing tells of."""
    digest = hashlib.sha256(str(RECIPE).encode())
    for path in sorted(folder.glob("*.toml")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
