"""Compares what ``cases.likeness`` finds with what the pairs are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.evaluation.duplicates.pairs import Noise, Pair
from cases.likeness import compare


@dataclass(frozen=True)
class Found:
    """A pair and whether it would be asked about."""

    pair: Pair
    asked: bool


@dataclass(frozen=True)
class Figures:
    """Pair precision and recall, with the counts behind them."""

    right: int
    asked: int
    same: int

    @property
    def precision(self) -> float:
        """The share of the pairs asked about that are one household."""
        return self.right / self.asked if self.asked else 1.0

    @property
    def recall(self) -> float:
        """The share of the pairs of one household that are asked about."""
        return self.right / self.same if self.same else 1.0


def measure(pairs: Iterable[Pair]) -> list[Found]:
    """Compare each pair."""
    return [Found(pair, compare(pair.one, pair.other).may_be_same) for pair in pairs]


def figures(found: Sequence[Found]) -> Figures:
    """Return the figures of a half."""
    asked = [one for one in found if one.asked]
    return Figures(sum(one.pair.same for one in asked), len(asked), sum(one.pair.same for one in found))


def noise_rows(found: Sequence[Found]) -> list[list[str]]:
    """Return a row for each kind of pair: how many, and how many would be asked about."""
    rows = [["两份报告", "对数", "会问一声的"]]
    for noise in Noise:
        of = [one for one in found if one.pair.noise is noise]
        rows.append([noise.value, str(len(of)), f"{sum(one.asked for one in of) / len(of):.1%}"])
    return rows


def figures_line(of: Figures) -> str:
    """Return the figures as a sentence."""
    return (
        f"会问一声的 {of.asked} 对里，真是一户的 {of.right} 对（准 {of.precision:.1%}）；"
        f"{of.same} 对同一户里认出 {of.right} 对（全 {of.recall:.1%}）。"
    )
