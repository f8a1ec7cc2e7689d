"""The order in which the columns of a printed page are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from ingest.readers.layout import Run, around, em_of, lines_of

_FEWEST_LINES: Final = 4
# A column of text is mostly full, a column of a table is not.
_FILLED: Final = 0.6
_FEWEST_LETTERS: Final = 8
_MOST_CROSSING: Final = 0.3
_NARROWEST: Final = 0.2


@dataclass(frozen=True)
class Region:
    """Lines that are read together. ``margins`` are where a full line of them begins and ends."""

    lines: Sequence[Run]
    margins: tuple[float, float]


def margins_of(lines: Sequence[Run]) -> tuple[float, float]:
    """Return where the full ones among some lines begin and end, (0, 0) where there are none."""
    lefts, rights = sorted(line.box.left for line in lines), sorted(line.box.right for line in lines)
    return (lefts[len(lefts) // 10], rights[len(rights) * 9 // 10]) if lines else (0.0, 0.0)


def regions_of(runs: Sequence[Run], margins: tuple[float, float]) -> Iterator[Region]:
    """
    Yield the columns in reading order; what stretches over them parts them in height.

    ``margins`` are those of the page, which hold where there is one column only.
    """
    if not runs:
        return
    gutter = _gutter(runs)
    if gutter is None:
        yield Region(lines_of(runs), margins)
        return
    left = [run for run in runs if run.box.right <= gutter]
    right = [run for run in runs if run.box.left >= gutter]
    across = sorted((run for run in runs if run.box.left < gutter < run.box.right), key=lambda run: run.box.top)
    edges = [run.box.middle[1] for run in across]
    for above, below, bar in zip([float("-inf"), *edges], [*edges, float("inf")], [*across, None], strict=True):
        for side in (left, right):
            column = [run for run in side if above < run.box.middle[1] <= below]
            yield from regions_of(column, margins_of(lines_of(side)))
        if bar is not None:
            yield Region([bar], margins)


def _gutter(runs: Sequence[Run]) -> float | None:
    """Return the x between two columns of running text, None when there is but one."""
    if len(runs) < 2 * _FEWEST_LINES:
        return None
    whole, em = around(run.box for run in runs), em_of(runs)
    candidates = sorted({run.box.right + em / 4 for run in runs})
    inner = [x for x in candidates if _NARROWEST <= (x - whole.left) / whole.width <= 1 - _NARROWEST]
    best = min(inner, key=lambda x: sum(run.box.left < x < run.box.right for run in runs), default=None)
    if best is None:
        return None
    left = [run for run in runs if run.box.right <= best]
    right = [run for run in runs if run.box.left >= best]
    crossing = len(runs) - len(left) - len(right)
    if crossing > _MOST_CROSSING * len(runs) or not (_is_column(left) and _is_column(right)):
        return None
    gap = min(run.box.left for run in right) - max(run.box.right for run in left)
    shared = min(max(run.box.bottom for run in side) for side in (left, right)) - max(
        min(run.box.top for run in side) for side in (left, right)
    )
    return best if gap > em / 2 and shared > 2 * em else None


def _is_column(runs: Sequence[Run]) -> bool:
    lines = lines_of(runs)
    if len(lines) < _FEWEST_LINES:
        return False
    width = around(line.box for line in lines).width
    return (
        median(line.box.width for line in lines) >= _FILLED * width
        and median(len(line.text) for line in lines) >= _FEWEST_LETTERS
    )
