"""Running the checker over falsehoods and over true texts, and counting."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from bench.evidence.counting import Count
from bench.evidence.faithful import Faithful, faithful, load_spans
from bench.evidence.mutations import Change, Mutation, mutations
from bench.evidence.vouching import IN_USE, refusal
from knowledge.evidence import Care, Untraced
from knowledge.sentences import sentences_of
from places.gazetteer import load_gazetteer

SEED = 20_260_301
_Check = Callable[[str, str], tuple[Untraced, ...]]


@dataclass(frozen=True)
class Figures:
    """
    What one half of the spans gave.

    ``caught`` and ``caught_reworded`` count by kind of change the falsehoods made of the spans' own sentences and
    those made of paraphrases; ``passed_written`` and ``passed_made`` the true texts that people and templates made.
    """

    spans: int
    caught: dict[Change, Count]
    caught_reworded: dict[Change, Count]
    passed_written: Count
    passed_made: Count
    failures: tuple[dict[str, str], ...]


def measure(*, tune: bool, most: int | None = None, care: Care = IN_USE) -> Figures:
    """Return the figures of a half; ``most`` bounds how many of each sort of text are drawn, by a fixed seed."""
    draw = random.Random(SEED)
    spans = [span for span in load_spans() if span.tune is tune]
    true = faithful(spans)
    plain = [one for span in spans for text in sentences_of(span.span) for one in mutations(text, span.span, draw)]
    reworded = [one for text in true if text.written for one in mutations(text.text, text.span, draw)]
    if most is not None:
        true = draw.sample(true, min(most, len(true)))
        plain = draw.sample(plain, min(most, len(plain)))
        reworded = draw.sample(reworded, min(most, len(reworded)))
    failures: list[dict[str, str]] = []
    check = partial(refusal, gazetteer=load_gazetteer(), care=care)
    return Figures(
        spans=len(spans),
        caught=_caught(plain, check, failures),
        caught_reworded=_caught(reworded, check, failures),
        passed_written=_passed([one for one in true if one.written], check, failures),
        passed_made=_passed([one for one in true if not one.written], check, failures),
        failures=tuple(failures),
    )


def table(tune: Figures, report: Figures) -> str:
    """Return the figures of the report half as a page's tables, those of the other half in one line."""
    rows = [f"| {change} | {report.caught[change]} | {report.caught_reworded[change]} |" for change in Change]
    rows.append(f"| 合计 | {Count.total(report.caught.values())} | {Count.total(report.caught_reworded.values())} |")
    return "\n".join(
        [
            f"命令 `python -m bench.evidence --write-docs`，种子 {SEED}，没看过的那一半 {report.spans} 段。",
            "",
            "| 改了什么 | 改在原句上，拦下 | 改在换过说法的话上，拦下 |",
            "|---|---:|---:|",
            *rows,
            "",
            f"- 没改意思的：人写的放行 {report.passed_written}，套模板的放行 {report.passed_made}。",
            f"- 调规则用的那一半：拦下 {Count.total(tune.caught.values())}、"
            f"{Count.total(tune.caught_reworded.values())}，"
            f"放行 {tune.passed_written}、{tune.passed_made}。",
        ]
    )


def _caught(made: Sequence[Mutation], check: _Check, failures: list[dict[str, str]]) -> dict[Change, Count]:
    right = dict.fromkeys(Change, 0)
    tried = dict.fromkeys(Change, 0)
    for one in made:
        tried[one.change] += 1
        if check(one.text, one.span):
            right[one.change] += 1
        else:
            failures.append({"missed": one.change, "text": one.text, "span": one.span})
    return {change: Count(right[change], tried[change]) for change in Change}


def _passed(true: Sequence[Faithful], check: _Check, failures: list[dict[str, str]]) -> Count:
    right = 0
    for one in true:
        untraced = check(one.text, one.span)
        right += not untraced
        if untraced:
            found = "；".join(f"{claim.claim} {claim.words}" for claim in untraced)
            failures.append({"refused": found, "text": one.text, "span": one.span})
    return Count(right, len(true))
