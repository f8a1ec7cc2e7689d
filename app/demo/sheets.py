"""What an invented home visit finds: the sheet of ``cases.household``, filled in plausibly."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from app.demo.county import CODE, person
from cases.household.form import FieldType, FormField, load_form
from cases.report import Cause

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS: Final = "10X98765432"
_MONEY: Final = {"wage": 24_000, "business": 9_000, "transfer": 4_000, "property": 600, "business_cost": 3_000}
# What most households answer; a field that is not named here takes any of its choices.
_USUAL: Final[Mapping[str, str]] = {
    "house": "B",
    "health": "健康",
    "id_kind": "居民身份证",
    "capacity": "部分能解决",
    "intended": "突发严重困难户",
    "household_kind": "一般农户",
}
_NO: Final = frozenset({"water_cut", "dibao"})
_ZERO: Final = frozenset({"water_minutes", "dropouts", "uninsured"})

Row = dict[str, Any]


def sheet_of(dice: random.Random, cause: Cause, address: str, visited_on: date) -> Row:
    """Return a complete sheet of a household that is in hardship for *cause*, visited on a day."""
    people = dice.randrange(1, 6)
    given: Row = {
        "people": people,
        "main_risk": cause.value,
        "registered_address": address,
        "living_address": address,
        "capacity_reason": "收入扣掉这笔开支，剩下的不够日常用。",
        "visitors": f"{person(dice)}、{person(dice)}",
        "consent_signed_on": visited_on.isoformat(),
    }
    filler = _Filler(dice)
    members = []
    for number in range(people):
        relation = "本人" if number == 0 else dice.choice(("配偶", "儿子", "女儿", "父亲", "母亲"))
        born = visited_on - timedelta(days=365 * dice.randrange(19, 78) + dice.randrange(365))
        member: Row = {
            "name": person(dice),
            "relation": relation,
            "id_kind": "居民身份证",
            "id_number": id_number(born, dice.randrange(1000)),
        }
        members.append(filler.fill(load_form().member, member))
    return filler.fill(load_form().household, given) | {"members": members}


def id_number(born: date, serial: int) -> str:
    """Return a well-formed identity number of the invented county, which no register has given out."""
    body = f"{CODE}{born:%Y%m%d}{serial:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + _CHECK_DIGITS[total % 11]


class _Filler:
    """Fills what a form requires, field by field."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._by_type: Mapping[FieldType, Callable[[FormField], Any]] = {
            FieldType.TEXT: lambda _: "照实填写",
            FieldType.NUMBER: lambda field: 0 if field.key in _ZERO else dice.randrange(1, 12),
            FieldType.MONEY: self._money,
            FieldType.YES_NO: lambda field: field.key not in _NO,
            FieldType.CHOICE: self._choice,
            FieldType.MANY: lambda field: [dice.choice(field.choices)],
        }

    def fill(self, fields: Sequence[FormField], given: Row) -> Row:
        """Return *given* with every other required field filled; a field may be required by an earlier one."""
        row = dict(given)
        for field in fields:
            if field.key not in row and field.is_required(row):
                row[field.key] = self._by_type[field.type](field)
        return row

    def _money(self, field: FormField) -> int:
        return self._dice.randrange(0, _MONEY.get(field.key, 2_000), 100)

    def _choice(self, field: FormField) -> str:
        usual = _USUAL.get(field.key)
        return usual if usual in field.choices and self._dice.random() < 0.7 else self._dice.choice(field.choices)
