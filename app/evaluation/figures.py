"""Figures over many scores: how often the action was right, what was found, said and cited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.evaluation.risk import Share
from app.evaluation.scoring import Score
from bot.conversation.once import AskKind

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


@dataclass(frozen=True)
class Taken:
    """How often each action was taken, of the questions for which the ``wanted`` ones are right."""

    wanted: frozenset[AskKind]
    questions: int
    taken: Mapping[AskKind, int]
    """Zero for an action that is not in it."""


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


def wanted_and_taken(scores: Sequence[Score]) -> list[Taken]:
    """Return what was done for each set of right actions, the commonest set first."""
    by_wanted: dict[frozenset[AskKind], Counter[AskKind]] = {}
    for score in scores:
        by_wanted.setdefault(score.golden.expect.kind, Counter())[score.response.kind] += 1
    taken = [Taken(wanted, counted.total(), counted) for wanted, counted in by_wanted.items()]
    return sorted(taken, key=lambda one: (-one.questions, sorted(one.wanted)))
