"""How much worse things are found when the golden questions are mistyped, by kind of slip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.evaluation.acceptable import intents_of
from app.evaluation.figures import Finding, find
from app.evaluation.responses import DEPTH, Respondent
from app.evaluation.scoring import Corpus, Score, rank_of
from knowledge.noise import MEASURED, Noise, noisy

_SEED = "eval"


@dataclass(frozen=True)
class Slipped:
    """What is found of the questions that a kind of slip changed, clean and mistyped."""

    noise: Noise
    clean: Finding
    mistyped: Finding


def measure_slips(respondent: Respondent, scores: Sequence[Score], corpus: Corpus) -> list[Slipped]:
    """Return for each kind of slip how the same questions rank without it and with it."""
    found = []
    for noise in MEASURED:
        clean: list[int | None] = []
        mistyped: list[int | None] = []
        for score in scores:
            text = noisy(score.golden.question, noise, _SEED)
            if not score.ranks or text == score.golden.question:
                continue
            search = respondent.search(replace(score.golden, question=text))
            hits = [hit.document for hit in respondent.knowledge.hits(respondent.store, search, k=DEPTH)]
            clean.extend(score.ranks)
            mistyped.extend(rank_of(hits, intent) for intent in intents_of(score.golden, corpus.entries))
        found.append(Slipped(noise, find(clean), find(mistyped)))
    return found


def slip_rows(slips: Sequence[Slipped]) -> list[list[str]]:
    """Return the table of slips: recall among the first three, clean, mistyped, and the drop in points."""
    rows = [["写错的样子", "问了", "没写错找到@3", "写错了找到@3", "差（百分点）"]]
    for one in slips:
        clean, mistyped = one.clean.recall[1], one.mistyped.recall[1]
        drop = f"{100 * (mistyped - clean):+.1f}"
        rows.append([one.noise.value, str(one.clean.asked), f"{clean:.1%}", f"{mistyped:.1%}", drop])
    return rows
