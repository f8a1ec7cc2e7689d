"""Instants as text: aware UTC, fixed width, so that text order is time order."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def to_text(instant: datetime) -> str:
    """Return *instant* as ISO text in UTC with microseconds.

    Raises:
        ValueError: *instant* is naive.
    """
    if instant.tzinfo is None:
        raise ValueError(f"naive time {instant!r}: pass an aware datetime")
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def from_text(text: str) -> datetime:
    """Return the instant that ``to_text`` wrote."""
    return datetime.fromisoformat(text)


def local_date(instant: datetime) -> date:
    """Return the calendar date of *instant* in Asia/Shanghai, the date people read."""
    return instant.astimezone(SHANGHAI).date()
