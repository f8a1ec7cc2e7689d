"""Checking that a text says nothing that its sources do not say: a strict checker, in doubt it refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from knowledge.evidence.agreement import leaves_open, misdenied, misordered
from knowledge.evidence.assertions import Force
from knowledge.evidence.clauses import ALIKE, SINCE, YEAR, Clause, Placed, marks_of, pairs_of, read_clauses
from knowledge.evidence.placenames import confused_places, strange_places
from knowledge.evidence.tracing import FigureTrace
from knowledge.evidence.words import OFFICE, load_words
from places.finding import SURE, find_places
from places.gazetteer import Gazetteer


class Claim(StrEnum):
    """What kind of statement could not be traced."""

    NUMBER = "number"
    QUANTITY = "quantity"
    AGENCY = "agency"
    PLACE = "place"
    CONDITION = "condition"
    STATEMENT = "statement"
    POLARITY = "polarity"
    MODAL = "modal"
    OMISSION = "omission"


@dataclass(frozen=True)
class Untraced:
    """Words of a text that no source carries."""

    claim: Claim
    words: str


_SENTENCE: Final = re.compile(r"[^。！？\n]+")
_BOTH: Final = 2
_SIDES: Final = (("至少", "不低于", "最低", "以上"), ("不超过", "最高", "以下", "以内", "最多"))
_ORDER: Final = "先后"
_YES: Final = re.compile(r"(?:可以|能|行|会|是|对|有|要|算)的?")
_NO: Final = re.compile(r"(?:不|不得|不能|不行|不会|不是|不对|不算|没有|不一定)的?")
# What bounds a figure is held against the figure's bound; 不一定 promises nothing.
_ABOUT_FIGURES: Final = re.compile(
    r"(?:[最至][高低多少]|不少于|不超过)(?=[^，。；：、！？\d一二两三四五六七八九十百千万半]{0,4}[\d一二两三四五六七八九十百千万半])"
    r"|(?<=[元天日岁%户人亩次月年个])(?:以[上下内])|不一定"
)
_DOCUMENT_NUMBER: Final = re.compile(r"[\u3400-\u9fff]{1,2}[〔\[(（]20\d\d[〕\])）]\d+号")
# Names and addresses in Latin letters, and marks that are no writing.
_FOREIGN: Final = re.compile(r"[A-Za-z][\w.:/@-]*|[*#`<>\[\]{}|\\~_]", re.ASCII)
_KNOWN: Final = 0.5  # share of a clause's pairs or characters that its sources must use


def find_untraced(text: str, sources: Sequence[str], gazetteer: Gazetteer) -> tuple[Untraced, ...]:
    """
    Return what ``text`` says that ``sources`` do not: empty when it may be sent.

    Each figure with its unit, bound and count (每户) must stand in the clause of a source that is most like its
    own and be said of the same people, school, season or place, so that two figures of one source cannot be
    swapped. Offices, places and conditions must stand where the source has them. What is denied, forbidden, ordered or
    allowed must be so in the source. A sentence that a source holds word for word passes.
    """
    words = load_words()
    told, given = words.plain(text), "\n".join(map(words.plain, sources))
    whole = {one.strip() for one in _SENTENCE.findall(given)}
    own = "\n".join(one for one in _SENTENCE.findall(told) if one.strip() not in whole)
    numbers = [one[0] for one in _DOCUMENT_NUMBER.finditer(own) if one[0] not in given]
    own, given = _DOCUMENT_NUMBER.sub("文号", own), _DOCUMENT_NUMBER.sub("文号", given)
    checked = _check_against(given)
    found = [Untraced(Claim.NUMBER, one) for one in numbers]
    found += [Untraced(Claim.STATEMENT, one) for one in _FOREIGN.findall(own) if one not in given]
    found += [*checked.words(own), *checked.places(own, gazetteer)]
    if answers(told) and answers(told) not in {answers(words.plain(one)) or answers(told) for one in sources}:
        found.append(Untraced(Claim.POLARITY, _first(told)))
    clauses = read_clauses(own)
    figures = [placed for clause in clauses for placed in clause.figures]
    for clause in clauses:
        if clause.text not in words.courtesies and not (answers(clause.text) and clause.text == _first(told)):
            found.extend(checked.clause(clause, figures))
    return tuple(dict.fromkeys(found))


def _first(text: str) -> str:
    found = _SENTENCE.match(text)
    return re.split("[，、：；]", found[0])[0].strip() if found else ""


def answers(text: str) -> Force | None:
    """Return whether a text begins with a bare yes or no."""
    first = _first(text)
    return Force.DENIED if _NO.fullmatch(first) else Force.ALLOWED if _YES.fullmatch(first) else None


@lru_cache(maxsize=256)
def _named_places(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the places that a text surely names, as it names them."""
    return tuple(text[one.start : one.end] for one in find_places(text, gazetteer) if one.score >= SURE)


@lru_cache(maxsize=64)
def _check_against(given: str) -> _Check:
    return _Check(read_clauses(given), given)


class _Check:
    """The sources, read once, against which clause after clause is held."""

    def __init__(self, grounds: Sequence[Clause], given: str) -> None:
        self._grounds = grounds
        self._given = given
        self._trace = FigureTrace(grounds, given)

    def words(self, told: str) -> Iterator[Untraced]:
        words = load_words()
        yield from (Untraced(Claim.CONDITION, one) for one in words.things if one in told and one not in self._given)
        loose = _ABOUT_FIGURES.sub(" ", told)
        yield from (Untraced(Claim.QUANTITY, one) for one in words.quantities if one in loose and not self._bounds(one))
        for _, _, kind, term in words.terms(told):
            if term not in self._given and not (kind == _ORDER and self._orders(told, term)):
                yield Untraced(Claim.AGENCY if kind == OFFICE else Claim.CONDITION, term)

    def _bounds(self, quantity: str) -> bool:
        """Tell whether the sources say how much in this way or in another that bounds on the same side."""
        alike = next((side for side in _SIDES if quantity in side), (quantity,))
        return any(one in self._given for one in alike)

    def places(self, told: str, gazetteer: Gazetteer) -> Iterator[Untraced]:
        named = _named_places(told, gazetteer)
        strange = [*strange_places(told, self._given, gazetteer), *(one for one in named if one not in self._given)]
        yield from (Untraced(Claim.PLACE, words) for words in strange)
        if named and not strange:
            names = set(_named_places(self._given, gazetteer))
            yield from (
                Untraced(Claim.PLACE, name) for name in confused_places(read_clauses(told), self._grounds, names)
            )

    def clause(self, clause: Clause, figures: Sequence[Placed]) -> Iterator[Untraced]:
        yield from (Untraced(Claim.NUMBER, words) for words in self._trace.untraced(clause, figures))
        yield from self._terms(clause)
        nearest = self._alike(clause)
        if not clause.figures:
            yield from _misplaced(clause, nearest)
        if misdenied(clause, self._grounds) or leaves_open(clause, self._grounds):
            yield Untraced(Claim.POLARITY, clause.text)
        force = misordered(clause, self._grounds, nearest)
        if force is not None:
            yield Untraced(Claim.MODAL, "必须" if force is Force.ORDERED else "可以")
        yield from self._statement(clause)
        if self._trace.held_once(clause):
            yield Untraced(Claim.CONDITION, clause.text)

    def _terms(self, clause: Clause) -> Iterator[Untraced]:
        """Yield the offices and conditions that the source clauses most alike in the rest do not name."""
        local = load_words().local
        for kind, terms in clause.own.items():
            if clause.figures and kind != OFFICE and kind not in local:
                continue  # held against the figure's scope already
            near = self._closest(clause, terms, kind)
            if kind == OFFICE and self._done_by_others(clause, terms):
                yield from (Untraced(Claim.AGENCY, term) for term in set(terms))
            if not near:
                continue
            named = {term for ground in near for term in _held(ground, kind)}
            if kind in local:
                named -= _repeated(terms, near, kind)
            strange = set(terms) - named
            if kind == _ORDER:
                strange = {term for term in strange if not self._orders(clause.text, term)}
            for term in strange:
                yield Untraced(Claim.AGENCY if kind == OFFICE else Claim.CONDITION, term)

    def _done_by_others(self, clause: Clause, terms: Sequence[str]) -> bool:
        """Tell whether the sources say word for word of something else what a clause says of an office."""
        by = next(
            (found for term in terms if (found := re.search(f"由{term}([\u3400-\u9fff]{{1,3}})$", clause.text))), None
        )
        if by is None or re.search(f"(?:{'|'.join(terms)}).{{0,4}}{by[1]}", self._given):
            return False
        return any(ground.text.endswith(by[1]) and "由" in ground.text for ground in self._grounds)

    def _orders(self, text: str, term: str) -> bool:
        """Tell whether the sources have the two characters before a 以后 before a 后 too: 认定后, 减免完."""
        before = text[: text.index(term)].rstrip("完了")[-2:]
        last = "[后完]" if term[-1] == "后" else term[-1]
        return len(before) == _BOTH and bool(re.search(f"{before}[完了以之]{{0,2}}{last}", self._given))

    def _closest(self, clause: Clause, terms: Sequence[str], kind: str) -> list[Clause]:
        """
        Return the source clauses with a term of a kind that share most of a clause's rest, none if that is too little.

        A clause that says nothing besides the term is compared by what stands around it, and less strictly.
        """
        rest = marks_of(clause.text, [*terms, *(one.figure.words for one in clause.figures)])
        holding = [ground for ground in self._grounds if _held(ground, kind)]
        if len(rest) > 1 or clause.figures:
            shared = [len(rest & marks_of(ground.text, _held(ground, kind))) for ground in holding]
            least = max(shared, default=0)
        else:
            shared = [len(clause.around & ground.around) for ground in holding]
            rest, least = clause.around, max(shared, default=0) // 2
        if max(shared, default=0) < _needed(rest):
            return []
        return [ground for score, ground in zip(shared, holding, strict=True) if score >= least]

    def _alike(self, clause: Clause) -> list[Clause]:
        """Return the source clauses that share most with a clause, none when all share too little."""
        scored = [(_likeness(clause, ground), ground) for ground in self._grounds]
        best = max((score for score, _ in scored), default=(0, 0))
        if best[0] < _needed(clause.marks):
            return []
        return [ground for score, ground in scored if score == best]

    def _statement(self, clause: Clause) -> Iterator[Untraced]:
        """Yield a clause most of whose characters no source uses: it says something of its own."""
        rest = marks_of(load_words().weighty(clause.text), [one.figure.words for one in clause.figures])
        own = [mark for mark in rest if len(mark) == 1]
        if len(own) > 1 and sum(mark in self._given for mark in own) < _KNOWN * len(own):
            yield Untraced(Claim.STATEMENT, clause.text)


def _misplaced(clause: Clause, nearest: Sequence[Clause]) -> Iterator[Untraced]:
    """Yield the people, schools … that a clause is said of where the source says it of others."""
    for kind, terms in clause.scope.items():
        if kind in clause.own or kind in (YEAR, SINCE) or not nearest:
            continue
        of_others = [ground for ground in nearest if (held := _held(ground, kind)) and not held & terms]
        if len(of_others) == len(nearest):
            yield from (Untraced(Claim.CONDITION, term) for term in terms)


def _needed(marks: frozenset[str]) -> int:
    return min(ALIKE, 1 + len(marks) // 3)


def _held(ground: Clause, kind: str) -> set[str]:
    listed = () if kind in load_words().local else ground.listed.get(kind, ())
    return {*ground.own.get(kind, ()), *ground.scope.get(kind, ()), *listed}


def _repeated(terms: Sequence[str], near: Sequence[Clause], kind: str) -> set[str]:
    """Return the terms that a clause names more often than any source clause does."""
    return {
        term for term in set(terms) if terms.count(term) > max(list(one.own.get(kind, ())).count(term) for one in near)
    }


def _likeness(clause: Clause, ground: Clause) -> tuple[int, int]:
    return len(clause.marks & ground.marks), len(pairs_of(clause.around & ground.around))
