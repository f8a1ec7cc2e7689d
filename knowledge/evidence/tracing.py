"""Tracing each figure of a text to the place of its source where it is said of the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from knowledge.evidence.clauses import SINCE, Clause, Placed, pairs_of
from knowledge.evidence.figures import Figure

_SENTENCE: Final = re.compile(r"[^。！？\n]+")
_TELEPHONE: Final = 100
_BOTH: Final = 2
_NOW: Final = re.compile("现在|如今|目前|眼下|今年|现行|仍然")
_SHARES: Final = frozenset("倍%")
_BASE: Final = re.compile(r"([\u3400-\u9fff]{2})的$")
_PARTS: Final = frozenset("个项条样类步")


class FigureTrace:
    """The figures of the sources, read once."""

    def __init__(self, grounds: Sequence[Clause], given: str) -> None:
        self._given = given
        self._placed = [(ground, placed) for ground in grounds for placed in ground.figures]
        self._in_order = [placed for _, placed in self._placed]

    def untraced(self, clause: Clause, told: Sequence[Placed]) -> Iterator[str]:
        """Yield the figures of a clause that the sources do not say of the same; ``told`` are those of its text."""
        for placed in clause.figures:
            if not self._of_its_base(placed.figure, clause.text) or not self._traced(placed, clause, told):
                yield placed.figure.words

    def _traced(self, placed: Placed, clause: Clause, told: Sequence[Placed]) -> bool:
        """
        Tell whether a figure stands in the source where its surroundings are most alike.

        A list that goes on as it does in the source is right. Where several places are equally alike and not all of
        them say the same, the figure next to it must be the same too.
        """
        rivals = [one for one in self._placed if placed.figure.measures_like(one[1].figure)]
        if any(carries(one, placed) and _fits(placed, one) and self._in_list(one, placed, told) for _, one in rivals):
            return True
        if not rivals and self._counts(placed.figure):
            return True
        nearest = _nearest(placed, clause, rivals)
        carrying = [one for one in nearest if carries(one, placed)]
        if _is_telephone(placed.figure) or all(one.figure.value == placed.figure.value for one in nearest):
            return bool(carrying)
        return any(self._beside(one, placed, told, step) for one in carrying for step in (-1, 1))

    def held_once(self, clause: Clause) -> bool:
        """Tell whether a clause says that a figure holds now of which no source says it, or since when it does."""
        if not _NOW.search(clause.text) or "是否" in clause.text:
            return False
        return not all(
            any(
                carries(other, placed) and (_NOW.search(ground.text) or "≥" in other.scope.get(SINCE, ()))
                for ground, other in self._placed
            )
            for placed in clause.figures
            if not placed.figure.date and not _is_telephone(placed.figure)
        )

    def _of_its_base(self, figure: Figure, text: str) -> bool:
        """Tell whether a share or a multiple is of what the source says it is of: 扶贫标准的1.5倍."""
        base = _BASE.search(text[: figure.start]) if figure.unit in _SHARES else None
        if not base or base[1] not in self._given:
            return True
        return any(base[1] in ground.text for ground, other in self._placed if figure.says(other.figure, other.lent))

    def _counts(self, figure: Figure) -> bool:
        """Tell whether a figure counts the parts of a list that the source does not count itself: 三个条件."""
        if figure.unit not in _PARTS or figure.bound:
            return False
        sentences = _SENTENCE.findall(self._given)
        return any(len(one.split(stop)) == figure.value for one in sentences for stop in "；、")

    def _in_list(self, one: Placed, placed: Placed, told: Sequence[Placed]) -> bool:
        """Tell whether a figure and the one next to it stand in one list, in the text and in the source alike."""
        if placed.listed and one.listed and self._beside(one, placed, told, -1):
            return True
        follows = told[placed.order + 1 : placed.order + 2]
        after = self._in_order[one.order + 1 : one.order + 2]
        lists = [*follows, *after]
        return len(lists) == _BOTH and all(other.listed for other in lists) and self._beside(one, placed, told, 1)

    def _beside(self, one: Placed, placed: Placed, told: Sequence[Placed], step: int) -> bool:
        """Tell whether the figures before (-1) or behind (1) two equal figures are equal too."""
        here, there = placed.order + step, one.order + step
        if not (0 <= here < len(told) and 0 <= there < len(self._in_order)):
            return False
        return told[here].figure.says(self._in_order[there].figure)


def _nearest(placed: Placed, clause: Clause, rivals: Sequence[tuple[Clause, Placed]]) -> list[Placed]:
    """
    Return the source's figures whose surroundings are most like those of a figure.

    What all rivals share tells nothing. The words next to it count before those of its sentence, and these before
    what was said earlier.
    """
    fitting = [one for one in rivals if _fits(placed, one[1])]
    held = Counter(mark for _, one in fitting for mark in one.marks)
    telling = {mark for mark, count in held.items() if count < len(fitting) or len(fitting) == 1}

    def likeness(one: tuple[Clause, Placed]) -> tuple[int, ...]:
        ground, other = one
        return (
            len(other.marks & telling & placed.marks),
            len(pairs_of(ground.around & clause.around)),
            len(pairs_of(ground.sentence & clause.sentence)),
            len(pairs_of(ground.earlier & clause.earlier)),
            len(ground.around & clause.around) // 2,
        )

    scored = [(likeness(one), one[1]) for one in fitting]
    greatest = max((score for score, _ in scored), default=())
    return [other for score, other in scored if score == greatest]


def _fits(placed: Placed, other: Placed) -> bool:
    """Tell whether a source's figure is said of nothing that excludes what this one is said of."""
    kinds = placed.scope.keys() & other.scope.keys()
    return all(placed.scope[kind] <= other.scope[kind] for kind in kinds)


def carries(other: Placed, placed: Placed) -> bool:
    """Tell whether a figure of a source says what another one says, and counts by the same."""
    figure = placed.figure
    return figure.says(other.figure, other.lent) and (bool(figure.date) or not figure.per or figure.per <= other.per)


def _is_telephone(figure: Figure) -> bool:
    return not figure.unit and figure.value >= _TELEPHONE
