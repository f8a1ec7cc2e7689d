"""The lunar calendar of the years 1990 to 2050."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_FIRST_YEAR, _LAST_YEAR = 1990, 2050
_FIRST_DAY = date(1990, 1, 27)
# A year is a hexadecimal number: a bit a month from the first (1: 30 days, 0: 29), 13 in all, the leap month in
# its place; then four bits with the number of the month that is repeated, 0 for none. The table agrees day by
# day with three independent calendars (lunardate 0.3.0, lunar_python, borax).
_YEARS = [
    int(year, 16)
    for line in (
        "092f5 092e0 0c960 0d4a3 1d4a0 0d658 0b580 156c0 126d5 125c0",
        "192c0 1a954 1a940 1b4a0 0b552 0ad40 155b7 04ba0 125a0 192b5",
        "152a0 16940 16aa4 15aa0 0ab59 09740 14b60 0a576 0a560 15260",
        "0e954 0d540 15aa0 09b52 096c0 14ae6 149c0 1a4c0 1d265 1aa60",
        "0b540 0d6a3 12da0 095db 095a0 149a0 1a4b6 1a4a0 1aa40 1b545",
        "16b40 0ada0 095b2 09360 14977 14960 154a0 16a55 0da40 15b40",
        "0ab63",
    )
    for year in line.split()
]


@dataclass(frozen=True)
class LunarMonth:
    """A month of the lunar calendar. ``number`` is 1 to 12; ``leap`` marks the one that repeats it."""

    year: int
    number: int
    leap: bool
    first_day: date
    days: int


def lunar_months(year: int) -> tuple[LunarMonth, ...]:
    """Return the months of a lunar year, none outside 1990 to 2050."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return ()
    first_day = _FIRST_DAY
    for earlier in range(_FIRST_YEAR, year):
        first_day += timedelta(sum(days for _, _, days in _lengths(earlier)))
    months = []
    for number, leap, days in _lengths(year):
        months.append(LunarMonth(year, number, leap, first_day, days))
        first_day += timedelta(days)
    return tuple(months)


def lunar_month(year: int, number: int, *, leap: bool = False) -> LunarMonth | None:
    """Return a month of a lunar year, None when the year has no such month or lies outside 1990 to 2050."""
    return next((month for month in lunar_months(year) if (month.number, month.leap) == (number, leap)), None)


def lunar_date(year: int, number: int, day: int, *, leap: bool = False) -> date | None:
    """Return the solar date of a lunar one, None when there is no such day."""
    month = lunar_month(year, number, leap=leap)
    return month.first_day + timedelta(day - 1) if month and 1 <= day <= month.days else None


def lunar_year_of(day: date) -> int:
    """Return the lunar year that holds ``day``: until the Spring Festival it is still the year before."""
    spring_festival = lunar_date(day.year, 1, 1)
    return day.year - 1 if spring_festival and day < spring_festival else day.year


def _lengths(year: int) -> list[tuple[int, bool, int]]:
    """Return number, leap and days of the months of a lunar year."""
    packed = _YEARS[year - _FIRST_YEAR]
    leap_month = packed & 0xF
    months = [(number, False) for number in range(1, 13)]
    if leap_month:
        months.insert(leap_month, (leap_month, True))
    return [(number, leap, 30 if packed >> (16 - place) & 1 else 29) for place, (number, leap) in enumerate(months)]
