"""What is written down after a report is in: its reporter's own changes, and the township's questions and answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from cases.details.details import Details
from cases.states import Event, State


@dataclass(frozen=True)
class FalseAlarm(Details):
    """The urgency was a mistake (误报): the case goes on without it, and nobody is blamed."""

    event: ClassVar[Event] = Event.FALSE_ALARM
    reason: str = ""


@dataclass(frozen=True)
class Correction(Details):
    """The reporter corrects a name or a telephone. What was there before stays in the history."""

    event: ClassVar[Event] = Event.CORRECTED
    householder: str = ""
    phone: str = ""


class Came(StrEnum):
    """What a household says to whether anybody came. Its values are what people read."""

    YES = "来过"
    NO = "没有来"


@dataclass(frozen=True)
class VisitAnswer(Details):
    """The household's own word on whether anybody really came."""

    event: ClassVar[Event] = Event.VISIT_ANSWERED
    came: Came | None = None


class CallOutcome(StrEnum):
    """What calling a household back came to. Its values are what people type."""

    CONFIRMED = "属实"
    DENIED = "不属实"
    UNREACHED = "没联系上"


@dataclass(frozen=True)
class CallBack(Details):
    """The township asked the household itself: about a visit, a decline or a withdrawal."""

    event: ClassVar[Event] = Event.CALLED_BACK
    on: ClassVar[str] = "called_on"
    called_on: date
    outcome: CallOutcome | None = None
    text: str = ""


class WithdrawalReason(StrEnum):
    """Why a reporter takes a report back. Its values are what people read."""

    SOLVED = "难处过去了"
    MISTAKE = "报错了"
    OTHERWISE = "另外找人办了"
    PRESSED = "有人不让我报"
    UNSAID = "不想说"


@dataclass(frozen=True)
class Withdrawal(Details):
    """The reporter takes the report back."""

    event: ClassVar[Event] = Event.WITHDRAWN
    reason: WithdrawalReason | None = None


@dataclass(frozen=True)
class Reinstatement(Details):
    """The reporter takes the withdrawal back: the case stands again where it stood, and its clocks run on."""

    event: ClassVar[Event] = Event.REINSTATED
    back_to: State | None = None


@dataclass(frozen=True)
class ReviewRequest(Details):
    """The household does not agree, and asks the township to look again (结果复核)."""

    event: ClassVar[Event] = Event.REVIEW_REQUESTED
    reason: str = ""


@dataclass(frozen=True)
class ReviewUpheld(Details):
    """The township looked again: the result stands, and why."""

    event: ClassVar[Event] = Event.REVIEW_UPHELD
    reason: str = ""


@dataclass(frozen=True)
class ReviewReopened(Details):
    """The township looked again: the case goes on."""

    event: ClassVar[Event] = Event.REVIEW_REOPENED
    reason: str = ""
