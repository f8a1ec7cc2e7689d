"""Tables of printed pages, found by the lines that are drawn around their cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.page import Block, Grid
from ingest.readers.grids import blocks_of, head_depth
from ingest.readers.layout import Box, Leaf, Run, around, lines_of

_NEAR: Final = 3.5  # points: a border that is drawn twice, a line that ends short of its corner
_MOST_LINES: Final = 2000
_MOST_CELLS: Final = 5000


@dataclass(frozen=True)
class Ruled:
    """A table's rules, grouped: ``xs`` and ``ys`` part its columns and rows; ``areas`` name the merged cell of each."""

    box: Box
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    areas: tuple[tuple[int, ...], ...]

    def area_at(self, x: float, y: float) -> int | None:
        """Return the cell that a point lies in, None outside the table."""
        if not self.box.holds(x, y):
            return None
        column = sum(edge <= x for edge in self.xs[1:-1])
        row = sum(edge <= y for edge in self.ys[1:-1])
        return self.areas[row][column]

    def grid(self, runs: Iterable[Run]) -> tuple[Grid, int]:
        """Return the cells with the text of ``runs`` in them, and how many rows are headings."""
        found: dict[int, list[Run]] = {}
        for run in runs:
            area = self.area_at(*run.box.middle)
            if area is not None:
                found.setdefault(area, []).append(run)
        texts = {area: "".join(line.text.strip() for line in lines_of(members)) for area, members in found.items()}
        rows = [tuple(texts.get(area, "") for area in row) for row in self.areas]
        depth = head_depth(self._span(0, down=True), self._span(0, down=False))
        return tuple(row for row in rows if any(row)), depth

    def _span(self, row: int, *, down: bool) -> int:
        """Return how far the widest, or the deepest, cell of a row reaches."""
        spans = [1]
        for area in set(self.areas[row]):
            places = [(y, x) for y, cells in enumerate(self.areas) for x, cell in enumerate(cells) if cell == area]
            spans.append(len({place[0 if down else 1] for place in places}))
        return max(spans)


def leaf_of(number: int, box: Box, runs: Sequence[Run], tables: Sequence[Ruled], *, exact: bool = True) -> Leaf:
    """Return a page with the text of its tables taken out of its lines and put into their cells."""
    placed: list[tuple[Box, Block]] = []
    rest = list(runs)
    for table in tables:
        inside = [run for run in rest if table.box.holds(*run.box.middle)]
        placed += [(table.box, block) for block in blocks_of(*table.grid(inside), number)]
        rest = [run for run in rest if not table.box.holds(*run.box.middle)]
    return Leaf(number, box, tuple(rest), tuple(placed), exact)


def find_tables(rules: Sequence[Box]) -> list[Ruled]:
    """Return the tables that straight rules make; a single frame around text is none."""
    if len(rules) > _MOST_LINES:
        return []
    tables = []
    for group in _connected(rules):
        flat = [rule for rule in group if rule.width >= rule.height]
        upright = [rule for rule in group if rule.width < rule.height]
        xs, ys = _positions(rule.middle[0] for rule in upright), _positions(rule.middle[1] for rule in flat)
        cells = (len(xs) - 1) * (len(ys) - 1)
        # A row alone at the end of a page or at its beginning belongs to the table overleaf; two frames are no row.
        if len(xs) >= 3 and len(ys) >= 2 and (len(ys) >= 3 or len(xs) >= 4) and cells <= _MOST_CELLS:
            tables.append(Ruled(around(group), xs, ys, _areas(xs, ys, flat, upright)))
    return tables


def _connected(rules: Sequence[Box]) -> list[list[Box]]:
    """Return the groups of rules that touch each other."""
    groups: list[list[Box]] = []
    for rule in sorted(rules, key=lambda rule: rule.top):
        touched = [group for group in groups if any(_touch(rule, other) for other in group)]
        merged = [rule, *(other for group in touched for other in group)]
        groups = [group for group in groups if not any(group is one for one in touched)]
        groups.append(merged)
    return groups


def _touch(one: Box, other: Box) -> bool:
    return (
        one.left <= other.right + _NEAR
        and other.left <= one.right + _NEAR
        and one.top <= other.bottom + _NEAR
        and other.top <= one.bottom + _NEAR
    )


def _positions(values: Iterable[float]) -> tuple[float, ...]:
    """Return the distinct positions, near ones taken together."""
    positions: list[list[float]] = []
    for value in sorted(values):
        if positions and value - positions[-1][-1] <= _NEAR:
            positions[-1].append(value)
        else:
            positions.append([value])
    return tuple(sum(near) / len(near) for near in positions)


def _areas(
    xs: Sequence[float], ys: Sequence[float], flat: Sequence[Box], upright: Sequence[Box]
) -> tuple[tuple[int, ...], ...]:
    """Number the cells; cells with no rule between them share a number."""
    width, height = len(xs) - 1, len(ys) - 1
    areas = [[y * width + x for x in range(width)] for y in range(height)]
    for y in range(height):
        middle = (ys[y] + ys[y + 1]) / 2
        for x in range(width):
            centre = (xs[x] + xs[x + 1]) / 2
            if x and not any(
                abs(rule.middle[0] - xs[x]) <= _NEAR and rule.top <= middle <= rule.bottom for rule in upright
            ):
                areas[y][x] = areas[y][x - 1]
            elif y and not any(
                abs(rule.middle[1] - ys[y]) <= _NEAR and rule.left <= centre <= rule.right for rule in flat
            ):
                areas[y][x] = areas[y - 1][x]
    return tuple(map(tuple, areas))
