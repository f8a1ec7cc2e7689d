"""How often an answer is wrong, at every share of the questions that one might choose to answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scipy.stats import beta

from app.evaluation.scoring import Score

SURE = 0.95
"""The confidence of every interval."""

_CUTS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


@dataclass(frozen=True)
class Share:
    """A part of a whole, with the exact (Clopper–Pearson) interval that holds its true value."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """Return the share, 0 of an empty whole."""
        return self.part / self.whole if self.whole else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Return the two-sided interval; everything is possible for an empty whole."""
        outside = (1 - SURE) / 2
        low = float(beta.ppf(outside, self.part, self.whole - self.part + 1)) if self.part else 0.0
        high = float(beta.ppf(1 - outside, self.part + 1, self.whole - self.part)) if self.part < self.whole else 1.0
        return low, high


@dataclass(frozen=True)
class Point:
    """
    What answering everything from one confidence on would come to.

    ``risk``: which share of the answers is wrong. ``coverage``: which share of the answerable is answered.
    """

    confidence: float
    risk: Share
    coverage: Share


def risk_curve(scores: Iterable[Score], threshold: float) -> list[Point]:
    """
    Return a point for each confidence that occurs, greatest first; *threshold* is the one in use.

    Only questions that retrieval was asked count. An answer to a question that has none is always wrong. What
    was withheld above the threshold (another place's rule, say) is answered at no confidence.
    """
    judged = [score for score in scores if score.looked_up]
    answerable = sum(score.answerable for score in judged)
    free = [score for score in judged if score.answered or score.response.confidence < threshold]
    curve: list[Point] = []
    wrong = covered = 0
    for answered, score in enumerate(sorted(free, key=lambda score: -score.response.confidence), start=1):
        wrong += not score.best_is_right
        covered += score.answerable
        point = Point(score.response.confidence, Share(wrong, answered), Share(covered, answerable))
        if curve and curve[-1].confidence == point.confidence:
            curve.pop()
        curve.append(point)
    return curve


@dataclass(frozen=True)
class Decisions:
    """
    What was decided, of questions of one sort that retrieval was asked.

    ``right`` and ``wrong`` are answers, ``offered`` were asked back with what is right among the questions to choose
    from, ``asked_back`` without it; the rest was left with whom to ask instead.
    """

    questions: int
    right: int
    wrong: int
    offered: int
    asked_back: int

    @property
    def refused(self) -> int:
        """Return how many got neither an answer nor a question back."""
        return self.questions - self.right - self.wrong - self.offered - self.asked_back


def decisions(scores: Iterable[Score], *, answerable: bool) -> Decisions:
    """Return what was decided of the questions that must be answered, or of all others."""
    judged = [score for score in scores if score.looked_up and score.answerable is answerable]
    answered = [score for score in judged if score.answered]
    asked_back = [score for score in judged if score.asked_back]
    right = sum(score.best_is_right for score in answered)
    offered = sum(score.offered for score in asked_back)
    return Decisions(len(judged), right, len(answered) - right, offered, len(asked_back) - offered)


def at_coverage(curve: Sequence[Point], coverage: float) -> Point | None:
    """Return the first point that covers at least so much."""
    return next((point for point in curve if point.coverage.value >= coverage), None)


def points_of(curve: Sequence[Point]) -> tuple[Point, ...]:
    """Return the first points that cover 50 %, 60 % and so on, for a table."""
    reached = (at_coverage(curve, cut) for cut in _CUTS)
    return tuple(point for point in reached if point is not None)


def at_risk(curve: Sequence[Point], risk: float) -> Point | None:
    """Return the point of greatest coverage at no more than this risk; None when there is none."""
    return next((point for point in reversed(curve) if point.risk.value <= risk), None)


def as_decided(scores: Iterable[Score], threshold: float) -> Point:
    """Return risk and coverage of the answers that were really given, with the *threshold* in use."""
    judged = [score for score in scores if score.looked_up]
    given = [score for score in judged if score.answered]
    answerable = [score for score in judged if score.answerable]
    return Point(
        confidence=threshold,
        risk=Share(sum(not score.best_is_right for score in given), len(given)),
        coverage=Share(sum(score.answered for score in answerable), len(answerable)),
    )
