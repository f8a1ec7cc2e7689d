"""``python -m bench.speed``: how long an answer takes on 1 k, 10 k and 100 k passages; ``--write-docs`` keeps it."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from app.evaluation.quality_page import write_between

_ROOT = Path(__file__).parents[2]
_PAGE = _ROOT / "docs" / "quality.md"
_SIZES = (1_000, 10_000, 100_000)


def main() -> None:
    """Measure each size in a process of its own and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=_ROOT / "build" / "speed", help="folder for the corpora")
    parser.add_argument("--size", type=int, action="append", help="only this size (may be repeated)")
    parser.add_argument("--write-docs", action="store_true", help="write the table into docs/quality.md")
    options = parser.parse_args()
    measured = {size: _measure(size, options.data) for size in options.size or _SIZES}
    sys.stdout.write(table(measured) + "\n")
    if options.write_docs:
        write_between("bench speed", [table(measured)], page=_PAGE)


def _measure(size: int, data: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.speed.one_size", "--size", str(size), "--data", str(data)]
    done = subprocess.run(command, cwd=_ROOT, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def table(measured: dict[int, dict[str, float]]) -> str:
    """Return the figures as a page's tables: milliseconds, and as ratios to the embedding and to the plain recipe."""
    rows = [
        "| 段落 | 行 | 答一句 p50 / p95 | 算向量 | 字面 | 意思 | 合并排序 | 成文 | 比算向量 | 比 langchain+Chroma |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for size, one in measured.items():
        fuse = max(0.0, one["find_cpu"] - one["embed_cpu"] - one["lexical_cpu"] - one["dense_cpu"])
        compose = max(0.0, one["answer_cpu"] - one["find_cpu"])
        cells = [
            f"{size:,}", f"{one['rows']:,.0f}", f"{one['answer_p50']:.0f} / {one['answer_p95']:.0f}",
            f"{one['embed_cpu']:.0f}", f"{one['lexical_cpu']:.1f}", f"{one['dense_cpu']:.1f}",
            f"{fuse:.0f}", f"{compose:.0f}",
            f"{one['answer_cpu'] / one['embed_cpu']:.1f} 倍", f"{one['answer_cpu'] / one['plain_cpu']:.1f} 倍",
        ]  # fmt: skip
        rows.append(f"| {' | '.join(cells)} |")
    rows += ["", "| 段落 | 内存最多 | 打开后头一句 | 建索引 |", "|---:|---:|---:|---:|"]
    for size, one in measured.items():
        rows.append(f"| {size:,} | {one['memory']:.0f} MB | {one['first'] / 1000:.1f} 秒 | {one['build']:.0f} 秒 |")
    heading = (
        "命令 `python -m bench.speed --write-docs`，毫秒，一问一答。“答一句”是等了多久，机器忙就长；"
        "后面各步和倍数按处理器用时的中位数算，忙不忙都一样。"
    )
    return "\n".join([heading, "", *rows])


if __name__ == "__main__":
    main()
