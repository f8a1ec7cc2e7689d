"""What a question says of itself: the place and year it is about, and what it leaves to the question before."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from knowledge.answer import Question
from language.normalise import normalise
from places.finding import SURE, find_places
from places.gazetteer import Gazetteer

# A year counts when it says which edition of a rule is meant, not when something happened to somebody.
_YEAR_OF_RULE = re.compile(
    r"(20[012]\d) ?年?度?的?[^，。；？！]{0,12}?(?:标准|监测|收入线|规定|政策|补|资助|助学|多少|限额|额度)"
)
_LEANS_BACK = re.compile(
    r".*呢[？?]?$|^(?:那|那么|这个|这|它|还有|另外|要|需要|多少|几|啥时候|什么时候|在哪|找谁|怎么办理|咋办理)"
)
SHORT = 14
"""Characters up to which a question may need the one before it to be understood."""


def settle(question: Question, gazetteer: Gazetteer) -> Question:
    """
    Return the question with its text, place and day made plain.

    A place named in the question decides over the asker's own (unless it holds it); a past year named for a
    rule decides over today; a short question that leans on the one before is joined to it.
    """
    text = normalise(question.text)
    named = _named_area(text, gazetteer)
    area = question.area
    if named is not None and not (area or "").startswith(named):
        area = named
    return replace(question, text=_completed(text, question.history), area=area, as_of=_day_meant(text, question.as_of))


def _named_area(text: str, gazetteer: Gazetteer) -> str | None:
    matches = [match for match in find_places(text, gazetteer) if match.score >= SURE]
    first = matches[0] if matches else None
    if first is None or any((other.start, other.end) == (first.start, first.end) for other in matches[1:]):
        return None
    return first.code


def _day_meant(text: str, as_of: date) -> date:
    match = _YEAR_OF_RULE.search(text)
    year = int(match[1]) if match else as_of.year
    return date(year, 12, 31) if year < as_of.year else as_of


def _completed(text: str, history: tuple[str, ...]) -> str:
    return joined(text, history) if history and len(text) <= SHORT and _LEANS_BACK.match(text) else text


def joined(text: str, history: tuple[str, ...]) -> str:
    """Return a question behind the asker's message before it; said twice, so that its own words weigh more."""
    return f"{normalise(history[-1])} {text} {text}"
