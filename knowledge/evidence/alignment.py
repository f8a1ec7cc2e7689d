"""
How far a line is from the sentence that it rewords: what it adds, in the same order, and what it leaves out.

Both are read as steps: characters that mean something, figures, denials, words that narrow or widen. The price of
making the line of the sentence is the sum of what is added and of what is skipped between the first and the last step
that they share. What of the sentence the line says nowhere is counted apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Final

from knowledge.evidence.assertions import NEGATIVE, Force, force_marks
from knowledge.evidence.figures import Figure, find_figures
from knowledge.evidence.words import load_words

_SEQUENCE: Final = re.compile("先|再|然后|之后|以后|最后|之前|以前")
_DENIAL, _ORDER, _LEAVE, _CONSEQUENCE, _CONDITION, _BREAK, _JOINS, _HEDGE = "¬!可就的，且~"
_MOST_BEFORE: Final = 1.0  # what beginning in the midst of a clause costs at most
_EACH_BEFORE: Final = 0.1
_MOVED: Final = 0.5  # what it costs to say the clauses in another order
_AGAIN: Final = 0.5  # what saying a thing twice costs at most
_IN_AN_ASIDE: Final = 0.05
_ASIDE: Final = re.compile("（[^（）]*）")


@dataclass(frozen=True)
class Step:
    """
    A step with what it costs.

    ``adding``: that the line has it and the sentence has not; ``skipping``: that only the sentence has it, in the midst
    of a clause of the line's, and ``passing`` between two clauses; ``leaving``: that the line has it nowhere. ``opens``
    tells that it is the first of its clause.
    """

    symbol: str
    adding: float
    skipping: float
    passing: float
    leaving: float
    opens: bool


_PRICES: Final[Mapping[str, tuple[float, float, float, float]]] = {
    # what is said: adding, skipping, passing, leaving
    "word": (1.0, 0.4, 0.15, 1.0),
    "light": (0.25, 0.1, 0.05, 0.1),
    "figure": (0.8, 3.0, 0.3, 9.0),
    "date": (0.3, 1.5, 0.3, 9.0),
    "name": (1.0, 1.5, 0.3, 9.0),
    "hedge": (0.5, 1.5, 1.5, 9.0),
    "general": (3.0, 0.3, 0.1, 9.0),
    "join": (3.0, 0.0, 0.0, 0.0),
    "consequence": (3.0, 0.0, 0.0, 0.0),
    "restriction": (1.0, 1.5, 1.5, 3.0),
    "condition": (0.0, 0.5, 0.5, 0.0),
    "stop": (0.0, 3.0, 0.0, 0.0),
    "comma": (0.0, 0.5, 0.0, 0.0),
    _DENIAL: (2.0, 2.0, 0.3, 2.0),
    _ORDER: (1.0, 0.5, 0.1, 1.0),
    _LEAVE: (0.6, 0.0, 0.0, 0.0),
}

_SYMBOLS: Final = {
    "unsaid": "",
    "pause": "",
    "stop": _BREAK,
    "comma": _BREAK,
    "consequence": _CONSEQUENCE,
    "join": _JOINS,
    "hedge": _HEDGE,
}


def strangeness(line: str, sentence: str) -> float:
    """Return which share of a line in plain spelling a sentence does not say: its price by its weight."""
    told, given = list(_steps(line)), list(_steps(sentence))
    weight = weight_of(line)
    if not weight:
        return 0.0
    told = _with_repeats(told)
    if _SEQUENCE.search(line):
        told = [_in_order(step) for step in told]
    free = {_JOINS} if "或" not in sentence else set()
    if re.search("能|行", sentence):
        free.add(_LEAVE)
    told = [replace(step, adding=0.0) if step.symbol in free else step for step in told]
    least = _price(told, given)
    if not _SEQUENCE.search(line):
        least = min(least, _MOVED + sum(_price(clause, given) for clause in _clauses(told)))
    return least / weight


def _clauses(steps: Iterable[Step]) -> Iterator[list[Step]]:
    """Yield the steps of a line clause by clause."""
    clause: list[Step] = []
    for step in steps:
        if step.opens and clause:
            yield clause
            clause = []
        clause.append(step)
    if clause:
        yield clause


def weight_of(text: str) -> float:
    """Return what a text in plain spelling weighs: the price of adding all of it."""
    return sum(step.adding for step in _steps(text))


def omission(line: str, sentence: str) -> float:
    """Return which share of a sentence in plain spelling a line does not say anywhere, remarks in brackets aside."""
    told = Counter(step.symbol for step in _steps(line))
    given = sorted(_steps(_ASIDE.sub("", sentence) or sentence), key=attrgetter("symbol"))
    left = 0.0
    for symbol, steps in groupby(given, key=attrgetter("symbol")):
        left += sum([step.leaving for step in steps][told[symbol] :])
    return left / sum(min(step.leaving, 1.0) for step in given) if left else 0.0


def _with_repeats(steps: Iterable[Step]) -> list[Step]:
    """Return the steps of a sentence; what it said before costs little when it says it again."""
    said: set[str] = set()
    found = []
    for step in steps:
        again = step.symbol in said and step.symbol not in (_DENIAL, _ORDER)
        found.append(replace(step, adding=min(step.adding, _AGAIN)) if again else step)
        said.add(step.symbol)
    return found


def _in_order(step: Step) -> Step:
    """Return a step of a sentence that tells what comes first: there light words are told too."""
    return replace(step, adding=max(step.adding, 1.0)) if step.adding else step


def _price(told: Sequence[Step], given: Sequence[Step]) -> float:
    """Return the least price of making the told steps of the given ones, by dynamic programming from the end."""
    behind = [0.0] * (len(given) + 1)
    for place in range(len(told) - 1, -1, -1):
        step, row = told[place], [0.0] * (len(given) + 1)
        for other in range(len(given), -1, -1):
            best = behind[other] + step.adding
            if other < len(given):
                one = given[other]
                if place:
                    best = min(best, row[other + 1] + (one.passing if step.opens else one.skipping))
                if step.symbol == one.symbol:
                    best = min(best, behind[other + 1])
            row[other] = best
        behind = row
    before, least = 0.0, behind[-1]
    for one, price in zip(given, behind, strict=False):
        before = 0.0 if one.opens else before
        least = min(least, price + min(before, _MOST_BEFORE))
        before += _EACH_BEFORE if one.adding >= 1 else 0.0
    return least


def _steps(text: str) -> Iterator[Step]:
    figures = {one.start: one for one in find_figures(text)}
    forces = {start: (stop, force) for start, stop, force in force_marks(text)}
    asides = [(one.start(), one.end()) for one in _ASIDE.finditer(text)]
    place, opens = 0, True
    while place < len(text):
        begin = place
        place, symbol, kind = _step_at(text, place, figures.get(place), forces.get(place))
        if symbol:
            adding, skipping, passing, leaving = _PRICES[kind]
            if any(start < begin < stop for start, stop in asides):
                skipping = passing = min(passing, _IN_AN_ASIDE)
            yield Step(symbol, adding, skipping, passing, leaving, opens)
            opens = False
        if kind in ("stop", "comma", "pause"):
            # What stands behind 不同意的， and behind 急难型： is said of that.
            opens = text[place - 2 : place - 1] != _CONDITION and text[place - 1] != "："


def _step_at(text: str, place: int, figure: Figure | None, force: tuple[int, Force] | None) -> tuple[int, str, str]:
    """Return where the step at a place of a text ends, its symbol (empty when nothing is said) and its kind."""
    if figure is not None:
        if figure.date:
            return figure.stop, f"#{figure.date}", "date"
        return figure.stop, f"#{figure.value.normalize()}{figure.unit}", "figure"
    if force is not None:
        mark = _DENIAL if force[1] in NEGATIVE else _ORDER if force[1] is Force.ORDERED else _LEAVE
        return force[0], mark, mark
    words = load_words()
    found = _kinds().match(text, place)
    if found is None or found.lastgroup is None:
        return place + 1, "", ""
    kind = found.lastgroup
    if kind == "han":
        symbol = words.alike.get(found[0], found[0])
        return found.end(), "" if symbol in words.free else symbol, "light" if symbol in words.lightest else "word"
    return found.end(), _SYMBOLS.get(kind, found[0]), kind


@cache
def _kinds() -> re.Pattern[str]:
    """Return what finds the words that are more, or less, than their characters."""
    words = load_words()
    lists = {"unsaid": words.unsaid, "hedge": words.hedges, "general": words.general, "restriction": words.restrictions}
    parts = [
        f"(?P<{kind}>{'|'.join(sorted(map(re.escape, terms), key=len, reverse=True))})" for kind, terms in lists.items()
    ]
    parts += [
        "(?P<join>而且|并且|同时要|且)",
        r"(?P<consequence>就(?:能|可以|算(?!将)|会|够|给|定(?!了)|得))",
        rf"(?P<condition>{_CONDITION}(?=[，、；：]|$))",
        r"(?P<stop>[。！？；\n])",
        "(?P<comma>，)",
        r"(?P<name>[A-Za-z]+)",
        "(?P<pause>[、：（）])",
        "(?P<han>[\u3400-\u9fff])",
    ]
    return re.compile("|".join(parts))
