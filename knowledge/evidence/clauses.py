"""A text as clauses: what each says, of whom, and what was said around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from knowledge.evidence.assertions import Assertion, Force, assertions_of, without_forces
from knowledge.evidence.figures import Figure, find_figures, pers
from knowledge.evidence.words import OFFICE, load_words

Scope = Mapping[str, frozenset[str]]
Term = tuple[int, int, str, str]

ALIKE: Final = 4  # shared marks from which two clauses surely speak of the same thing
YEAR: Final = "year"
SINCE: Final = "since"
_PARAGRAPH: Final = re.compile(r"[^\n]+")
_CLAUSE: Final = re.compile(r"[^，、：；。！？（）]+[，、：；。！？（）]*")
_STOPS: Final = "，、：；。！？（）"
_OPEN: Final = frozenset("、（")  # behind these a list may go on
_ENDS: Final = frozenset("。！？")
_BREAKS: Final = _ENDS | {"；"}
_HAN_RUN: Final = re.compile(r"[\u3400-\u9fff]+")
_BOUND: Final = re.compile(r"[最至][少多高低]|不低于|不超过")
# Characters that every sentence uses.
_PLAIN: Final = frozenset(
    "的了是在有和与就都也要把被给您你他她它这那个们等吗呢吧啊呀着过会到去来上下里从向对按以及或再先才由内前后"
)


@dataclass(frozen=True)
class Placed:
    """
    A figure where it stands: the words next to it, the kinds of people, schools, seasons … it is said of, and what
    it is counted by. ``order`` is its place among all figures of the text; ``listed`` tells that it goes
    on with a list that the figure before it begins; ``lent`` is the bound of the figure before it, which
    may hold for it too (每年最高2万元，研究生2.5万元).
    """

    figure: Figure
    marks: frozenset[str]
    scope: Scope
    per: frozenset[str]
    order: int
    listed: bool
    lent: str


@dataclass(frozen=True)
class Clause:
    """
    A clause with the marks (characters and neighbouring pairs) of what it is about.

    ``around`` are the marks of the clauses next to it in its sentence, ``sentence`` those of the sentence so far and
    ``earlier`` those of its paragraph; ``number`` counts the sentences. ``own`` are the terms that it names itself by
    kind, each as often as it does, ``scope`` also those that still hold from before it, ``listed`` those of the list
    that it is a part of; ``granted`` tells that something in that list is allowed, ``denied_behind`` that its last
    part denies.
    """

    text: str
    marks: frozenset[str]
    around: frozenset[str]
    sentence: frozenset[str]
    earlier: frozenset[str]
    number: int
    own: Mapping[str, Sequence[str]]
    scope: Scope
    figures: tuple[Placed, ...]
    assertions: tuple[Assertion, ...]
    listed: Scope = field(default_factory=dict)
    granted: bool = False
    denied_behind: bool = False


def read_clauses(text: str) -> list[Clause]:
    """Return the clauses of a text in plain spelling (see ``Words.plain``)."""
    found: list[Clause] = []
    count = number = 0
    for paragraph in _PARAGRAPH.findall(text):
        clauses = list(_Reading(count, number).read(paragraph))
        number = clauses[-1].number + 1 if clauses else number
        count += sum(len(clause.figures) for clause in clauses)
        found.extend(clauses)
    return found


def marks_of(text: str, dropped: Iterable[str] = ()) -> frozenset[str]:
    """Return the Chinese characters of a text and neighbouring pairs of them, some words left out."""
    for word in sorted(dropped, key=len, reverse=True):
        text = text.replace(word, " ")
    marks: set[str] = set()
    for run in _HAN_RUN.findall(_BOUND.sub(" ", without_forces(text))):
        marks.update(character for character in run if character not in _PLAIN)
        marks.update(run[place : place + 2] for place in range(len(run) - 1))
    return frozenset(marks)


class _Reading:
    """Reads a paragraph clause by clause and remembers what was named last of each kind."""

    def __init__(self, figures_before: int, sentences_before: int) -> None:
        self._count = figures_before
        self._number = sentences_before
        self._named: dict[str, frozenset[str]] = {}
        self._closed: set[str] = set()
        self._sentence: frozenset[str] = frozenset()
        self._earlier: frozenset[str] = frozenset()
        self._per: frozenset[str] = frozenset()
        self._bounds: dict[str, str] = {}
        self._in_list = False
        self._local = load_words().local

    def read(self, paragraph: str) -> Iterator[Clause]:
        """Yield the clauses, each told of the words of the one behind it in its sentence and of those of its list."""
        clauses = list(self._clauses(paragraph))
        begin = 0
        for place, found in enumerate(_CLAUSE.finditer(paragraph)):
            stops = set(found[0][len(found[0].rstrip(_STOPS)) :])
            if stops and stops <= _OPEN | {"）"} and place + 1 < len(clauses):
                continue
            yield from _joined(clauses[begin : place + 1])
            begin = place + 1

    def _clauses(self, paragraph: str) -> Iterator[Clause]:
        waiting: Clause | None = None
        aside = behind = False
        for match in _CLAUSE.finditer(paragraph):
            body = match[0].rstrip(_STOPS)
            stops = frozenset(match[0][len(body) :])
            clause = self._clause(body, waiting)
            if waiting is not None and aside:
                waiting, clause = _with_aside(waiting, clause)
            elif waiting is not None and behind:
                waiting = _going_on(waiting, clause)
            if waiting is not None:
                yield replace(waiting, around=waiting.around | clause.marks)
            waiting, aside, behind = clause, "（" in stops, stops == {"）"}
            if not stops or not stops <= _OPEN:
                self._closed = set(self._named)
            self._in_list = "、" in stops
            if stops & _BREAKS:
                yield clause
                waiting = None
            if stops & _ENDS:
                self._sentence, self._per, self._bounds = frozenset(), frozenset(), {}
                self._number += 1
                self._named.pop(YEAR, None)
                self._named.pop(SINCE, None)
        if waiting is not None:
            yield waiting

    def _clause(self, text: str, before: Clause | None) -> Clause:
        figures = find_figures(text)
        terms = load_words().terms(text)
        placed = self._place(text, figures, [term for term in terms if term[2] != OFFICE])
        own: dict[str, list[str]] = {}
        for _, _, kind, term in terms:
            own.setdefault(kind, []).append(term)
        marks = marks_of(text, [one.words for one in figures]) | _dates(figures)
        self._sentence |= marks
        self._earlier |= marks
        self._per = pers(text) or self._per
        scope = {kind: held for kind, held in self._named.items() if kind not in self._local}
        around = marks | before.marks if before is not None else marks
        return Clause(
            text,
            marks,
            around,
            self._sentence,
            self._earlier,
            self._number,
            own,
            scope,
            placed,
            tuple(assertions_of(text)),
        )

    def _place(self, text: str, figures: list[Figure], terms: list[Term]) -> tuple[Placed, ...]:
        """Give each figure the words behind the figure before it, and the last one those behind itself too."""
        placed: list[Placed] = []
        counted = [figure for figure in figures if not figure.date]
        words = [one.words for one in figures]
        begin = 0
        for figure in figures:
            while terms and terms[0][0] < figure.start:
                self._name(*terms.pop(0)[2:])
            if figure.date:
                self._name_date(figure)
            next_counted = next((one.start for one in counted if one.start > figure.start), len(text))
            last = next_counted == len(text)
            own = marks_of(text[begin : next_counted if last or figure.date else figure.start], words)
            goes_on = figure.end == "≤" or (self._in_list and figure is figures[0])
            listed = goes_on and not marks_of(text[begin : figure.start], words)
            if not figure.date:
                own |= _dates([one for one in figures if begin <= one.start < figure.start])
                begin = figure.stop
            if last:
                self._name_behind(text[: figure.start], terms)
            unfit = {YEAR, SINCE} if figure.date else set()
            scope = {kind: held for kind, held in self._named.items() if kind not in self._local | unfit}
            placed.append(
                Placed(
                    figure, own, scope, figure.per or self._per, self._count + len(placed), listed, self._lend(figure)
                )
            )
            self._closed = set(self._named)
        for _, _, kind, term in terms:
            self._name(kind, term)
        self._count += len(placed)
        return tuple(placed)

    def _lend(self, figure: Figure) -> str:
        """Return the bound of the last figure of this unit in the sentence, and remember this one's."""
        lent = self._bounds.get(figure.unit, "")
        if figure.bound or figure.unit not in self._bounds:
            self._bounds[figure.unit] = figure.bound
        return lent

    def _name_date(self, figure: Figure) -> None:
        """Remember for the rest of the sentence from or until which year something holds."""
        if figure.date and figure.date[0]:
            self._name(YEAR, str(figure.date[0]))
            if figure.bound in ("≥", "≤"):
                self._name(SINCE, figure.bound)

    def _name_behind(self, before: str, terms: list[Term]) -> None:
        """Name what stands behind the last figure of a clause, of kinds that do not stand before it."""
        named = {kind for _, _, kind, _ in load_words().terms(before)}
        for term in [term for term in terms if term[2] not in named]:
            self._name(*term[2:])
            terms.remove(term)

    def _name(self, kind: str, term: str) -> None:
        known = frozenset() if kind in self._closed else self._named.get(kind, frozenset())
        self._named[kind] = known | {term}
        self._closed.discard(kind)


def _joined(items: Sequence[Clause]) -> Iterator[Clause]:
    """Tell the parts of a list of each other's terms: 找村委会、乡镇（街道）."""
    named: dict[str, frozenset[str]] = {}
    for item in items:
        for kind, terms in item.own.items():
            named[kind] = named.get(kind, frozenset()) | frozenset(terms)
    granted = any(one.force is Force.ALLOWED for item in items for one in item.assertions)
    denied = any(one.is_negative for one in items[-1].assertions)
    yield from (
        replace(item, listed=named, granted=granted, denied_behind=denied and item is not items[-1]) for item in items
    )


def _going_on(aside: Clause, behind: Clause) -> Clause:
    """Return a remark in brackets in the midst of a clause: its figures are said of what stands behind it too."""
    return replace(aside, figures=tuple(replace(one, marks=one.marks | behind.marks) for one in aside.figures))


def _with_aside(before: Clause, aside: Clause) -> tuple[Clause, Clause]:
    """Return a clause and the remark in brackets behind it: the figures of each are said of the other's words too."""
    counted = pers(aside.text)
    told = tuple(
        replace(one, marks=one.marks | aside.marks, per=one.per | counted) if one is before.figures[-1] else one
        for one in before.figures
    )
    remarked = tuple(replace(one, marks=one.marks | before.marks) for one in aside.figures)
    return replace(before, figures=told), replace(aside, figures=remarked)


def _dates(figures: Iterable[Figure]) -> frozenset[str]:
    """Return the years as marks: a figure of 2024 is another one than that of 2025."""
    return frozenset(f"@{one.date[0]}" for one in figures if one.date and one.date[0])


def pairs_of(marks: Iterable[str]) -> list[str]:
    """Return the marks that are pairs of characters."""
    return [mark for mark in marks if len(mark) > 1]


def alikeness(clause: Clause, ground: Clause) -> tuple[int, ...]:
    """Return how much a clause and one of a source share: themselves, the clause and what stands around the other."""
    both = ((clause.around, ground.around), (clause.sentence, ground.sentence), (clause.earlier, ground.earlier))
    return (
        len(clause.marks & ground.marks),
        len(clause.marks & (ground.around | ground.sentence)),
        *(len(pairs_of(mine & theirs)) for mine, theirs in both),
    )


def most_alike(clause: Clause, grounds: Sequence[Clause]) -> list[Clause]:
    """Return those of some source clauses that share most with a clause; several when they share equally much."""
    scored = [(alikeness(clause, ground), ground) for ground in grounds]
    best = max((score for score, _ in scored), default=())
    return [ground for score, ground in scored if score == best]
