"""What is written down before a new report goes on: was the household asked, is it a flood, is it known already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from cases.details.details import Details
from cases.states import Event


class HouseholdAnswer(StrEnum):
    """What a household says to a report that somebody else made for it. Its values are what people type."""

    WANTS = "愿意"
    DECLINES = "不想报"


@dataclass(frozen=True)
class HouseholdAsked(Details):
    """The household itself was asked whether it wants what somebody else reported for it."""

    event: ClassVar[Event] = Event.HOUSEHOLD_ASKED
    on: ClassVar[str] = "asked_on"
    asked_on: date
    answer: HouseholdAnswer | None = None
    text: str = ""


@dataclass(frozen=True)
class HouseholdDecline(Details):
    """Asked by two persons, the household does not want what somebody else reported for it: nothing goes on."""

    event: ClassVar[Event] = Event.HOUSEHOLD_DECLINED


@dataclass(frozen=True)
class Admission(Details):
    """A report that was put aside as one of a flood was looked at and goes on as any other."""

    event: ClassVar[Event] = Event.ADMITTED
    reason: str = ""


class Sameness(StrEnum):
    """Whether two cases are about one household. Its values are what people type."""

    SAME = "同一户"
    OTHER = "不是一户"


@dataclass(frozen=True)
class LinkSettled(Details):
    """An officer found whether this case and an earlier one are about one household. ``earlier`` is its number."""

    event: ClassVar[Event] = Event.LINK_SETTLED
    earlier: str = ""
    sameness: Sameness | None = None
