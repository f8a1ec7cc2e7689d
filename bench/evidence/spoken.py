"""Spoken answers that people wrote sentence by sentence: true ones, and false ones as a model errs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from bench.evidence.counting import Count
from bench.evidence.vouching import IN_USE, refusal
from knowledge.evidence import Care, Claim
from places.gazetteer import Gazetteer

_FILE: Final = Path(__file__).parent / "spoken.jsonl"
_CLAIMS: Final = {
    Claim.NUMBER: "数",
    Claim.QUANTITY: "多少",
    Claim.AGENCY: "部门",
    Claim.PLACE: "地名",
    Claim.CONDITION: "条件",
    Claim.STATEMENT: "整句",
    Claim.POLARITY: "否定",
    Claim.MODAL: "可以、必须",
    Claim.OMISSION: "漏了话",
}


class Half(StrEnum):
    """
    Whether the checker was developed on a span.

    The sentences of ``OPENED`` and ``BLIND`` were written before the checker was held against any of them, and were
    measured together once. Then those of ``OPENED`` were read and mended by; of ``BLIND`` only totals were seen.
    The false sentences of ``HARD`` and ``HARD_BLIND`` are made of the span's own words: parts of two statements put
    together, a condition left out, what holds for one said of another. ``HARD`` was read and mended by.
    """

    TUNE = "tune"
    OPENED = "opened"
    BLIND = "blind"
    HARD = "hard"
    HARD_BLIND = "hard_blind"


@dataclass(frozen=True)
class Spoken:
    """A span with true sentences about it and false ones, each with the class of its fault."""

    id: str
    half: Half
    span: str
    true: tuple[str, ...]
    false: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SpokenFigures:
    """What the checker did with one half: ``caught`` by class of fault, ``refused`` by what it could not trace."""

    spans: int
    passed: Count
    caught: dict[str, Count]
    refused: dict[str, int]
    failures: tuple[dict[str, str], ...]


def load_spoken(half: Half) -> list[Spoken]:
    """Return the spans of a half."""
    rows = [json.loads(line) for line in _FILE.read_text(encoding="utf-8").splitlines()]
    return [
        Spoken(row["id"], Half(row["half"]), row["span"], tuple(row["true"]), tuple(map(tuple, row["false"])))
        for row in rows
        if row["half"] == half
    ]


def measure_spoken(half: Half, gazetteer: Gazetteer, care: Care = IN_USE) -> SpokenFigures:
    """Hold every sentence of a half against its span."""
    spans = load_spoken(half)
    passed, caught, tried, refused = 0, Counter[str](), Counter[str](), Counter[str]()
    failures: list[dict[str, str]] = []
    for span in spans:
        for text in span.true:
            untraced = refusal(text, span.span, gazetteer, care)
            passed += not untraced
            refused.update({claim.claim.value for claim in untraced})
            if untraced:
                words = "；".join(f"{claim.claim} {claim.words}" for claim in untraced)
                failures.append({"refused": words, "text": text, "span": span.span})
        for fault, text in span.false:
            tried[fault] += 1
            if refusal(text, span.span, gazetteer, care):
                caught[fault] += 1
            else:
                failures.append({"missed": fault, "text": text, "span": span.span})
    return SpokenFigures(
        len(spans),
        Count(passed, sum(len(span.true) for span in spans)),
        {fault: Count(caught[fault], tried[fault]) for fault in tried},
        dict(refused),
        tuple(failures),
    )


def spoken_table(figures: Mapping[Half, SpokenFigures]) -> str:
    """Return the figures of the blind spans as a table by class of fault, those of the others in a line each."""
    blind = figures[Half.BLIND]
    rows = [f"| {fault} | {count} |" for fault, count in blind.caught.items()]
    refused = "、".join(f"{_CLAIMS[Claim(claim)]} {count}" for claim, count in sorted(blind.refused.items())) or "无"
    return "\n".join(
        [
            f"一句一句照着说给老人听的样子写的，只看过总数的 {blind.spans} 段：",
            "",
            "| 假在哪里 | 拦下 |",
            "|---|---:|",
            *rows,
            f"| 合计 | {Count.total(blind.caught.values())} |",
            "",
            f"- 真话放行 {blind.passed}；没放行的，追不到的是：{refused}。",
            f"- 头一次跑过以后看过的 {_line(figures[Half.OPENED])}。",
            f"- 一直用来调规则的 {_line(figures[Half.TUNE])}。",
            f"- 拿原文自己的字拼出来的假话，写完没有看过单句的 {_line(figures[Half.HARD_BLIND])}；"
            f"照着改过规则的 {_line(figures[Half.HARD])}。",
        ]
    )


def _line(figures: SpokenFigures) -> str:
    return f"{figures.spans} 段：拦下 {Count.total(figures.caught.values())}，放行 {figures.passed}"
