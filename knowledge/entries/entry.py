"""One question that people ask, with the answer that holds at one place and in one period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from pydantic import ConfigDict

from knowledge.standing import Audience, Stage


class Grade(StrEnum):
    """
    How far a fact is trusted.

    ``A``: the publisher's own page was read. ``B``: a reprint or a report was read; its address is never
    shown. ``K``: common knowledge, allowed for the emergency numbers alone.
    """

    A = "A"
    B = "B"
    KNOWN = "K"


class Contact(StrEnum):
    """Whom to ask: a key of the settings' contacts, where the numbers stand."""

    TOWNSHIP = "township"
    COUNTY_RURAL_AFFAIRS = "county_rural_affairs"
    CIVIL_AFFAIRS = "civil_affairs"
    MEDICAL_INSURANCE = "medical_insurance"
    EDUCATION = "education"
    DISABLED_FEDERATION = "disabled_federation"
    HOUSING = "housing"
    WATER = "water"
    HUMAN_RESOURCES = "human_resources"
    EMERGENCY_MANAGEMENT = "emergency_management"
    PROTECTION = "protection"
    CHILD_WORKER = "child_worker"
    DISCIPLINE = "discipline"
    DUTY = "duty"


@dataclass(frozen=True)
class Source:
    """
    Where a fact of an answer stands.

    ``number`` is the 文号, empty when none was seen. ``date`` is as exact as it is known: ``2023``, ``2023-03``,
    ``2023-03-22``, or empty. ``url`` is given for grade A alone. ``area`` is the path of the place that published
    it or that it tells of, empty where that is the entry's own: a county may be the witness of a nation's rule.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    title: str
    publisher: str
    grade: Grade
    number: str = ""
    date: str = ""
    url: str = ""
    area: str = ""


@dataclass(frozen=True)
class StatedDays:
    """
    A limit in days that an answer states, for comparison with the workflow tables.

    ``unit`` is 工作日 or 自然日; ``starts_at`` names the event in words, empty when the source leaves it open.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    value: int
    unit: str
    starts_at: str = ""


@dataclass(frozen=True)
class Entry:
    """
    A bundled question and answer.

    ``topic`` is shared by entries that answer one question for different places or periods; it is the entry's
    own id where the file gives none. ``area`` is 全国 or a path of names such as 甘肃省/白银市/会宁县.
    ``valid_from`` and ``valid_to`` are both inclusive; where one is missing, ``period_note`` says why.
    ``grade`` is the weakest grade among ``sources`` (emergency numbers set aside). ``checked`` is the day up to
    which the facts were looked up. ``deadlines`` maps a limit's name to the days that the answer states.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: str
    group: str
    question: str
    variants: tuple[str, ...]
    answer: str
    area: str
    stage: Stage
    sources: tuple[Source, ...]
    grade: Grade
    checked: date
    department: str
    hotline: Contact
    audience: Audience
    topic: str
    valid_from: date | None = None
    valid_to: date | None = None
    period_note: str = ""
    deadlines: Mapping[str, StatedDays] = field(default_factory=dict, hash=False)

    def holds_on(self, day: date) -> bool:
        """Tell whether *day* lies in the entry's period; an open end reaches for ever."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def overlaps(self, other: Entry) -> bool:
        """Tell whether the two periods share a day."""
        starts = [day for day in (self.valid_from, other.valid_from) if day is not None]
        ends = [day for day in (self.valid_to, other.valid_to) if day is not None]
        return not starts or not ends or max(starts) <= min(ends)
