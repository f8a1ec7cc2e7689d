"""``python -m bench.backends``: both backends with the same weights; run it in the environment that has the extra."""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from app.evaluation.quality_page import write_between
from knowledge.embedder import Embedder, load_embedder
from knowledge.entries.starter import load_starter
from settings.load import load_settings

_ROOT = Path(__file__).parents[2]
_PAGE = _ROOT / "docs" / "quality.md"
_BACKENDS = ("e5-small-q4", "sentence-transformers")
_NAMES = {
    "e5-small-q4": "onnxruntime，4 比特（默认）",
    "sentence-transformers": "sentence-transformers，fp32，同一份权重",
}
_QUERIES, _PASSAGES = 200, 40


def main() -> None:
    """Measure each backend in a process of its own and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=_BACKENDS, help="measure this backend here and print its figures")
    parser.add_argument("--write-docs", action="store_true", help="write the table into docs/quality.md")
    options = parser.parse_args()
    if options.only:
        json.dump(_measure(options.only), sys.stdout)
        return
    measured = {name: _apart(name) for name in _BACKENDS}
    sys.stdout.write(table(measured) + "\n")
    if options.write_docs:
        write_between("bench backends", [table(measured)], page=_PAGE)


def table(measured: dict[str, dict[str, float]]) -> str:
    """Return the figures as a page's table."""
    rows = [
        "| 后端 | 找到@1 | 找到@10 | 一问 | 一段 | 打开 | 内存最多 |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, one in measured.items():
        rows.append(
            f"| {_NAMES[name]} | {one['recall_1']:.1f}% | {one['recall_10']:.1f}% | {one['query']:.0f} 毫秒 "
            f"| {one['passage']:.0f} 毫秒 | {one['load']:.1f} 秒 | {one['memory']:.0f} MB |"
        )
    return "\n".join(
        [
            f"命令 `python -m bench.backends --write-docs`。{_QUERIES} 个口语问法各找自己的答案，只按意思。"
            "时间是处理器用时的中位数，几个核一起算的加在一起，机器忙不忙都一样。",
            "",
            *rows,
        ]
    )


def _apart(name: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.backends", "--only", name]
    done = subprocess.run(command, cwd=_ROOT, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _measure(name: str) -> dict[str, float]:
    settings = load_settings(_ROOT / "config.toml", environ={})
    changes = {"embedder": name, "sentence_transformers_path": str(_ROOT / "build/models/e5-small-torch")}
    settings = settings.model_copy(update={"knowledge": settings.knowledge.model_copy(update=changes)})
    began = time.process_time()
    embedder = load_embedder(settings)
    embedder.embed_queries(["您好"])
    loaded = time.process_time() - began
    entries = load_starter()
    passages = embedder.embed_passages([f"{entry.question}\n{entry.answer}" for entry in entries])
    asked = [(place, entry.variants[-1]) for place, entry in enumerate(entries) if entry.variants][:_QUERIES]
    vectors, query = _timed(embedder, [text for _, text in asked], passage=False)
    _, passage = _timed(embedder, [entry.answer for entry in entries[:_PASSAGES]], passage=True)
    order = np.argsort(-(vectors @ passages.T), axis=1)
    ranks = [int(np.flatnonzero(order[row] == place)[0]) for row, (place, _) in enumerate(asked)]
    return {
        "recall_1": 100 * float(np.mean([rank < 1 for rank in ranks])),
        "recall_10": 100 * float(np.mean([rank < 10 for rank in ranks])),
        "query": query,
        "passage": passage,
        "load": loaded,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _timed(
    embedder: Embedder, texts: list[str], *, passage: bool
) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.float32]], float]:
    """Embed texts one by one; return their vectors and the median of the processor's time in milliseconds."""
    vectors, taken = [], []
    for text in texts:
        began = time.process_time()
        embed = embedder.embed_passages if passage else embedder.embed_queries
        vectors.append(embed([text])[0])
        taken.append(1000 * (time.process_time() - began))
    return np.stack(vectors), float(np.median(taken))


if __name__ == "__main__":
    main()
