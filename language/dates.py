"""Find dates in villagers' words and resolve them against today: 上个月, 前年, 腊月二十三, 去年秋天, 2月14号."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from language import date_patterns as words
from language.lunar import lunar_date, lunar_year_of
from language.numerals import find_numbers, parse_number


@dataclass(frozen=True)
class Moment:
    """
    A date in a text as an ISO prefix: 2025, 2026-02 or 2026-02-14, as exact as the words.

    ``approximate`` when the words allow a time outside it (前几天, 半年前).
    """

    iso: str
    approximate: bool
    start: int
    end: int


@dataclass(frozen=True)
class _Resolved:
    iso: str
    approximate: bool = False


_Resolver: TypeAlias = Callable[["re.Match[str]", date], "_Resolved | None"]
_PERIODS_BACK = {"上上": 2, "上": 1, "下": -1}
_DAYS_IN = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}
_UNITS = "年月日"
_LONG_AGO = 100  # years, months or days before today that people no longer count


def find_dates(text: str, today: date) -> tuple[Moment, ...]:
    """
    Return the dates in ``text``, first to last, the longest reading of each place.

    A month, day or season without a year is the latest that is not after ``today``. Months are solar unless
    the words are lunar (农历, 正月, 腊月, 初八); a lunar month is named by the solar month it begins in.
    """
    moments = []
    for pattern, resolve in _RULES:
        for match in pattern.finditer(text):
            resolved = resolve(match, today)
            if resolved:
                moments.append(Moment(resolved.iso, resolved.approximate, *match.span()))
    kept: list[Moment] = []
    for moment in sorted(moments, key=lambda moment: (moment.start, -moment.end)):
        if not kept or moment.start >= kept[-1].end:
            kept.append(moment)
    return tuple(kept)


def calendar_phrase(day: date) -> str:
    """Return a day as people note it: 12月11日（星期五）."""
    return f"{day.month}月{day.day}日（星期{words.WEEKDAYS[day.weekday()]}）"


def full_date(day: date | str) -> str:
    """Return a day as documents write it: 2026年3月12日; of ISO text as much as it says, of other text itself."""
    parts = str(day).split("-")
    if len(parts) > len(_UNITS) or not all(part.isdecimal() for part in parts):
        return str(day)
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, _UNITS, strict=False))


def _month_and_day(match: re.Match[str], today: date) -> _Resolved | None:
    month, day = match["month"], match["day"] or ""
    year, leap = match["year"], bool(match["leap"])
    mid_autumn = month + day == "八十五" and not match["named"]
    if match["lunar"] or leap or mid_autumn or month in words.LUNAR_MONTHS or day.startswith(("初", "廿")):
        return _lunar(year, words.LUNAR_MONTHS.get(month) or _number(month), _number(day), today, leap=leap)
    return _solar(year, _number(month), _number(day), today)


def _solar(year: str | None, month: int, day: int, today: date) -> _Resolved | None:
    named = _solar_year(year, today)
    return _latest([_day(named or back, month, day or 1) for back in (today.year, today.year - 1)], year, day, today)


def _lunar(year: str | None, month: int, day: int, today: date, *, leap: bool = False) -> _Resolved | None:
    this_year = lunar_year_of(today)
    back = words.YEARS_BACK.get(year or "")
    named = this_year - back if back is not None else _solar_year(year, today)
    years = (this_year, this_year - 1)
    return _latest([lunar_date(named or back, month, day or 1, leap=leap) for back in years], year, day, today)


def _latest(days: list[date | None], year: str | None, day: int, today: date) -> _Resolved | None:
    """Return the first of ``days`` that is not to come, or whatever the year names; its month when no day is."""
    for found in days:
        if found and (year or found <= today):
            return _exactly(found) if day else _in_month_of(found)
    return None


def _iso(match: re.Match[str], _today: date) -> _Resolved | None:
    found = _day(int(match["y"]), int(match["m"]), int(match["d"] or 1))
    if not found:
        return None
    return _exactly(found) if match["d"] else _in_month_of(found)


def _year_alone(match: re.Match[str], today: date) -> _Resolved:
    part = match["part"] or ""
    month = "-01" if part.endswith("初") else "-12" if part.endswith(("底", "末")) else ""
    return _Resolved(f"{_solar_year(match['year'], today)}{month}", approximate=bool(month))


def _season(match: re.Match[str], today: date) -> _Resolved:
    began = today.month >= words.SEASON_STARTS[match["season"]]
    return _Resolved(str(today.year if began else today.year - 1))


def _month_near(match: re.Match[str], today: date) -> _Resolved | None:
    first = _months_back(today, _PERIODS_BACK.get(match["which"], 0))
    if not match["day"]:
        return _in_month_of(first)
    found = _day(first.year, first.month, _number(match["day"]))
    return _exactly(found) if found else None


def _ago(match: re.Match[str], today: date) -> _Resolved | None:
    unit, number = match["unit"], next(iter(find_numbers(match["count"])), None)
    if number and number.value > _LONG_AGO:
        return None
    count = int(number.value) if number else 0
    vague = not number or number.approximate or bool(match["over"])
    if unit == "年" and not number:
        return _in_month_of(_months_back(today, 6), approximate=True)
    if unit == "年":
        half = 6 if match["over"] == "半" else 0
        return _Resolved(str(_months_back(today, 12 * count + half).year), vague)
    if unit == "月":
        return _in_month_of(_months_back(today, count) if number else today - timedelta(15), approximate=vague)
    day = today - timedelta(count * _DAYS_IN[unit])
    return _in_month_of(day, approximate=True) if vague or unit not in "天日" else _exactly(day)


def _lately(_match: re.Match[str], today: date) -> _Resolved:
    return _in_month_of(today - timedelta(3), approximate=True)


def _day_near(match: re.Match[str], today: date) -> _Resolved:
    return _exactly(today - timedelta(words.DAYS_BACK[match["which"]]))


def _weekday(match: re.Match[str], today: date) -> _Resolved:
    monday = today - timedelta(today.weekday() + 7 * _PERIODS_BACK.get(match["which"], 0))
    name = match["weekday"] or match["bare"]
    if not name:
        return _in_month_of(monday, approximate=True)
    day = monday + timedelta(words.WEEKDAYS.index(name.replace("天", "日")))
    return _exactly(day - timedelta(7) if match["bare"] and day > today else day)


def _day_alone(match: re.Match[str], today: date) -> _Resolved | None:
    months = [_months_back(today, back) for back in (0, 1, 2)]
    number = _number(match["day"])
    return _latest([_day(first.year, first.month, number) for first in months], None, number, today)


def _festival(match: re.Match[str], today: date) -> _Resolved | None:
    name = match["festival"]
    if name in words.SOLAR_FESTIVALS:
        return _solar(match["year"], words.SOLAR_FESTIVALS[name], int(name == "元旦"), today)
    return _lunar(match["year"], *words.LUNAR_FESTIVALS[name], today)


def _new_year(match: re.Match[str], today: date) -> _Resolved | None:
    """Resolve the Spring Festival: its eve and its numbered days exactly, 过年 as the month it falls in."""
    named = _solar_year(match["year"], today)
    for year in (today.year, today.year - 1):
        first = lunar_date(named or year, 1, 1)
        if first and (named or first <= today):
            if match["eve"]:
                return _exactly(first - timedelta(1))
            if match["day"]:
                return _exactly(first + timedelta(_number(match["day"]) - 1))
            return _in_month_of(first, approximate=bool(match["around"]))
    return None


def _exactly(day: date) -> _Resolved:
    return _Resolved(day.isoformat())


def _in_month_of(day: date, *, approximate: bool = False) -> _Resolved:
    return _Resolved(day.isoformat()[:7], approximate)


def _solar_year(name: str | None, today: date) -> int | None:
    if not name:
        return None
    if name in words.YEARS_BACK:
        return today.year - words.YEARS_BACK[name]
    year = _number(name.rstrip("年").replace("○", "零"))
    if year < 100:
        year += today.year // 100 * 100
        year -= 100 if year > today.year + 1 else 0
    return year


def _number(numeral: str) -> int:
    """Return the value of a day, month or year in numerals, 0 for none."""
    number = parse_number(numeral.removeprefix("初").replace("廿", "二十").replace("元", "一"))
    return int(number.value) if number else 0


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months_back(today: date, months: int) -> date:
    """Return the first day of the month so many months before ``today``."""
    ordinal = today.year * 12 + today.month - 1 - months
    return date(ordinal // 12, ordinal % 12 + 1, 1)


_RULES: tuple[tuple[re.Pattern[str], _Resolver], ...] = (
    (words.MONTH_AND_DAY, _month_and_day),
    (words.ISO, _iso),
    (words.YEAR_ALONE, _year_alone),
    (words.SEASON, _season),
    (words.MONTH_NEAR, _month_near),
    (words.AGO, _ago),
    (words.LATELY, _lately),
    (words.DAY_NEAR, _day_near),
    (words.WEEKDAY, _weekday),
    (words.DAY_ALONE, _day_alone),
    (words.FESTIVAL, _festival),
    (words.NEW_YEAR, _new_year),
)
