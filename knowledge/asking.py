"""What a question says of itself: the place and year it is about, and what it leaves to the question before."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from knowledge.answer import Question
from knowledge.answer_types import asked_types
from knowledge.search import Search
from language.normalise import fold, normalise
from places.finding import SURE, find_places
from places.gazetteer import Gazetteer

_YEAR = re.compile(r"(?<!\d)(20[012]\d) ?(?:年|秋|春|度|(?=的?(?:标准|政策|规定|监测)))")
_LAST_YEAR = re.compile(
    r"(?:去年|年时|上年度?)(?:的|度)?[^，。；？！]{0,8}(?:标准|收入线|监测线|规定|政策|补多少|是多少|额度)"
)
# A year in which something happened to somebody says nothing of the rule that is asked for.
_EVENT = re.compile(
    r"手术|住院|得了|得的|查出|出事|车祸|去世|没了|死了|走了|离婚|结婚|塌|烧|淹|摔|失业|欠|借|生了[娃孩个]|毕业|考上|"
    r"(?:我|俺|咱|他|她|家里?|儿子|女儿|娃|爸|妈|老伴)[^，。；？！]{0,8}(?:脱了?贫|贷[了的过]|报[了的过]|纳入|退出|评上|买|盖|搬)"
)
_FORMERLY = re.compile(
    r"(?:以前|原来|原先|过去|从前|早先|之前|旧|老)(?:的|是|每年|一年)?[^，。；？！]{0,4}(?:标准|政策|规定|多少|几|额度|补|给|线|咋|怎么规定)"
    r"|(?:以前|原来|过去)贷|改(?:革)?(?:以|之)?前|(?:扶贫|脱贫攻坚|过渡期)(?:那(?:会儿?|时候?|阵)|期间|的时候)"
)
_LEANS_BACK = re.compile(
    r".*呢[？?]?$|^(?:那|那么|这个|这|它|还有|另外|要|需要|多少|几|啥时候|什么时候|在哪|找谁|怎么办理|咋办理|以前|原来|今年|去年)"
)
_AWAY = re.compile(r"[去到赴往][^，。；？！]{2,6}?(?:打工|务工|干活|上班)")
_SUFFIX = re.compile(r"(?:特别行政区|(?:[\u4e00-\u9fff]{1,6}族)*自治[区州县]|[省市县区盟旗]|新区)$")
_CLAUSE = re.compile(r"[^，。；？！,;?!\n]+")
SHORT = 20
"""Characters up to which a question may need the one before it to be understood."""

_PUT_SHORTLY = 14

_END_KEPT = 300
LONGEST = 2 * _END_KEPT
"""Characters of a message that are read: what is asked stands at its beginning or at its end."""


def settle(question: Question, gazetteer: Gazetteer, areas: Collection[str] = ()) -> Search:
    """
    Return what to look for: the question with its text, place and day made plain.

    A place named in the question decides over the asker's own (unless it holds it); a past year named for a
    rule decides over today; a short question that leans on the one before is joined to it and goes by its place
    and year where it names none. ``areas`` are those that the corpus has rules of: they are known by their short
    names.
    """
    put = _put(question.text, question.history)
    return _settled(question, put, gazetteer, areas, behind=put.leans)


def readings(question: Question, gazetteer: Gazetteer, areas: Collection[str] = ()) -> tuple[Search, ...]:
    """Return the ways to take a question, likelier first: a short one may go on from what was said before, or not."""
    put = _put(question.text, question.history)
    ways = (put.leans, not put.leans) if put.follows else (False,)
    return tuple(_settled(question, put, gazetteer, areas, behind=behind) for behind in ways)


@dataclass(frozen=True)
class _Put:
    """A question's own words; whether they are short and follow others, and are put as if they went on from those."""

    text: str
    follows: bool
    leans: bool


def _put(text: str, history: tuple[str, ...]) -> _Put:
    own = normalise(shortened(text))
    follows = bool(history) and len(own) <= SHORT
    return _Put(own, follows, follows and len(own) <= _PUT_SHORTLY and _LEANS_BACK.match(own) is not None)


def _settled(question: Question, put: _Put, gazetteer: Gazetteer, areas: Collection[str], *, behind: bool) -> Search:
    text = put.text
    before = _antecedent(question.history) if behind else ""
    # "And to Ningxia?" after a question about work elsewhere asks for another way to go, not for another home.
    sources = (before, text) if _AWAY.search(before) else (text, before)
    named = next((area for source in sources if (area := _named_area(source, gazetteer, areas))), None)
    year = next((year for source in (text, before) if (year := _year_of_rule(source, question.as_of.year))), None)
    area = question.area
    if named is not None and not (area or "").startswith(named):
        area = named
    return Search(
        text=f"{before} {text} {text}" if behind else text,
        as_of=question.as_of,
        asker=question.asker,
        area=area,
        named=named,
        year=year,
        ahead=next((int(match[1]) for match in _YEAR.finditer(text) if int(match[1]) > question.as_of.year), None),
        formerly=_FORMERLY.search(fold(text)) is not None,
        own=text if behind else "",
        follows=put.follows,
        leans=put.leans,
    )


def _antecedent(history: tuple[str, ...]) -> str:
    """Return what a question goes on from: the message before it, behind those that it went on from itself."""
    before = _put(history[-1], history[:-1])
    return f"{_antecedent(history[:-1])} {before.text}" if before.leans else before.text


def shortened(text: str) -> str:
    """Return a text as far as it is read: whole, or its beginning and its end where it is too long for a question."""
    return text if len(text) <= LONGEST else f"{text[:_END_KEPT]}\n{text[-_END_KEPT:]}"


def _named_area(text: str, gazetteer: Gazetteer, areas: Collection[str]) -> str | None:
    matches = [match for match in find_places(text, gazetteer) if match.score >= SURE]
    if not matches:
        short = [code for code in areas if (name := _short_name(code, gazetteer)) and name in text]
        return max(short, key=len, default=None)
    first = matches[0]
    if any((other.start, other.end) == (first.start, first.end) for other in matches[1:]):
        return None
    return first.code or None


def _short_name(code: str, gazetteer: Gazetteer) -> str:
    """Return an area's name without what sort of area it is; nothing where too little is left."""
    name = _SUFFIX.sub("", gazetteer.path(code).rpartition("/")[2]) if code else ""
    return name if len(name) > 1 else ""


def _year_of_rule(text: str, this_year: int) -> int | None:
    """Return the past year whose rule a text asks for."""
    if _LAST_YEAR.search(text):
        return this_year - 1
    clauses = _CLAUSE.findall(text)
    for clause in clauses:
        match = _YEAR.search(clause)
        asks = len(clauses) == 1 or bool(asked_types(fold(clause)))
        if match and int(match[1]) < this_year and asks and not _EVENT.search(clause):
            return int(match[1])
    return None
