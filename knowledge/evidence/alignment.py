"""
How far a sentence is from the one statement of its sources that says most nearly the same, in the same order.

Sentence and statement are read as steps: characters that mean something, figures, denials, words that narrow or widen.
The price of making the sentence of the statement is the sum of what is added and of what is left out between the first
and the last step that they share; what stands before and behind is another matter of the statement and free.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from knowledge.evidence.assertions import NEGATIVE, Force, force_marks
from knowledge.evidence.figures import Figure, find_figures
from knowledge.evidence.words import load_words

_SENTENCE: Final = re.compile(r"[^。！？\n]+")
_SEQUENCE: Final = re.compile("先|再|然后|之后|以后|最后|之前|以前")
_DENIAL, _ORDER, _LEAVE, _CONSEQUENCE, _CONDITION, _BREAK, _JOINS, _HEDGE = "¬!可就的，且~"
_MOST_BEFORE: Final = 1.0  # what beginning in the midst of a clause costs at most
_EACH_BEFORE: Final = 0.1
_ABOVE: Final = 2  # nothing is told apart that is this many limits away
_AGAIN: Final = 0.5  # what saying a thing twice costs at most
_ELSEWHERE: Final = 0.25
_IN_AN_ASIDE: Final = 0.05
_ASIDE: Final = re.compile("（[^（）]*）")


@dataclass(frozen=True)
class Step:
    """
    A step with its prices.

    ``adding`` is what it costs that a statement has it not; ``skipping`` that the sentence has it not, in the midst of
    a clause of its own, and ``passing`` between two clauses of its own. ``opens`` tells that it is the first of its
    clause.
    """

    symbol: str
    adding: float
    skipping: float
    passing: float
    opens: bool


@dataclass(frozen=True)
class Statement:
    """The steps of a statement of a source, and which there are."""

    steps: tuple[Step, ...]
    symbols: frozenset[str]


_PRICES: Final[Mapping[str, tuple[float, float, float]]] = {
    # what is said, adding, skipping, passing
    "word": (1.0, 0.4, 0.15),
    "light": (0.25, 0.1, 0.05),
    "figure": (0.8, 3.0, 0.3),
    "date": (0.3, 1.5, 0.3),
    "hedge": (0.5, 1.5, 1.5),
    "general": (3.0, 0.3, 0.1),
    "join": (3.0, 0.0, 0.0),
    "consequence": (3.0, 0.0, 0.0),
    "restriction": (1.0, 1.5, 1.5),
    "condition": (0.0, 0.5, 0.5),
    "stop": (0.0, 3.0, 0.0),
    "comma": (0.0, 0.5, 0.0),
    _DENIAL: (2.0, 2.0, 0.3),
    _ORDER: (1.0, 0.5, 0.1),
    _LEAVE: (0.6, 0.0, 0.0),
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


def statements_of(given: str) -> list[Statement]:
    """
    Return the statements of sources in plain spelling.

    Each sentence with what its paragraph begins with before a colon, and each paragraph.
    """
    found: list[Statement] = []
    for paragraph in filter(None, given.split("\n")):
        head = paragraph[: paragraph.find("：") + 1]
        sentences = _SENTENCE.findall(paragraph)
        texts = [one if one.startswith(head) else head + one for one in sentences]
        for text in dict.fromkeys([*texts, paragraph]):
            steps = tuple(_steps(text))
            found.append(Statement(steps, frozenset(step.symbol for step in steps)))
    return found


def strangeness(sentence: str, statements: Sequence[Statement], limit: float) -> float:
    """
    Return which share of a sentence in plain spelling its nearest statement does not say: its price by its weight.

    Anything above ``limit`` may be returned for what is above it.
    """
    told = list(_steps(sentence))
    weight = sum(step.adding for step in told)
    told = _with_repeats(told)
    if _SEQUENCE.search(sentence):
        told = [_in_order(step) for step in told]
    measured = any(step.symbol.startswith("#") and step.adding == _PRICES["figure"][0] for step in told)
    nearest = _ABOVE * limit * weight
    for statement in statements:
        least = sum(step.adding for step in told if step.symbol not in statement.symbols)
        if least < nearest:
            mine = [_moved(step, statement) for step in told] if measured else told
            nearest = min(nearest, _price(mine, statement.steps))
    return nearest / weight if weight else 0.0


def _moved(step: Step, statement: Statement) -> Step:
    """Return a step beside a figure at the price of standing elsewhere in the statement: the figure's trace tells."""
    return replace(step, adding=min(step.adding, _ELSEWHERE)) if step.symbol in statement.symbols else step


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
            adding, skipping, passing = _PRICES[kind]
            if any(start < begin < stop for start, stop in asides):
                skipping = passing = min(passing, _IN_AN_ASIDE)
            yield Step(symbol, adding, skipping, passing, opens)
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
        "(?P<pause>[、：（）])",
        "(?P<han>[\u3400-\u9fff])",
    ]
    return re.compile("|".join(parts))
