"""A text sentence by sentence: one way to take it apart, and to put other words in the place of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count
from typing import Final

_SENTENCE: Final = re.compile(r"(?:（[^（）]*）|[^。！？；\n])+[。！？；]?(?:（[^（）]*）)?")
_MARK: Final = re.compile(
    r"(?:第[一二三四五六七八九十百零\d]+条(?=\s)|（[一二三四五六七八九十\d]+）|[一二三四五六七八九十]+、|\d+(?:[.、](?!\d)|．)|[·•-])\s*"
)
_STOP: Final = re.compile(r"([。！？；：]?)(?:（[^（）]*）)?$")
_STOPS: Final = "。；：，、"
_SHORTEST: Final = 2


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text with their stops and the remarks in brackets behind them; a ；ends one too."""
    found = (one.strip() for one in _SENTENCE.findall(text))
    return [sentence for sentence in found if len(sentence) >= _SHORTEST]


def unmarked(sentence: str) -> str:
    """Return a sentence without the mark of a list, such as （一） or 2., or of an article that it begins with."""
    return sentence[_mark_end(sentence) :]


def retold(text: str, said: Sequence[str]) -> str:
    """
    Return a text with ``said`` in the place of its sentences, one for each of ``sentences_of``, unmarked.

    Marks of a list, breaks and stops stay.
    """
    order = count()

    def instead(found: re.Match[str]) -> str:
        sentence = found[0].strip()
        if len(sentence) < _SHORTEST:
            return found[0]
        return found[0].replace(sentence, _instead(sentence, said[next(order)]))

    return _SENTENCE.sub(instead, text)


def _instead(sentence: str, said: str) -> str:
    if said == unmarked(sentence):
        return sentence
    stop = _STOP.search(sentence)
    words = said.rstrip(_STOPS)
    return sentence[: _mark_end(sentence)] + words + ("" if words.endswith(("！", "？")) else stop[1] if stop else "")


def _mark_end(sentence: str) -> int:
    mark = _MARK.match(sentence)
    return mark.end() if mark and mark.end() < len(sentence) else 0
