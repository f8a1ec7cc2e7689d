"""What a step asks the world to do: a closed union.

Reads run before the write transaction, writes inside it. Either way the result re-enters the step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from bot.conversation.state import Draft
from cases.details import Came, WithdrawalReason
from cases.duplicates import Wish
from cases.report import Danger, Report
from cases.states import Event
from knowledge.answer import Answer, Asker

# The notice that asks an officer to turn to a chat: its number and reason, nothing else.
CALL_NOTICE: Final = "officer.call"

# ── Reads ──


@dataclass(frozen=True)
class FindAnswer:
    """Look a question up. ``fraud``: it was a fraud story, and this is the question that answers it."""

    text: str
    area: str | None
    asker: Asker
    history: tuple[str, ...] = ()
    fraud: bool = False


@dataclass(frozen=True)
class ListPlaces:
    """Look up what lies directly below an area."""

    code: str


@dataclass(frozen=True)
class ListOwnCases:
    """Look up where the reports stand that were made in this chat."""


@dataclass(frozen=True)
class ListQueue:
    """Look up what waits for the officer of this chat."""


@dataclass(frozen=True)
class LookAtCase:
    """Look up one case for the officer of this chat; *event* is what he wants to do with it."""

    receipt: str
    event: Event | None = None
    version: int | None = None


@dataclass(frozen=True)
class FindEarlier:
    """Look for earlier cases that may be about the household of a report that is about to be handed in."""

    report: Report


# ── Writes ──


@dataclass(frozen=True)
class FindProgress:
    """Look up the stage of a report by its number and a telephone number, more with its code; a miss is counted."""

    receipt: str
    phone: str
    code: str = ""


@dataclass(frozen=True)
class RevealCase:
    """Show the officer of this chat who it is about; that he saw it is written down."""

    receipt: str


@dataclass(frozen=True)
class SubmitReport:
    """Hand the report in. ``wish``: what its reporter wants with an earlier one, when there may be one."""

    report: Report
    wish: Wish | None = None


@dataclass(frozen=True)
class AddToCase:
    """Add words or photos to a report of this chat."""

    receipt: str
    text: str
    attachments: tuple[str, ...]


@dataclass(frozen=True)
class WithdrawCase:
    """Take a report of this chat back, and why."""

    receipt: str
    reason: WithdrawalReason


@dataclass(frozen=True)
class ReinstateCase:
    """Take the withdrawal of a report of this chat back."""

    receipt: str


@dataclass(frozen=True)
class CorrectCase:
    """Correct the name or the telephone in a report of this chat."""

    receipt: str
    householder: str
    phone: str


@dataclass(frozen=True)
class AnswerVisit:
    """Say whether anybody really came about a report of this chat."""

    receipt: str
    came: Came


@dataclass(frozen=True)
class RequestReview:
    """Ask the township to look again at the result of a report of this chat."""

    receipt: str
    reason: str


@dataclass(frozen=True)
class ActOnCase:
    """Let the officer of this chat do *event*, with what he wrote down."""

    receipt: str
    version: int
    event: Event
    filled: Mapping[str, str]


@dataclass(frozen=True)
class DraftNotice:
    """Let the officer of this chat draft a public notice of these households that hangs from *starts_on*.

    With a *photo* it hung before it was entered, from the day that was written down then.
    """

    receipts: tuple[str, ...]
    starts_on: str
    photo: str = ""


@dataclass(frozen=True)
class UseCode:
    """Redeem a code that came with a start link: an officer's binding, or a report begun elsewhere."""

    code: str


# What a code is made of: read aloud and typed by hand, so without 0, 1, I, L, O.
CODE_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH: Final = 8


@dataclass(frozen=True)
class ShareDraft:
    """Make a short code under which the report goes on in another channel."""

    draft: Draft


@dataclass(frozen=True)
class KeepAnswer:
    """Remember that an answer was given, or that a question found none."""

    answer_id: str
    question: str
    area: str | None
    answer: Answer


@dataclass(frozen=True)
class KeepFeedback:
    """Remember whether an answer was of use."""

    answer_id: str
    useful: bool


class CallReason(StrEnum):
    """Why a person must turn to this chat."""

    WISH = "wish"
    DANGER = "danger"
    VIOLENCE = "violence"
    CHILD = "child"
    COMPLAINT = "complaint"


@dataclass(frozen=True)
class OpenCall:
    """Ask a person to turn to this chat. ``area`` may be unknown. ``above``: the village is not to know."""

    reason: CallReason
    text: str
    phone: str
    area: str | None
    dangers: tuple[Danger, ...] = ()
    above: bool = False


@dataclass(frozen=True)
class AddPhoneToCall:
    """Add the number to call back to an open call."""

    call: str
    phone: str
    text: str = ""


@dataclass(frozen=True)
class MakeAnonymous:
    """Cut a complaint off from this chat."""

    call: str


@dataclass(frozen=True)
class HideChat:
    """Show nothing more of what was said in this chat until now."""


@dataclass(frozen=True)
class AnswerAlarm:
    """Let the officer of this chat turn to an alarm, or end it as a false one."""

    number: int
    false: bool


@dataclass(frozen=True)
class DoCallTask:
    """Let the officer of this chat mark a task of a call as done."""

    number: str
    task: str


@dataclass(frozen=True)
class CloseCall:
    """Let the officer of this chat mark a call as done."""

    number: str


Read: TypeAlias = FindAnswer | ListPlaces | ListOwnCases | ListQueue | LookAtCase | FindEarlier
Write: TypeAlias = (
    FindProgress | RevealCase | SubmitReport | AddToCase | WithdrawCase | ReinstateCase | CorrectCase | AnswerVisit
    | RequestReview | ActOnCase | DraftNotice | UseCode | ShareDraft
    | KeepAnswer | KeepFeedback | OpenCall | AddPhoneToCall | MakeAnonymous | HideChat
    | AnswerAlarm | DoCallTask | CloseCall
)  # fmt: skip
Command: TypeAlias = Read | Write

READS: Final = (FindAnswer, ListPlaces, ListOwnCases, ListQueue, LookAtCase, FindEarlier)
