"""``python -m bench.corpus [--half tune] [--files 600] [--formats pdf] [--show] [--out FOLDER] [--write-docs]``."""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from app.evaluation.quality_page import write_between
from bench.corpus.costs import Cost, cost_of
from bench.corpus.halves import Half
from bench.corpus.plain import extract_plainly
from bench.corpus.printing import FORMATS, LEFT_OUT, Printed, print_document
from bench.corpus.scoring import Scores, score, score_plain
from bench.corpus.writing import KINDS, write_documents
from ingest.placing import Placer
from places.gazetteer import load_gazetteer

_PAGE = Path(__file__).parents[2] / "docs" / "ingest.md"
_SHOWN = (
    "标题", "文号", "索引号", "发布机构", "成文日期", "发布日期", "施行日期", "失效日期", "地点", "类别", "权威性",
    "读者", "废止替代", "拦下", "篇数", "问答", "表格行",
)  # fmt: skip


def make_corpus(half: Half, count: int, seed: int) -> list[Printed]:
    """Return about ``count`` files of a half: every document in one format, all formats in turn."""
    rng = random.Random(f"{half}-{seed}-print")
    files: list[Printed] = []
    for number, written in enumerate(write_documents(half, count, load_gazetteer(), seed)):
        format_ = FORMATS[(number // len(KINDS)) % len(FORMATS)]
        if KINDS[number % len(KINDS)] not in LEFT_OUT.get(format_, frozenset()):
            files.append(print_document(written, format_, half, rng, number))
    return files


def main() -> None:
    """Make the corpus, read it, and print what was right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", type=Half, default=Half.REPORT, choices=list(Half))
    parser.add_argument("--files", type=int, default=900)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=FORMATS, help="read files of these only")
    parser.add_argument("--show", action="store_true", help="show what went wrong, of the tune half only")
    parser.add_argument("--out", type=Path, help="also write the files into this folder")
    parser.add_argument("--write-docs", action="store_true", help="write the tables into docs/ingest.md")
    options = parser.parse_args()
    files = [one for one in make_corpus(options.half, options.files, options.seed) if one.format in options.formats]
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        for printed in files:
            (options.out / printed.name).write_bytes(printed.data)
    placer = Placer(load_gazetteer())
    scores = Scores()
    for printed in files:
        score(printed, placer, scores)
        if not printed.written.people and not printed.written.mark:
            score_plain(printed, extract_plainly(printed), scores)
    if options.show and options.half is Half.TUNE:
        sys.stdout.write("\n".join(scores.failures) + "\n")
        sys.stdout.write(f"{_trust(scores)}\n")
    costs = {format_: cost_of([one for one in files if one.format == format_]) for format_ in options.formats}
    body = _report(files, scores, costs, options.half)
    sys.stdout.write(body + "\n")
    if options.write_docs:
        write_between("bench corpus", [body], page=_PAGE)


def _report(files: Sequence[Printed], scores: Scores, costs: dict[str, Cost], half: Half) -> str:
    formats = "、".join(f"{name} {count}" for name, count in Counter(one.format for one in files).items())
    lines = [f"{'报告' if half is Half.REPORT else '调试'}用的一半：{len(files)} 个文件（{formats}）。", ""]
    lines += ["| 项目 | 说的有几成对 | 该有的找到几成 | 件数 |", "|---|---|---|---|"]
    lines += [
        f"| {name} | {_percent(scores.right[name], scores.told[name])} | "
        f"{_percent(scores.right[name], scores.true[name])} | {scores.true[name]} |"
        for name in _SHOWN
    ]
    lines += ["", "| 文字（按字数） | 本程序 | 平读 |", "|---|---|---|"]
    for name, what in (("边框", "网页边框去掉了"), ("正文", "正文留住了"), ("表格行", "表格行带着表头")):
        plain = f"{name}（平读）"
        lines.append(
            f"| {what} | {_percent(scores.right[name], scores.true[name])} | "
            f"{_percent(scores.right[plain], scores.true[plain])} |"
        )
    lines += ["", "| 格式 | 每秒页数（一页 1000 字） | 内存最多（MB） |", "|---|---|---|"]
    lines += [f"| {name} | {cost.pages / cost.seconds:.0f} | {cost.megabytes:.0f} |" for name, cost in costs.items()]
    return "\n".join(lines)


def _trust(scores: Scores) -> dict[str, str]:
    places = sorted({where for where, _ in scores.trusted})
    return {
        where: f"{scores.trusted[where, True]}/{scores.trusted[where, True] + scores.trusted[where, False]}"
        for where in places
    }


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "—"


if __name__ == "__main__":
    main()
