"""Income per person: four kinds less the cost of earning, by the people who share it, over the right twelve months."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

KINDS: Final = ("wage", "business", "property", "transfer")
COST: Final = "business_cost"
ITEMS: Final = (*KINDS, COST)


@dataclass(frozen=True)
class Period:
    """Twelve whole months, both days included."""

    first: date
    last: date


@dataclass(frozen=True)
class Income:
    """Yuan a person and year, the ``formula`` with its numbers, and the months it covers."""

    per_person: Decimal
    formula: str
    period: Period


def income_period(identified_on: date) -> Period:
    """Return the twelve months before the month of identification: of June 2021, June 2020 to May 2021."""
    this_month = identified_on.replace(day=1)
    return Period(this_month.replace(year=this_month.year - 1), this_month - timedelta(days=1))


def income_of(sheet: Mapping[str, Any], identified_on: date) -> Income:
    """Return the income per person of a complete sheet. Costs of illness, school and house are not taken off."""
    earned = [Decimal(str(sheet[key])) for key in KINDS]
    cost, people = Decimal(str(sheet[COST])), int(sheet["people"])
    per_person = ((sum(earned, Decimal()) - cost) / people).quantize(Decimal("0.01"), ROUND_HALF_UP)
    shown = " + ".join(f"{value}" for value in earned)
    return Income(per_person, f"({shown} - {cost}) ÷ {people} = {per_person}", income_period(identified_on))
