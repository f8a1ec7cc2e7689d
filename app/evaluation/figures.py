"""Figures over many scores: how often the action was right, what was found, said and cited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.evaluation.risk import Share
from app.evaluation.scoring import Score

CUTS = (1, 3, 10)


@dataclass(frozen=True)
class Finding:
    """
    How well retrieval ranks, over ``asked`` things that were asked for; a message may ask two.

    ``recall`` is the share found among the first 1, 3 and 10, ``mrr`` the mean reciprocal rank.
    """

    asked: int
    recall: tuple[float, ...]
    mrr: float


@dataclass(frozen=True)
class Figures:
    """The figures of a family, or of all. ``facts`` and ``cited`` have an empty whole where nothing was to judge."""

    name: str
    questions: int
    action: Share
    finding: Finding
    facts: Share
    cited: Share
    forbidden: int


def measure(name: str, scores: Sequence[Score]) -> Figures:
    """Return the figures of these scores."""
    judged = [score.cited for score in scores if score.cited is not None]
    facts = sum(score.facts for score in scores)
    return Figures(
        name=name,
        questions=len(scores),
        action=Share(sum(score.action_right for score in scores), len(scores)),
        finding=find(rank for score in scores for rank in score.ranks),
        facts=Share(facts - sum(len(score.missing) for score in scores), facts),
        cited=Share(sum(judged), len(judged)),
        forbidden=sum(bool(score.forbidden) for score in scores),
    )


def measure_families(scores: Sequence[Score]) -> list[Figures]:
    """Return the figures of each family by name, then of all."""
    families = sorted({score.golden.family for score in scores})
    figures = [measure(family, [score for score in scores if score.golden.family == family]) for family in families]
    return [*figures, measure("合计", scores)]


def find(ranks: Iterable[int | None]) -> Finding:
    """Return recall and mean reciprocal rank of these places (None: not found)."""
    places = list(ranks)
    whole = len(places) or 1
    recall = tuple(sum(place is not None and place <= cut for place in places) / whole for cut in CUTS)
    return Finding(len(places), recall, sum(1 / place for place in places if place is not None) / whole)
