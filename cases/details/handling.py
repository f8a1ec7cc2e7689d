"""What is written down when a case passes from hand to hand, or something is added to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from cases.details.details import Details
from cases.states import Event


@dataclass(frozen=True)
class Submission(Details):
    """The day from which days count; the report itself is kept apart."""

    event: ClassVar[Event] = Event.SUBMITTED
    on: ClassVar[str] = "applied_on"
    applied_on: date


@dataclass(frozen=True)
class Acknowledgement(Details):
    """The case is accepted for handling."""

    event: ClassVar[Event] = Event.ACKNOWLEDGED


@dataclass(frozen=True)
class Claim(Details):
    """An officer takes the case on."""

    event: ClassVar[Event] = Event.CLAIMED


@dataclass(frozen=True)
class Release(Details):
    """The holder gives the case back, and why."""

    event: ClassVar[Event] = Event.RELEASED
    reason: str = ""


@dataclass(frozen=True)
class Transfer(Details):
    """The case passes to another officer. ``officer`` is his id."""

    event: ClassVar[Event] = Event.TRANSFERRED
    officer: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Recusal(Details):
    """An officer steps back (回避): what he is to the household, or that he entered the report himself."""

    event: ClassVar[Event] = Event.RECUSED
    relation: str = ""


@dataclass(frozen=True)
class Placement(Details):
    """The village (or township) to which a case belongs, when the report said too little or the wrong one."""

    event: ClassVar[Event] = Event.PLACED
    area_code: str = ""


@dataclass(frozen=True)
class Supplement(Details):
    """What the reporter adds later."""

    event: ClassVar[Event] = Event.SUPPLEMENTED
    text: str = ""
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Note(Details):
    """An officer's note for colleagues."""

    event: ClassVar[Event] = Event.NOTED
    text: str = ""
