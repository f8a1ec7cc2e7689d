"""Checking that a rewording says nothing that its sources do not say: a strict checker, in doubt it refuses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from language.normalise import normalise
from language.numerals import find_numbers
from places.finding import SURE, find_places
from places.gazetteer import Gazetteer


class Claim(StrEnum):
    """What kind of statement could not be traced."""

    NUMBER = "number"
    QUANTITY = "quantity"
    AGENCY = "agency"
    PLACE = "place"
    STATEMENT = "statement"
    POLARITY = "polarity"
    MODAL = "modal"


@dataclass(frozen=True)
class Untraced:
    """Words of a rewording that no source carries."""

    claim: Claim
    words: str


@dataclass(frozen=True)
class _Figure:
    value: Decimal
    approximate: bool
    unit: str
    words: str


@dataclass(frozen=True)
class _Clause:
    """A clause with the marks (characters and pairs) of what it is about, and those of its sentence so far."""

    text: str
    marks: frozenset[str]
    context: frozenset[str]
    figures: tuple[_Figure, ...]


_SENTENCE = re.compile(r"[^。！？；\n]+")
_CLAUSE = re.compile(r"[^，、：]+")
# Characters that every sentence uses.
_PLAIN = frozenset("的了是在有和与就都也要把被给您你他她它这那个们等吗呢吧啊呀着过会到去来上下里从向对按以及或再先才")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_UNIT = re.compile(
    r"\s*(个工作日|工作日|自然日|个月|小时|分钟|万元|公里|块钱|周岁|%|％|元|块|天|日|月|年|岁|周|人|户|亩|只|头|箱|升|次|份|项|类|条|档|级|倍|米|里|间)"
)
_SAME_UNIT = {"块": "元", "块钱": "元", "％": "%", "周岁": "岁", "日": "天", "个工作日": "工作日"}
_QUANTITIES = (
    "一半",
    "减半",
    "翻倍",
    "加倍",
    "全额",
    "全部",
    "免费",
    "以上",
    "以下",
    "以内",
    "至少",
    "不少于",
    "不超过",
    "最高",
    "最低",
)
_AGENCIES = (
    "民政", "医保", "教育", "残联", "住建", "应急", "水利", "人社", "农业农村", "乡村振兴", "卫健", "财政", "税务",
    "公安", "派出所", "法院", "检察", "纪委", "纪检", "监察", "信访", "司法", "妇联", "团委", "工会", "村委会",
    "居委会", "村“两委”", "村两委", "乡镇", "街道", "县政府", "市政府", "省政府", "银行", "信用社", "医院", "学校",
    "保险公司", "工作队", "第一书记", "村干部", "网格员", "金融监管", "扶贫办",
)  # fmt: skip
_NEGATIONS = re.compile(
    r"不(?!管|论|仅|但|同|过)|没|无(?!论)|未(?!来|成年)|免(?!得)|别(?!的|人|处|县|省|地)|勿|禁止|停止|取消"
)
_MODALS = {
    "必须": re.compile(r"必须|应当|应该|须|一定要|务必"),
    "可以": re.compile(r"可以|允许|能够"),
    "不得": re.compile(r"不得|禁止|不准|不许|不能|不可以"),
}
_ONES = re.compile(r"一(?:年|个?月|天|日|周|次|人|户|项|条|份)$")  # "一年1250元" counts nothing: it says 每年
_ALIKE = 4  # shared marks from which two clauses surely speak of the same thing; short ones need a third of theirs
_KNOWN = 0.5  # share of a clause's characters that its sources must use


def find_untraced(text: str, sources: Sequence[str], gazetteer: Gazetteer) -> tuple[Untraced, ...]:
    """
    Return what ``text`` says that ``sources`` do not: empty when it may be sent.

    Each figure with its unit must stand in the very clause of a source that is most like its own, so that two
    figures of one source cannot be swapped. Offices, places and words of quantity must occur in a source.
    Negations and modals must agree with the clause they reword. A sentence that a source holds word for word
    passes.
    """
    told, given = normalise(text), "\n".join(map(normalise, sources))
    grounds = list(_clauses(given))
    found = [*_untraced_words(told, given), *_untraced_places(told, given, gazetteer)]
    own = "\n".join(sentence for sentence in _SENTENCE.findall(told) if sentence not in given)
    for clause in _clauses(own):
        found.extend(_untraced_figures(clause, grounds))
        if clause.text not in given:
            found.extend(_altered(clause, grounds))
            found.extend(_untraced_statement(clause, given))
    return tuple(dict.fromkeys(found))


def _untraced_words(told: str, given: str) -> Iterator[Untraced]:
    for claim, words in ((Claim.QUANTITY, _QUANTITIES), (Claim.AGENCY, _AGENCIES)):
        yield from (Untraced(claim, word) for word in words if word in told and word not in given)


def _untraced_places(told: str, given: str, gazetteer: Gazetteer) -> Iterator[Untraced]:
    for match in find_places(told, gazetteer):
        words = told[match.start : match.end]
        if match.score >= SURE and words not in given:
            yield Untraced(Claim.PLACE, words)


def _untraced_figures(clause: _Clause, grounds: Sequence[_Clause]) -> Iterator[Untraced]:
    for figure in clause.figures:
        rivals = [ground for ground in grounds if any(_comparable(figure, other) for other in ground.figures)]
        nearest = _most_alike(clause, rivals)
        if not any(_equal(figure, other) for ground in nearest for other in ground.figures):
            yield Untraced(Claim.NUMBER, figure.words)


def _altered(clause: _Clause, grounds: Sequence[_Clause]) -> Iterator[Untraced]:
    """Yield the polarity or modal of a clause that differs from the source clauses it rewords."""
    needed = min(_ALIKE, 1 + len(clause.marks) // 3)
    nearest = [ground for ground in _most_alike(clause, grounds) if len(clause.marks & ground.marks) >= needed]
    negative = bool(_NEGATIONS.search(clause.text))
    if negative != any(bool(_NEGATIONS.search(ground.text)) for ground in nearest) and (nearest or negative):
        yield Untraced(Claim.POLARITY, clause.text)
    for name, pattern in _MODALS.items():
        if pattern.search(clause.text) and not any(pattern.search(ground.text) for ground in nearest):
            yield Untraced(Claim.MODAL, name)


def _untraced_statement(clause: _Clause, given: str) -> Iterator[Untraced]:
    """Yield a clause most of whose characters no source uses: it says something of its own."""
    own = [character for character in "".join(_HAN_RUN.findall(clause.text)) if character not in _PLAIN]
    if sum(character in given for character in own) < _KNOWN * len(own):
        yield Untraced(Claim.STATEMENT, clause.text)


def _most_alike(clause: _Clause, grounds: Sequence[_Clause]) -> list[_Clause]:
    """
    Return the source clauses that share most with a clause; several when they share equally much.

    What all of them share tells nothing. The clause's own marks count before those of its sentence so far, and
    these before what the source's sentence said before.
    """
    if not grounds:
        return []
    held = Counter(mark for ground in grounds for mark in ground.marks)
    telling = {mark for mark, count in held.items() if count < len(grounds) or len(grounds) == 1}

    def likeness(ground: _Clause) -> tuple[int, int, int]:
        return (
            len(ground.marks & telling & clause.marks),
            len(_pairs(ground.marks & telling & clause.context)),
            len(_pairs(ground.context & clause.context)),
        )

    greatest = max(map(likeness, grounds))
    return [ground for ground in grounds if likeness(ground) == greatest]


def _pairs(marks: Iterable[str]) -> list[str]:
    return [mark for mark in marks if len(mark) > 1]


def _comparable(figure: _Figure, other: _Figure) -> bool:
    """Tell whether a source's figure measures the same thing, or leaves its unit to its neighbours."""
    return figure.unit == other.unit or not other.unit or not figure.unit


def _equal(figure: _Figure, other: _Figure) -> bool:
    return figure.value == other.value and _comparable(figure, other) and (other.approximate or not figure.approximate)


def _clauses(text: str) -> Iterator[_Clause]:
    for sentence in _SENTENCE.findall(text):
        context: frozenset[str] = frozenset()
        for clause in _CLAUSE.findall(sentence):
            marks = frozenset(_marks(clause))
            context |= marks
            yield _Clause(clause, marks, context, tuple(_figures(clause)))


def _marks(text: str) -> Iterator[str]:
    """Yield the Chinese characters of a text and neighbouring pairs of them, numbers and units left out."""
    for figure in sorted(_figures(text), key=lambda one: -len(one.words)):
        text = text.replace(figure.words, " ")
    for run in _HAN_RUN.findall(text):
        yield from (character for character in run if character not in _PLAIN)
        yield from (run[place : place + 2] for place in range(len(run) - 1))


def _figures(text: str) -> Iterator[_Figure]:
    """Yield the numbers of a text: those in digits, and those in characters that carry a unit."""
    for number in find_numbers(text):
        unit = _UNIT.match(text, number.end)
        words = text[number.start : unit.end() if unit else number.end]
        if _ONES.match(words):
            continue
        if unit or re.search(r"\d", words):
            name = unit[1] if unit else ""
            yield _Figure(number.value, number.approximate, _SAME_UNIT.get(name, name), words)


def describe(untraced: Iterable[Untraced]) -> list[str]:
    """Return the kinds of what was not traced, for the log: kinds only, never words."""
    return sorted({one.claim.value for one in untraced})
