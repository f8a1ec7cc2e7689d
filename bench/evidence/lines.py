"""Whole answers reworded line by line, as a model is asked to: what share of them is shown, what false is caught."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from bench.evidence.counting import Count
from bench.evidence.faithful import Span, load_spans
from bench.evidence.mutations import mutations
from bench.evidence.trade import care_name
from bench.evidence.vouching import IN_USE, with_the_rest
from knowledge.evidence import Care, find_strayed
from knowledge.sentences import sentences_of
from places.gazetteer import Gazetteer

_FILE: Final = Path(__file__).parent / "lines.jsonl"
_SEED: Final = 20_260_301
_PAUSE: Final = re.compile("[，：]")
_ALIKE: Final = 0.5  # share of character pairs from which a paraphrase is of a sentence
CHANGED, NEIGHBOUR, SPLICED = "改一处", "拿旁边一句的话来", "前半句接旁边一句的后半句"


Pair = tuple[str, str, str]  # a line, its sentence, what stands beside that


@dataclass(frozen=True)
class Reworded:
    """An answer with a line for each of its sentences, in their order."""

    id: str
    tune: bool
    span: str
    lines: tuple[str, ...]

    def pairs(self) -> list[Pair]:
        """Return each line with its sentence and what stands beside that."""
        told = zip(self.lines, with_the_rest(self.span), strict=True)
        return [(line, sentence, beside) for line, (sentence, beside) in told]


@dataclass(frozen=True)
class LineFigures:
    """
    What one half gave.

    ``shown`` counts the sentences of whole answers that are shown reworded, ``touched`` the answers with one at least;
    ``caught`` the false lines by how they were made, ``paraphrased`` the sentences that have a paraphrase, and of them
    those for which it would be shown.
    """

    answers: int
    shown: Count
    touched: Count
    caught: dict[str, Count]
    paraphrased: Count
    failures: tuple[dict[str, str], ...]


def load_lines(*, tune: bool) -> list[Reworded]:
    """Return the answers of a half."""
    rows = [json.loads(line) for line in _FILE.read_text(encoding="utf-8").splitlines()]
    made = [Reworded(row["id"], row["half"] == "tune", row["span"], tuple(row["lines"])) for row in rows]
    return [one for one in made if one.tune is tune]


def measure_lines(gazetteer: Gazetteer, *, tune: bool, care: Care = IN_USE) -> LineFigures:
    """Hold every line of a half, and the false ones made of it, against its own sentence."""

    def stands(line: str, sentence: str, beside: str) -> bool:
        return not find_strayed(line, sentence, gazetteer, beside=beside, care=care)

    answers = load_lines(tune=tune)
    draw = random.Random(_SEED)
    shown, caught, tried = [], Counter[str](), Counter[str]()
    failures: list[dict[str, str]] = []
    for answer in answers:
        shown.append([stands(*pair) for pair in answer.pairs()])
        refused = [pair for pair, stood in zip(answer.pairs(), shown[-1], strict=True) if not stood]
        failures.extend({"refused": line, "sentence": sentence} for line, sentence, _ in refused)
        for fault, pair in _false(answer, draw):
            tried[fault] += 1
            if stands(*pair):
                failures.append({"missed": fault, "text": pair[0], "sentence": pair[1]})
            else:
                caught[fault] += 1
    paired = [pair for span in load_spans() if span.tune is tune for pair in paraphrased(span)]
    return LineFigures(
        len(answers),
        Count(sum(map(sum, shown)), sum(map(len, shown))),
        Count(sum(map(any, shown)), len(shown)),
        {fault: Count(caught[fault], tried[fault]) for fault in tried},
        Count(sum(stands(*pair) for pair in paired), len(paired)),
        tuple(failures),
    )


def paraphrased(span: Span) -> list[Pair]:
    """Pair each sentence of a span with the paraphrase that shares most pairs of characters with it, and enough."""
    parts = [part for text in span.says for part in sentences_of(text)]
    found = []
    for sentence, beside in with_the_rest(span.span):
        best = max(parts, key=lambda part: _alikeness(part, sentence), default="")
        if _alikeness(best, sentence) >= _ALIKE:
            found.append((best, sentence, beside))
    return found


def lines_table(figures: Mapping[Care, tuple[LineFigures, ...]]) -> str:
    """Return a table of the half that only totals were seen of, and in one line what the other gave in use."""
    faults = list(figures[IN_USE][1].caught)
    rows = [
        f"| {care_name(care)} | {blind.shown} | {blind.paraphrased} | "
        + " | ".join(str(blind.caught[fault]) for fault in faults)
        + " |"
        for care, (_, blind) in figures.items()
    ]
    tune, blind = figures[IN_USE]
    return "\n".join(
        [
            f"整篇答案一句换一行（`lines.jsonl`），一行只跟它那一句对，跟真用时一样。只看过总数的 {blind.answers} 篇：",
            "",
            f"| 多严 | 用得上的句子 | 拿 `paraphrases.jsonl` 配 | {' | '.join(f'拦下：{one}' for one in faults)} |",
            "|---|---:|---:|" + "---:|" * len(faults),
            *rows,
            "",
            f"- 至少有一句用得上的答案：{blind.touched}。",
            f"- 改规则用的那一半 {tune.answers} 篇：用得上 {tune.shown}，配 `paraphrases.jsonl` {tune.paraphrased}，"
            f"拦下 {Count.total(tune.caught.values())}。",
        ]
    )


def _false(answer: Reworded, draw: random.Random) -> Iterator[tuple[str, Pair]]:
    """Yield false lines with how they were made, each for the sentence that it is given for."""
    pairs = answer.pairs()
    for line, sentence, beside in pairs:
        yield from ((CHANGED, (one.text, sentence, beside)) for one in mutations(line, answer.span, draw))
    for first, second in pairwise(pairs):
        for (line, sentence, beside), other in ((first, second[0]), (second, first[0])):
            yield NEIGHBOUR, (other, sentence, beside)
            head, tail = _PAUSE.split(line)[0], _PAUSE.split(other)[-1]
            if head != line and tail != other:
                yield SPLICED, (f"{head}，{tail}", sentence, beside)


def _alikeness(one: str, other: str) -> float:
    first, second = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (one, other))
    return 2 * len(first & second) / (len(first) + len(second) or 1)
