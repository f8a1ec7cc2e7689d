"""One size of corpus in a process of its own: build it, ask, print the times as JSON."""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np

from bench.speed.corpus import NOW, MixingEmbedder, fill, load_vectors
from knowledge.answer import Question
from knowledge.chroma import ChromaIndex
from knowledge.embedder import load_embedder
from knowledge.entries.starter import load_starter
from knowledge.generations import generation_folder, live_generation
from knowledge.indexing import CHROMA_FOLDER, build_generation
from knowledge.knowledge import Knowledge
from knowledge.langchain import EmbedderEmbeddings
from settings.load import load_settings
from storage.database import open_store
from storage.keys import load_or_create_key

ROOT = Path(__file__).parents[2]
_TODAY = date(2026, 3, 10)
_QUESTIONS = 40
_DEEP, _PLAIN_DEPTH = 600, 10


def main() -> None:
    """Measure the size that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder for the corpora; kept between runs")
    options = parser.parse_args()
    json.dump(measure(options.size, options.data), sys.stdout)


def measure(size: int, data: Path) -> dict[str, float]:
    """
    Return milliseconds at the median and the 95th percentile of each stage, and the processor's own (``cpu``) at the
    median, which a busy machine does not change; memory in MB, building in seconds.
    """
    settings = load_settings(ROOT / "config.toml", data / str(size), environ={})
    store = open_store(settings.data_path, load_or_create_key(settings.data_path, None))
    knowledge = Knowledge(settings)
    began = time.perf_counter()
    if live_generation(store) is None:
        fill(store, size)
        texts, vectors = load_vectors(knowledge.embedder, data / "vectors")
        build_generation(store, MixingEmbedder(knowledge.embedder, texts, vectors), now=NOW)
    built = time.perf_counter() - began
    asked = [
        variant
        for entry in load_starter()[:: max(1, len(load_starter()) // _QUESTIONS)]
        for variant in entry.variants[:1]
    ]
    began = time.perf_counter()
    # The bare model: the room's own remembers what it was asked, and here the same is asked again and again.
    knowledge.embedder = load_embedder(settings)
    knowledge.answer(store, Question(asked[0], _TODAY))
    first = time.perf_counter() - began
    snapshot = knowledge.snapshot(store)
    searches = [knowledge.settled(store, Question(text, _TODAY)) for text in asked]
    embedded = [knowledge.embedder.embed_queries([text])[0] for text in asked]
    ranker = knowledge.calibration(store).ranker
    live = live_generation(store)
    assert live is not None
    chroma = ChromaIndex(generation_folder(store.data_dir, live.number) / CHROMA_FOLDER)
    plain = EmbedderEmbeddings(knowledge.embedder)
    allowed = snapshot.shown(searches[0].asker, _TODAY)
    works: dict[str, Callable[[int], object]] = {
        "embed": lambda place: knowledge.embedder.embed_queries([asked[place]]),
        "lexical": lambda place: snapshot.lexical.scores(asked[place]),
        "dense": lambda place: snapshot.dense.search(embedded[place], k=_DEEP, allowed=allowed),
        "find": lambda place: knowledge.retriever.find(snapshot, searches[place], ranker),
        "answer": lambda place: knowledge.answer(store, Question(asked[place], _TODAY)),
        "plain": lambda place: chroma.search(np.array(plain.embed_query(asked[place]), np.float32), k=_PLAIN_DEPTH),
    }
    figures = _times(works, len(asked))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    spread = {f"{name}_{point}": value for name, pair in figures.items() for point, value in pair.items()}
    return {**spread, "rows": float(len(snapshot.rows)), "first": 1000 * first, "memory": memory, "build": built}


def _times(works: dict[str, Callable[[int], object]], count: int) -> dict[str, dict[str, float]]:
    """Time all works on a question before the next one, so that a busy machine slows them alike."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for place in range(count):
        for name, work in works.items():
            began, worked = time.perf_counter(), time.process_time()
            work(place)
            taken[name].append((time.perf_counter() - began, time.process_time() - worked))
    figures = {}
    for name, pairs in taken.items():
        waited, worked_for = 1000 * np.array(pairs).T
        figures[name] = {
            "p50": float(np.percentile(waited, 50)),
            "p95": float(np.percentile(waited, 95)),
            "cpu": float(np.percentile(worked_for, 50)),
        }
    return figures


if __name__ == "__main__":
    main()
