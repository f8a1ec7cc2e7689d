"""The machine's clock against the audit trail: officers write nothing that would lie before what was written."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from structlog import get_logger

from cases.errors import ClockSetBackError
from storage import audit
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import from_text

# Clocks are put right by minutes, and several machines differ by as much.
TOLERANCE: Final = timedelta(hours=1)
_CORRECTED: Final = "clock.corrected"


def set_back_behind(store: Store, now: datetime) -> datetime | None:
    """Return the latest instant that was written down, if *now* lies clearly before it; None: the clock runs well.

    What lies before an administrator's word that the clock is right now does not count.
    """
    rows = store.db.query(
        "SELECT at FROM audit WHERE seq > coalesce((SELECT max(seq) FROM audit WHERE event = 'clock.corrected'), 0)"
        " ORDER BY at DESC LIMIT 1"
    )
    latest = next((from_text(row["at"]) for row in rows), None)
    return latest if latest is not None and now < latest - TOLERANCE else None


def check_clock(store: Store, now: datetime) -> None:
    """Refuse what an officer would write while the clock is set back.

    Raises:
        ClockSetBackError: says since when the trail knows better.
    """
    latest = set_back_behind(store, now)
    if latest is not None:
        get_logger().error("clock.set_back", now=now.isoformat(), written=latest.isoformat())
        raise ClockSetBackError(written=latest)


def say_clock_is_right(store: Store, *, now: datetime) -> None:
    """Write down that the clock is right now and what was written later was wrong. Needs an open transaction."""
    check_in_transaction(store)
    latest = set_back_behind(store, now)
    if latest is not None:
        facts = {"written": latest.isoformat()}
        audit.append(store, actor="operator", event=_CORRECTED, subject="clock", now=now, facts=facts)
