"""What more care catches, and what it costs: each degree of it on the texts that no rule was made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bench.evidence.counting import Count
from bench.evidence.measure import Figures, measure
from bench.evidence.spoken import Half, SpokenFigures, measure_spoken
from knowledge.evidence import Care
from places.gazetteer import Gazetteer

_NAMES: Final[Mapping[Care, str]] = {
    Care.NORMAL: "平常：不顶着就放",
    Care.CAREFUL: "仔细：五分之一可以多、一成半可以少（在用）",
    Care.STRICT: "严：十分之一可以多、可以少",
}


def care_name(care: Care) -> str:
    """Return what a degree of care is called on the page."""
    return _NAMES[care]


@dataclass(frozen=True)
class Trade:
    """What one degree of care did on the report half, on the blind spoken sentences and on the hard ones."""

    care: Care
    report: Figures
    spoken: SpokenFigures
    hard: SpokenFigures


def measure_trade(care: Care, gazetteer: Gazetteer) -> Trade:
    """Return what a degree of care did."""
    return Trade(
        care,
        measure(tune=False, care=care),
        measure_spoken(Half.BLIND, gazetteer, care),
        measure_spoken(Half.HARD_BLIND, gazetteer, care),
    )


def trade_table(trades: Sequence[Trade]) -> str:
    """Return a table: a row for each degree of care, what was caught, then what passed."""
    head = [
        "每一行都要跟原文的一句话一步一步对得上，多了、少了多少就不放，定得越严，拦下的越多，放行的越少：",
        "",
        "| 多严 | 拦下：原句 | 换过说法 | 一句一句写 | 拿原文拼 | 放行：人写 | 套模板 | 一句一句写 | 跟拼的同写 |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    return "\n".join([*head, *map(_row, trades)])


def _row(trade: Trade) -> str:
    report = trade.report
    counts = (
        Count.total(report.caught.values()),
        Count.total(report.caught_reworded.values()),
        Count.total(trade.spoken.caught.values()),
        Count.total(trade.hard.caught.values()),
        report.passed_written,
        report.passed_made,
        trade.spoken.passed,
        trade.hard.passed,
    )
    return f"| {care_name(trade.care)} | {' | '.join(map(str, counts))} |"
