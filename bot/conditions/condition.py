"""One thing that is so or not, and the house of which it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from settings.schema import Settings
from storage.store import Store
from storage.times import local_date


@dataclass(frozen=True)
class Condition:
    """One thing that is so or not. ``remedy`` says what to do when it is not."""

    name: str
    good: bool
    state: str
    remedy: str = ""


@dataclass(frozen=True)
class House:
    """A data folder with the settings under which it is served, at an instant."""

    store: Store
    settings: Settings
    now: datetime

    @property
    def today(self) -> date:
        """The day in Asia/Shanghai."""
        return local_date(self.now)
