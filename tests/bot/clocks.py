"""A clock that runs fast, so that back-offs pass while a test waits."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class FastClock:
    """Starts in March 2026 and runs a hundred times as fast as the wall clock."""

    def __init__(self, factor: float = 100) -> None:
        self._factor = factor
        self._started = time.monotonic()

    def __call__(self) -> datetime:
        passed = (time.monotonic() - self._started) * self._factor
        return datetime(2026, 3, 10, 2, 0, tzinfo=UTC) + timedelta(seconds=passed)
