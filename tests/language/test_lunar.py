from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from language.lunar import lunar_date, lunar_month, lunar_months, lunar_year_of


def test_years_follow_each_other_without_a_gap() -> None:
    months = [month for year in range(1990, 2051) for month in lunar_months(year)]
    for month, following in pairwise(months):
        assert month.days in {29, 30}
        assert month.first_day + timedelta(month.days) == following.first_day
    assert months[0].first_day == date(1990, 1, 27)
    assert months[-1].first_day + timedelta(months[-1].days) == date(2051, 2, 11)


def test_known_days_of_the_calendar() -> None:
    assert lunar_date(2026, 1, 1) == date(2026, 2, 17)
    assert lunar_date(2025, 12, 23) == date(2026, 2, 10)
    assert lunar_date(2026, 8, 15) == date(2026, 9, 25)
    assert lunar_date(2024, 5, 5) == date(2024, 6, 10)
    assert lunar_date(1998, 12, 1) == date(1999, 1, 17)


def test_a_leap_month_stands_after_the_month_it_repeats() -> None:
    sixth, leap_sixth = lunar_month(2025, 6), lunar_month(2025, 6, leap=True)
    assert sixth is not None
    assert leap_sixth is not None
    assert leap_sixth.first_day == sixth.first_day + timedelta(sixth.days) == date(2025, 7, 25)
    assert lunar_month(2026, 6, leap=True) is None


def test_days_that_are_not_are_refused() -> None:
    assert lunar_date(2026, 1, 31) is None
    assert lunar_date(2026, 13, 1) is None
    assert lunar_date(2026, 1, 0) is None
    assert lunar_date(1989, 1, 1) is None
    assert lunar_months(2051) == ()


@given(st.dates(date(1990, 1, 27), date(2050, 12, 31)))
def test_every_day_lies_in_its_lunar_year(day: date) -> None:
    months = lunar_months(lunar_year_of(day))
    assert months[0].first_day <= day < months[-1].first_day + timedelta(months[-1].days)
