"""Working days of the State Council calendar, with the days moved by 调休, and due dates counted on them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

from chinese_calendar import holidays as library_holidays
from chinese_calendar import workdays as library_workdays

from cases.errors import CalendarError
from storage.store import Store

HOLIDAY_FILES: Final = Path(__file__).parent / "holidays"


class Unit(StrEnum):
    """What a number of days counts."""

    WORKING_DAY = "工作日"
    NATURAL_DAY = "自然日"


@dataclass(frozen=True)
class Days:
    """A number of days and what they are."""

    value: int
    unit: Unit


@dataclass(frozen=True)
class DueDate:
    """A date in Asia/Shanghai. ``provisional`` (暂定): a year without a published calendar was counted through."""

    date: date
    provisional: bool


@dataclass(frozen=True)
class Calendar:
    """Which days are worked. ``years`` are those for which the State Council's arrangement is known."""

    years: frozenset[int]
    rest_days: frozenset[date]
    work_days: frozenset[date]

    def is_working_day(self, day: date) -> bool:
        """Tell whether *day* is worked; in an unknown year Monday to Friday are."""
        if day in self.work_days:
            return True
        return day.weekday() < 5 and day not in self.rest_days

    def due_on(self, start: date, days: Days) -> DueDate:
        """Return the last day of *days*, the day after *start* being the first.

        Natural days run through rest days and end on one if they fall so: the stricter reading.
        """
        if days.unit is Unit.NATURAL_DAY:
            return DueDate(start + timedelta(days=days.value), provisional=False)
        day, left, provisional = start, days.value, False
        while left > 0:
            day += timedelta(days=1)
            left -= self.is_working_day(day)
            provisional = provisional or day.year not in self.years
        return DueDate(day, provisional)

    def working_days_after(self, start: date, end: date) -> int:
        """Return how many working days lie after *start*, up to *end*."""
        return sum(self.is_working_day(start + timedelta(days=day)) for day in range(1, (end - start).days + 1))

    def working_day_before(self, day: date) -> date:
        """Return the last working day before *day*: when a warning still finds somebody at his desk."""
        before = day - timedelta(days=1)
        while not self.is_working_day(before):
            before -= timedelta(days=1)
        return before


def calendar_of(store: Store) -> Calendar:
    """Return the calendar of this data folder: the bundled one and the files in its ``holidays`` folder."""
    return load_calendar(store.data_dir / "holidays")


@lru_cache(maxsize=8)
def load_calendar(*folders: Path) -> Calendar:
    """Return the published calendar: that of the library, and the TOML files of our own folder and of *folders*.

    A file says all about one year: ``year``, ``rest`` (days off that are not ordinary weekends, as ISO dates)
    and ``work`` (Saturdays and Sundays that are worked). It replaces what the library knows of that year.

    Raises:
        CalendarError: a file is malformed or names a day of another year.
    """
    years = {day.year for day in library_holidays}
    rest, work = set(library_holidays), set(library_workdays)
    for path in _files([HOLIDAY_FILES, *folders]):
        year, rested, worked = _read(path)
        years.add(year)
        rest = {day for day in rest if day.year != year} | rested
        work = {day for day in work if day.year != year} | worked
    return Calendar(frozenset(years), frozenset(rest), frozenset(work))


def _files(folders: Iterable[Path]) -> list[Path]:
    return [path for folder in folders for path in sorted(folder.glob("*.toml"))]


def _read(path: Path) -> tuple[int, set[date], set[date]]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        year, rest, work = content.pop("year"), content.pop("rest"), content.pop("work")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CalendarError(f"{path.name}: {error}") from error
    except KeyError as error:
        raise CalendarError(f"{path.name}: {error.args[0]}: missing") from error
    for key in content:
        raise CalendarError(f"{path.name}: {key}: unknown key")
    for key, days in (("rest", rest), ("work", work)):
        for day in days:
            if type(day) is not date or day.year != year:
                raise CalendarError(f"{path.name}: {key}: {day} is not a date of {year}")
    return year, set(rest), set(work)
