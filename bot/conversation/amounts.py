"""Sums of money in a sentence and what they were for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.conversation.causes import find_causes
from bot.conversation.lexicon import load_patterns
from cases.report import Cause
from language.amounts import find_amounts


class Purpose(StrEnum):
    """What a sum stands for."""

    MEDICAL = "医疗"
    SCHOOLING = "教育"
    INCOME = "收入"
    DEBT = "债务"
    LOSS = "损失"
    OTHER = "其他"


@dataclass(frozen=True)
class Sum:
    """A sum that was told, in yuan: the least that the words allow."""

    value: float
    what: Purpose


# "几千块" names no sum.
_NO_FIGURE: Final = re.compile(r"(?:好)?几[百千万]")
_STOP: Final = re.compile(r"[。！？；\n]")


def find_sums(text: str) -> tuple[Sum, ...]:
    """Return the sums in *text* (folded), first to last. Less than a yuan is a way of speaking, not a sum."""
    sums: list[Sum] = []
    before = 0
    for amount in find_amounts(text):
        if amount.value >= 1 and not _NO_FIGURE.match(text, amount.start) and not _hearsay(text, amount.start):
            after = _STOP.search(text, amount.end)
            purpose = _purpose(text[before : amount.start], text[amount.end : after.start() if after else None])
            what = purpose or (sums[-1].what if sums else _of_cause(text[: amount.start]) or _of_cause(text))
            sums.append(Sum(amount.value, what or Purpose.OTHER))
            before = amount.end
    return tuple(sums)


def _hearsay(text: str, start: int) -> bool:
    """Tell whether the clause before *start* tells what others got or paid."""
    clause = re.split(r"[，。！？；\n]", text[:start])[-1]
    return load_patterns("amounts", "setting")["hearsay"].search(clause) is not None


def _of_cause(text: str) -> Purpose | None:
    """Return what a sum without a word of its own was for: what the hardship told so far is about."""
    return next((_OF_CAUSE[cause] for cause in find_causes(text) if cause in _OF_CAUSE), None)


_OF_CAUSE: Final = {
    Cause.ILLNESS: Purpose.MEDICAL,
    Cause.ACCIDENT: Purpose.MEDICAL,
    Cause.DISABILITY: Purpose.MEDICAL,
    Cause.SCHOOLING: Purpose.SCHOOLING,
    Cause.DISASTER: Purpose.LOSS,
    Cause.BUSINESS_FAILURE: Purpose.LOSS,
}


def _purpose(before: str, after: str) -> Purpose | None:
    """Choose the purpose whose word stands nearest: before the sum, or right after it in its clause."""
    nearest = {
        name: min(_distance_back(before, pattern), _distance_on(after, pattern))
        for name, pattern in load_patterns("amounts", "what").items()
    }
    if "DEBT" in nearest and nearest["DEBT"] < _FAR:
        nearest["DEBT"] -= _OWED_TO
    name = min(nearest, key=lambda key: nearest[key])
    return Purpose[name] if nearest[name] < _FAR else None


_FAR: Final = 1000
# "欠医院三万": the creditor may stand between the debt and its sum.
_OWED_TO: Final = 3


def _distance_back(text: str, pattern: re.Pattern[str]) -> int:
    return min((len(text) - match.end() for match in pattern.finditer(text)), default=_FAR)


def _distance_on(text: str, pattern: re.Pattern[str]) -> int:
    clause = re.split(r"[，,]", text, maxsplit=1)[0]
    return min((match.start() for match in pattern.finditer(clause)), default=_FAR)
