"""The numbers that Word counts by itself and never writes into the text: 一、 （一） 1. 第三条."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS: Final = "〇一二三四五六七八九"
_CHINESE: Final = re.compile("(chinese|japanese|taiwanese)Counting(Thousand)?|ideographDigital|chineseLegalSimplified")
_CIRCLED: Final = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})


@dataclass(frozen=True)
class Level:
    """How one level of a list counts and what it writes: ``text`` holds %1 … %9 for the levels' numbers."""

    form: str
    text: str
    start: int


class Numbering:
    """The lists of one document; ``next`` counts, so it is asked once for each paragraph in order."""

    def __init__(self, levels: Mapping[tuple[str, int], Level]) -> None:
        self._levels = levels
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def next(self, name: str, place: int) -> str:
        """Return what Word writes before the next paragraph at a level of a list; "" for a bullet or no list."""
        level = self._levels.get((name, place))
        if level is None or level.form in {"bullet", "none"}:
            return ""
        counts = self._counts[name]
        counts[place] = counts.get(place, level.start - 1) + 1
        for deeper in [one for one in counts if one > place]:
            del counts[deeper]
        return re.sub(r"%([1-9])", lambda match: self._written(name, int(match.group(1)) - 1), level.text)

    def _written(self, name: str, place: int) -> str:
        level = self._levels.get((name, place))
        if level is None:
            return ""
        count = self._counts[name].get(place, level.start)
        if _CHINESE.fullmatch(level.form):
            return _in_chinese(count)
        if level.form in _CIRCLED and 1 <= count <= 20:
            return chr(0x245F + count)
        return str(count)


def read_numbering(numbering: Any) -> Numbering:
    """Return the lists that the XML of a docx defines."""
    levels: dict[tuple[str, int], Level] = {}
    patterns = {
        pattern.get(f"{_W}abstractNumId"): pattern
        for pattern in (() if numbering is None else numbering.iterchildren(f"{_W}abstractNum"))
    }
    for use in () if numbering is None else numbering.iterchildren(f"{_W}num"):
        pattern = patterns.get(_value(use.find(f"{_W}abstractNumId")))
        for level in () if pattern is None else pattern.iterchildren(f"{_W}lvl"):
            levels[use.get(f"{_W}numId") or "", _integer(level.get(f"{_W}ilvl"), 0)] = Level(
                form=_value(level.find(f"{_W}numFmt")),
                text=_value(level.find(f"{_W}lvlText")),
                start=_integer(_value(level.find(f"{_W}start")), 1),
            )
    return Numbering(levels)


def place_in_list(use: Any) -> tuple[str, int]:
    """Return the list and the level that a paragraph's properties state."""
    if use is None:
        return "", 0
    return _value(use.find(f"{_W}numId")), _integer(_value(use.find(f"{_W}ilvl")), 0)


def lists_of_styles(styles: Any) -> dict[str, tuple[str, int]]:
    """Return the list and the level that each paragraph style puts its paragraphs into, by the style's id."""
    own: dict[str, tuple[str, int | None]] = {}
    based: dict[str, str] = {}
    for style in () if styles is None else styles.iterchildren(f"{_W}style"):
        name = style.get(f"{_W}styleId") or ""
        use = style.find(f"{_W}pPr/{_W}numPr")
        level = None if use is None else use.find(f"{_W}ilvl")
        own[name] = (place_in_list(use)[0], None if level is None else place_in_list(use)[1])
        based[name] = _value(style.find(f"{_W}basedOn"))
    return {name: _inherited(name, own, based) for name in own}


def _inherited(name: str, own: Mapping[str, tuple[str, int | None]], based: Mapping[str, str]) -> tuple[str, int]:
    chain = [name]
    while (base := based[chain[-1]]) in own and base not in chain:
        chain.append(base)
    found = next((own[style][0] for style in chain if own[style][0]), "")
    return found, next((level for style in chain if (level := own[style][1]) is not None), 0)


def _in_chinese(number: int) -> str:
    """Return a number below a hundred as headings write it: 十二, 二十."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    front = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return front + (_DIGITS[ones] if ones else "")


def _value(element: Any) -> str:
    return "" if element is None else element.get(f"{_W}val") or ""


def _integer(text: str | None, otherwise: int) -> int:
    stated = (text or "")[:6]
    return int(stated) if stated.isdecimal() else otherwise
