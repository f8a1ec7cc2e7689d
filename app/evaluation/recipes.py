"""Plain recipes of retrieval on the same index and model, to see what ours adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from app.evaluation.acceptable import intents_of
from app.evaluation.responses import Respondent
from app.evaluation.scoring import Corpus, Score, rank_of
from knowledge.dense import Ranking, best
from knowledge.fusion import pool, reciprocal_rank
from knowledge.search import Search

OURS: Final = "本系统"
_PLAIN: Final = ("只按字面（BM25）", "只按意思（e5）", "名次相加（RRF60）")
_ROWS: Final = 300


@dataclass(frozen=True)
class Ranked:
    """The places of what a question of a family asked for, as in ``Score.ranks``."""

    family: str
    ranks: tuple[int | None, ...]


Comparison: TypeAlias = Mapping[str, Sequence[Ranked]]
"""For each recipe, how it ranks for every question."""


def compare_recipes(respondent: Respondent, scores: Sequence[Score], corpus: Corpus) -> Comparison:
    """
    Return how each recipe ranks for the scored questions that expect an entry, ours last.

    The plain ones search the same rows (one hit an entry, its best row) under the same mask, without lexicon,
    place or time: BM25 alone, the vectors alone, both merged by reciprocal ranks.
    """
    compared: dict[str, list[Ranked]] = {name: [] for name in (*_PLAIN, OURS)}
    for score in scores:
        intents = intents_of(score.golden, corpus.entries)
        if not intents:
            continue
        for name, hits in zip(_PLAIN, _plain(respondent, respondent.search(score.golden)), strict=True):
            compared[name].append(Ranked(score.golden.family, tuple(rank_of(hits, intent) for intent in intents)))
        compared[OURS].append(Ranked(score.golden.family, score.ranks))
    return compared


def _plain(respondent: Respondent, search: Search) -> tuple[list[str], list[str], list[str]]:
    knowledge = respondent.knowledge
    snapshot = knowledge.snapshot(respondent.store)
    shown = snapshot.shown(search.asker, search.as_of)
    words = snapshot.lexical.scores(search.text)
    vector = knowledge.embedder.embed_queries([search.text])[0]
    lexical = pool(best(words, k=_ROWS, allowed=shown & (words > 0)), snapshot.groups, best_of=1)
    dense = pool(snapshot.dense.search(vector, k=_ROWS, allowed=shown), snapshot.groups, best_of=1)

    def ids(ranking: Ranking) -> list[str]:
        return [snapshot.units[unit] for unit in ranking.rows.tolist()]

    return ids(lexical), ids(dense), ids(reciprocal_rank(dense, lexical))
