"""What is looked for: a question made plain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.answer import Asker


@dataclass(frozen=True)
class Search:
    """
    What to find: a question's text, who asks, from where (an area code or None), and on which day.

    ``own`` are the question's own words where ``text`` holds the messages before it as well, empty where it stands
    alone. ``follows``: it is short and comes after another, ``leans``: it is put as if it went on from there.
    ``named`` is the area that the question itself names. ``year`` is the past year whose rule it asks for,
    ``ahead`` a year to come, ``formerly`` says that it asks how things were before.
    """

    text: str
    as_of: date
    asker: Asker = Asker.VILLAGER
    area: str | None = None
    named: str | None = None
    year: int | None = None
    ahead: int | None = None
    formerly: bool = False
    own: str = ""
    follows: bool = False
    leans: bool = False

    @property
    def day_meant(self) -> date:
        """Return the day whose rule is asked for: the last of the year named, else today."""
        return self.as_of if self.year is None else min(self.as_of, date(self.year, 12, 31))

    @property
    def looks_back(self) -> bool:
        """Tell whether a rule of the past is asked for."""
        return self.formerly or self.year is not None
