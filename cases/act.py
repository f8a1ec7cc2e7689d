"""One act on a case: who did what, on which day, and when it was written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cases.actors import Actor
from cases.details import Details
from cases.states import Event
from storage.times import local_date


@dataclass(frozen=True)
class Act:
    """What an action carries through its steps. ``now`` is the instant of writing."""

    details: Details
    actor: Actor
    now: datetime

    @property
    def event(self) -> Event:
        """The event that happens."""
        return self.details.event

    @property
    def today(self) -> date:
        """The day of writing in Asia/Shanghai."""
        return local_date(self.now)

    @property
    def on(self) -> date:
        """The day on which it happened: the one written down, else the day of writing."""
        written: date = getattr(self.details, self.details.on) if self.details.on else self.today
        return written
