"""Working days against the State Council's published arrangements, and the laws that counting days obeys."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.calendar import Calendar, Days, DueDate, Unit, load_calendar
from cases.errors import CalendarError

# The yearly notices of the State Council's General Office (国务院办公厅关于某年部分节假日安排的通知).
NOTICES = {
    2021: "国办发明电〔2020〕27号，2020-11-25",
    2022: "国办发明电〔2021〕11号，2021-10-25",
    2023: "国办发明电〔2022〕16号，2022-12-08",
    2024: "国办发明电〔2023〕7号，2023-10-25",
    2025: "国办发明电〔2024〕12号，2024-11-12",
    2026: "国办发明电〔2025〕7号，2025-11-04",
}
# Weekdays off and weekend days worked, copied from them.
PUBLISHED = {
    2021: (
        "01-01 02-11 02-12 02-15 02-16 02-17 04-05 05-03 05-04 05-05 06-14 09-20 09-21 10-01 10-04 10-05 10-06 10-07",
        "02-07 02-20 04-25 05-08 09-18 09-26 10-09",
    ),
    2022: (
        "01-03 01-31 02-01 02-02 02-03 02-04 04-04 04-05 05-02 05-03 05-04 06-03 09-12 10-03 10-04 10-05 10-06 10-07",
        "01-29 01-30 04-02 04-24 05-07 10-08 10-09",
    ),
    2023: (
        "01-02 01-23 01-24 01-25 01-26 01-27 04-05 05-01 05-02 05-03 06-22 06-23 09-29 10-02 10-03 10-04 10-05 10-06",
        "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    ),
    2024: (
        "01-01 02-12 02-13 02-14 02-15 02-16 04-04 04-05 05-01 05-02 05-03 06-10 09-16 09-17"
        " 10-01 10-02 10-03 10-04 10-07",
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    ),
    2025: (
        "01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 10-01 10-02 10-03 10-06 10-07 10-08",
        "01-26 02-08 04-27 09-28 10-11",
    ),
    2026: (
        "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25"
        " 10-01 10-02 10-05 10-06 10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
}

DAYS = st.dates(date(2021, 1, 1), date(2029, 12, 31))
LENGTHS = st.integers(1, 40)


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return load_calendar()


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=n) for n in range(366 if year % 4 == 0 else 365)]


@pytest.mark.parametrize("year", PUBLISHED, ids=lambda year: NOTICES[year])
def test_every_day_of_a_published_year_is_worked_or_not_as_the_notice_says(calendar: Calendar, year: int) -> None:
    rest, work = ({date.fromisoformat(f"{year}-{day}") for day in days.split()} for days in PUBLISHED[year])
    expected = {day for day in days_of(year) if (day.weekday() < 5 and day not in rest) or day in work}
    assert {day for day in days_of(year) if calendar.is_working_day(day)} == expected


@pytest.mark.parametrize(
    ("start", "value", "unit", "due"),
    [
        ("2026-03-10", 5, Unit.WORKING_DAY, "2026-03-17"),
        ("2026-03-10", 15, Unit.WORKING_DAY, "2026-03-31"),
        ("2026-02-12", 5, Unit.WORKING_DAY, "2026-02-26"),  # Spring Festival, with a Saturday worked before it
        ("2026-09-18", 1, Unit.WORKING_DAY, "2026-09-20"),  # that Sunday is worked
        ("2023-09-28", 5, Unit.WORKING_DAY, "2023-10-11"),
        ("2025-09-30", 1, Unit.WORKING_DAY, "2025-10-09"),
        ("2026-03-10", 5, Unit.NATURAL_DAY, "2026-03-15"),
        ("2026-09-30", 15, Unit.NATURAL_DAY, "2026-10-15"),
    ],
)
def test_due_dates_are_those_counted_by_hand(calendar: Calendar, start: str, value: int, unit: Unit, due: str) -> None:
    expected = DueDate(date.fromisoformat(due), provisional=False)
    assert calendar.due_on(date.fromisoformat(start), Days(value, unit)) == expected


def test_a_year_without_a_notice_counts_monday_to_friday_and_is_provisional(calendar: Calendar) -> None:
    assert calendar.due_on(date(2026, 12, 30), Days(3, Unit.WORKING_DAY)) == DueDate(date(2027, 1, 4), True)
    assert calendar.due_on(date(2026, 12, 28), Days(3, Unit.WORKING_DAY)) == DueDate(date(2026, 12, 31), False)


@given(start=DAYS, value=LENGTHS)
def test_exactly_that_many_working_days_lie_between_start_and_due_date(start: date, value: int) -> None:
    calendar = load_calendar()
    due = calendar.due_on(start, Days(value, Unit.WORKING_DAY)).date
    passed = [start + timedelta(days=n) for n in range(1, (due - start).days + 1)]
    assert sum(calendar.is_working_day(day) for day in passed) == value
    assert calendar.is_working_day(due)


@given(start=DAYS, value=LENGTHS)
def test_a_later_start_or_more_days_never_fall_due_earlier(start: date, value: int) -> None:
    calendar = load_calendar()
    due = calendar.due_on(start, Days(value, Unit.WORKING_DAY)).date
    assert calendar.due_on(start + timedelta(days=1), Days(value, Unit.WORKING_DAY)).date >= due
    assert calendar.due_on(start, Days(value + 1, Unit.WORKING_DAY)).date > due


@given(start=DAYS, value=LENGTHS)
def test_working_days_run_at_least_as_long_as_natural_days(start: date, value: int) -> None:
    calendar = load_calendar()
    natural = calendar.due_on(start, Days(value, Unit.NATURAL_DAY))
    assert natural == DueDate(start + timedelta(days=value), provisional=False)
    assert calendar.due_on(start, Days(value, Unit.WORKING_DAY)).date >= natural.date


def test_a_file_makes_a_year_known_and_replaces_what_was_known(tmp_path: Path) -> None:
    (tmp_path / "2027.toml").write_text("year = 2027\nrest = [2027-01-01]\nwork = [2027-01-02]\n")
    known = load_calendar(tmp_path)
    assert known.due_on(date(2026, 12, 31), Days(1, Unit.WORKING_DAY)) == DueDate(date(2027, 1, 2), False)
    assert 2027 not in load_calendar().years


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("year = 2027\nrest = [2026-01-01]\nwork = []", "rest: 2026-01-01 is not a date of 2027"),
        ("year = 2027\nrest = ['2027-01-01']\nwork = []", "rest: 2027-01-01 is not a date of 2027"),
        ("year = 2027\nwork = []", "rest: missing"),
        ("year = 2027\nrest = []\nwork = []\nextra = []", "extra: unknown key"),
        ("year = ", r"\w"),
    ],
)
def test_a_faulty_file_is_refused_by_name(tmp_path: Path, content: str, complaint: str) -> None:
    (tmp_path / "2027.toml").write_text(content)
    with pytest.raises(CalendarError, match=f"2027.toml: .*{complaint}"):
        load_calendar(tmp_path)
