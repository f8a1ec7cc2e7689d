"""Calendar dates as documents state them, and the year that a text without a date speaks of."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Final

from language.numerals import parse_number

_CHINESE: Final = "[〇零○一二三四五六七八九十]"
_DATE: Final = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})(?!\d)\s*日?"
    rf"|(?P<cyear>[一二]{_CHINESE}{{3}})\s*年\s*(?P<cmonth>{_CHINESE}{{1,3}})\s*月\s*(?P<cday>{_CHINESE}{{1,3}})\s*日"
)
# A year that the text looks ahead to (到2020年) or compares with (较2013年) is not its own.
_YEAR: Final = re.compile(r"(?<![到至较比自从—-])(?<!较于)(?<!截至)(?P<year>20[0-4]\d)\s*年(?!以?前|以来|起|末|底前)")


def read_date(text: str) -> date | None:
    """Return the first calendar date in ``text``, None when there is none or no such day."""
    match = _DATE.search(text)
    if match is None:
        return None
    parts = [match[name] or match["c" + name] for name in ("year", "month", "day")]
    numbers = [parse_number(part.replace("○", "〇")) for part in parts]
    if None in numbers:
        return None
    year, month, day = (int(number.value) for number in numbers if number is not None)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_date_line(text: str) -> bool:
    """Whether a line holds a date and nothing else."""
    match = _DATE.fullmatch(text.strip())
    return match is not None and read_date(text) is not None


def years_after(day: date, years: int) -> date:
    """Return the same day so many years later; 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def spoken_year(text: str, *, latest: int) -> tuple[int, int] | None:
    """
    Return the year that a text names most often up to ``latest`` and where it names it first.

    Of years named equally often the later one counts. It is an inference, not a statement of the text.
    """
    mentions = [(int(match["year"]), match.start()) for match in _YEAR.finditer(text)]
    counts = Counter(year for year, _ in mentions if year <= latest)
    if not counts:
        return None
    year = max(counts, key=lambda one: (counts[one], one))
    return year, next(at for one, at in mentions if one == year)
