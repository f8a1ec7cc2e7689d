"""Texts that are true to a span: those that people wrote, and those that templates make."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from knowledge.sentences import sentences_of

_FILE: Final = Path(__file__).parent / "paraphrases.jsonl"
_MONEY: Final = re.compile(r"(?<![\d.])(\d{2,6})元")
_TEN_THOUSANDS: Final = re.compile(r"(?<![\d.])([1-9]\d?)万元")
_DAYS: Final = re.compile(r"(?<![\d.])([2-9])(天|个月|个工作日|年以内)")
_DIGITS: Final = "零一二三四五六七八九"
_SPOKEN: Final = (
    ("不得公开", "不准公开"), ("每年", "一年"), ("告诉你", "告诉您"), ("说明原因", "告诉原因"), ("你家", "您家"),
    ("你们县", "您那个县"),
    ("可以直接", "能直接"), ("上门核实", "到家里核实"), ("户口所在地", "户籍地"), ("支出", "花销"), ("严禁", "不许"),
    ("娃", "孩子"),
    ("念书", "上学"), ("不用先", "不必先"), ("必须", "应当"), ("再查一遍", "复核"), ("入户核查", "入户核实"),
    ("就行", "就可以"),
)  # fmt: skip
_ASIDE: Final = re.compile(r"（[^（）]*）")


@dataclass(frozen=True)
class Faithful:
    """A true text about a span. ``tune`` tells the half on which the checker was developed."""

    span: str
    text: str
    written: bool
    tune: bool


@dataclass(frozen=True)
class Span:
    """A cited span, with what people wrote of it."""

    id: str
    span: str
    says: tuple[str, ...]

    @property
    def tune(self) -> bool:
        """Tell which half it belongs to: by the hash of its id."""
        return hashlib.sha256(self.id.encode()).digest()[0] % 2 == 0


def load_spans() -> list[Span]:
    """Return the spans with their paraphrases."""
    rows = [json.loads(line) for line in _FILE.read_text(encoding="utf-8").splitlines()]
    return [Span(row["id"], row["span"], tuple(row["says"])) for row in rows]


def faithful(spans: list[Span]) -> list[Faithful]:
    """Return the true texts of all spans: what was written, and what the templates change."""
    made: list[Faithful] = []
    for span in spans:
        made.extend(Faithful(span.span, text, True, span.tune) for text in span.says)
        made.extend(Faithful(span.span, text, False, span.tune) for text in _by_template(span.span))
    return made


def _by_template(span: str) -> Iterator[str]:
    for sentence in sentences_of(span):
        for template in _TEMPLATES:
            changed = template(sentence)
            if changed and changed != sentence:
                yield changed


def _in_characters(sentence: str) -> str:
    return _DAYS.sub(lambda found: _DIGITS[int(found[1])] + found[2], _MONEY.sub(_money_in_characters, sentence))


def _money_in_characters(found: re.Match[str]) -> str:
    value = int(found[1])
    if value % 100 or value >= 10_000:
        return found[0].replace("元", "块")
    thousands, hundreds = divmod(value // 100, 10)
    words = f"{_DIGITS[thousands]}千" if thousands else ""
    return f"{words}{_DIGITS[hundreds] + '百' if hundreds else ''}元"


def _written_out(sentence: str) -> str:
    return _TEN_THOUSANDS.sub(lambda found: f"{int(found[1]) * 10_000}元", sentence).replace("元", "块钱")


def _spoken(sentence: str) -> str:
    for old, new in _SPOKEN:
        sentence = sentence.replace(old, new)
    return sentence


def _without_asides(sentence: str) -> str:
    return _ASIDE.sub("", sentence)


def _addressed(sentence: str) -> str:
    """Say it to someone."""
    return f"简单说，{sentence}"


_TEMPLATES: Final[tuple[Callable[[str], str], ...]] = (
    _in_characters,
    _written_out,
    _spoken,
    _without_asides,
    _addressed,
)
