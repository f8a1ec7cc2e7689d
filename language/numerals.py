"""Read numbers as people write them: 二十三, 三千五, 1.2万, 八万多, 十几, 二〇二四."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {char: i % 10 for i, char in enumerate("零一二三四五六七八九〇壹贰叁肆伍陆柒捌玖")} | {
    "两": 2,
    "俩": 2,
    "仨": 3,
}
_SCALES = dict.fromkeys("十拾", 10) | dict.fromkeys("百佰", 100) | dict.fromkeys("千仟k", 1000)
_SCALES |= dict.fromkeys("万w", 10_000) | {"亿": 100_000_000}
_FEW = 2  # the least that 几 means before a scale; after one (十几) it adds nothing certain
_DIGIT = "[" + "".join(_DIGITS) + "]"
_ARABIC = r"\d+(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"(?:[十拾百佰千仟万亿]|(?<=\d)[wWkK](?![A-Za-z]))"
_NUMBER = re.compile(
    r"(?P<about>将近|接近|大概|大约|约莫|差不多|上(?=[百千万亿])|近|约)?"
    rf"(?P<body>(?:{_ARABIC}|{_DIGIT}|[十拾几]|(?<=[上近约])[百千万亿]|[百千万](?=[把十]))"
    rf"(?:{_SCALE}|(?<=[万千百wWkK零])\d{{1,4}}(?!\d)|{_DIGIT}|几|点(?={_DIGIT}+(?!十))|[多余来](?={_SCALE})){{0,30}})"
    r"(?P<more>[多余来把])?"
)
_TOKEN = re.compile(rf"{_ARABIC}|.")
_LEADING = re.compile(r"\d+(?:\.\d+)?")
_POINT = re.compile(rf"({_DIGIT}+)点({_DIGIT}+)")
_RANGE = re.compile(rf"(?<!{_DIGIT})(?:一[二两]|[二两]三|三[两四五]|四五|五六|六七|七八|八九)(?!{_DIGIT})")
_MORE_OR_LESS = re.compile(r"左右|上下|以上|出头|开外|打底|不到")


@dataclass(frozen=True)
class Number:
    """A number in a text. ``value`` is the least that the words allow; ``approximate`` when they allow more."""

    value: Decimal
    approximate: bool
    start: int
    end: int


def find_numbers(text: str) -> tuple[Number, ...]:
    """
    Return the numbers in ``text``, first to last, in Arabic or Chinese numerals or both.

    Neighbouring digits are a range (三四千: 3000, approximate), others without a scale are read digit by digit
    (二〇二四). A word that only holds a scale (千万别, 百姓) is no number.
    """
    return tuple(_numbers(text))


def parse_number(text: str) -> Number | None:
    """Return the number that the whole of ``text`` is, None when it is anything else."""
    whole = text.strip()
    found = find_numbers(whole)
    return found[0] if len(found) == 1 and (found[0].start, found[0].end) == (0, len(whole)) else None


def _numbers(text: str) -> Iterator[Number]:
    for match in _NUMBER.finditer(text):
        body = _POINT.sub(lambda point: f"{_positional(point[1])}.{_positional(point[2])}", match["body"].lower())
        body, ranges = _RANGE.subn(lambda pair: min(pair[0], key=_DIGITS.__getitem__), body)
        vague = match["about"] or match["more"] or ranges or re.search("[几多余来]|百十", body)
        start, end = match.span()
        yield Number(
            _value(_TOKEN.findall(re.sub("[多余来]", "", body))),
            bool(vague) or bool(_MORE_OR_LESS.match(text, end)),
            start,
            end,
        )


def _value(tokens: list[str]) -> Decimal:
    """Return the value of a numeral, its greatest scale first: what stands before it counts it."""
    scale = max((_SCALES[token] for token in tokens if token in _SCALES), default=0)
    if not scale:
        return _plain(tokens)
    at = max(i for i, token in enumerate(tokens) if _SCALES.get(token) == scale)
    times = _value(tokens[:at]) if at else Decimal(1)
    return times * scale + _rest(tokens[at + 1 :], scale)


def _rest(tokens: list[str], scale: int) -> Decimal:
    """Return what follows a scale: 三千五 is short for 三千五百, 三千零五 is not."""
    if tokens in ([], ["几"]):
        return Decimal(0)
    value = _value(tokens)
    shortened = len(tokens) == 1 and value < 10
    return value * (scale // 10) if shortened else value


def _plain(tokens: list[str]) -> Decimal:
    """Return the value of numerals without a scale, up to where they stop making one number (一点二点三)."""
    number = _LEADING.match(_positional("".join(tokens).replace(",", "").replace("几", "")))
    return Decimal(number[0]) if number else Decimal(_FEW)


def _positional(digits: str) -> str:
    return "".join(str(_DIGITS.get(char, char)) for char in digits)
