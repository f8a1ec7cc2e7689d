"""Which of the telephones in a sentence reaches the household: not the officer's, not the hotline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from bot.conversation.lexicon import load_patterns
from cases.report import Relation
from language.masking import PersonalNumber, PersonalNumberKind, find_personal_numbers

_MOBILE_DIGITS: Final = 11
_TELEPHONES: Final = frozenset({PersonalNumberKind.MOBILE, PersonalNumberKind.LANDLINE})
# A telephone with a digit too few or too many.
_ALMOST: Final = re.compile(r"(?:电话|手机|号码|联系)[^\d，。]{0,4}\d{5,}|(?<!\d)1[3-9]\d{7,8}(?!\d)")
_CLAUSE: Final = re.compile(r"[，。；！？\n]")
_OWNERS_REACH: Final = 24


class Owner(IntEnum):
    """Whose telephone it is; the first one is asked for."""

    HOUSEHOLD = 0
    WRITER = 1
    UNSAID = 2
    OFFICE = 3


@dataclass(frozen=True)
class Phones:
    """The telephones of a sentence, best first. ``broken``: one was given that cannot be one."""

    numbers: tuple[str, ...] = ()
    broken: bool = False


def find_phones(text: str, relation: Relation | None) -> Phones:
    """Return the telephones in *text* (folded) under which the household or the writer can be reached."""
    numbers = [number for number in find_personal_numbers(text) if number.kind in _TELEPHONES]
    phones = [number for number in numbers if _is_telephone(number.digits)]
    owned = {number.digits: _owner(text, number, phones) for number in reversed(phones)}
    order = [digits for digits in dict.fromkeys(number.digits for number in phones) if owned[digits] != Owner.OFFICE]
    own = relation in (None, Relation.SELF)
    ranked = sorted(order, key=lambda digits: _rank(owned[digits], own_household=own))
    broken = len(phones) < len(numbers) or (not numbers and _ALMOST.search(text) is not None)
    return Phones(tuple(ranked), broken)


def _rank(owner: Owner, *, own_household: bool) -> int:
    """Of one's own household the writer's telephone comes first."""
    return -1 if own_household and owner is Owner.WRITER else owner


def _owner(text: str, number: PersonalNumber, phones: Sequence[PersonalNumber]) -> Owner:
    """Tell whose it is by the nearest word before it in its clause, or right after it."""
    begin = max((other.end for other in phones if other.end <= number.start), default=0)
    before = _CLAUSE.split(text[max(begin, number.start - _OWNERS_REACH) : number.start])[-1]
    after = _CLAUSE.split(text[number.end :], maxsplit=1)[0]
    patterns = load_patterns("people", "phone")
    ends = {
        owner: max((match.end() for match in patterns[owner.name].finditer(before)), default=-1)
        for owner in Owner
        if owner is not Owner.UNSAID
    }
    nearest = max(ends, key=lambda owner: ends[owner])
    if ends[nearest] >= 0:
        return nearest
    said_after = patterns["SAID_AFTER"].match(after)
    if said_after is None:
        return Owner.UNSAID
    return next((owner for owner in ends if patterns[owner.name].search(said_after.group())), Owner.UNSAID)


def _is_telephone(digits: str) -> bool:
    return digits.startswith("0") or len(digits) == _MOBILE_DIGITS or len(digits) in (7, 8)
