"""What stands behind a button: a verb and its arguments, within Telegram's 64 bytes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LONGEST: Final = 64
_PARTED_BY: Final = ":"


class Verb(StrEnum):
    """What a button does. Some steer like the word of the same name, the others carry what they are about."""

    CANCEL = "cancel"
    BACK = "back"
    RESTART = "restart"
    HUMAN = "human"
    HELP = "help"
    CONTINUE = "continue"
    REPORT = "report"
    PROGRESS = "progress"
    QUEUE = "queue"
    YES = "yes"
    NO = "no"
    NONE = "none"

    NEW_DRAFT = "new"
    DISCARD = "drop"
    TELL_STORY = "tell"
    PLACE = "place"
    RELATION = "rel"
    CAUSE = "cause"
    DANGER = "danger"
    FIX = "fix"
    APPROACH = "asked"
    JOIN = "join"
    APART = "apart"
    NEXT_HOUSEHOLD = "next"
    USE_PHOTO_PLACE = "there"
    RIGHT = "right"
    TOWNSHIP_FIRST = "hush"
    SUBMIT = "submit"
    USEFUL = "useful"
    SOURCE = "src"
    PLAIN = "plain"
    WHOLE = "whole"
    MEANT = "meant"
    OWN_CASE = "own"
    SUPPLEMENT = "more"
    WITHDRAW = "wd"
    CASE = "case"
    REVEAL = "reveal"
    EVENT = "event"
    FIELD = "field"
    CALL_DONE = "called"
    CALL_TASK = "ctask"
    ALARM = "alarm"
    ANONYMOUS = "anon"
    LEAVE_PHONE = "phone"
    HIDE = "hide"
    CAME = "came"
    UNDO = "undo"
    OBJECT = "object"
    WHY = "why"
    CORRECT = "correct"
    GROWN_UP = "adult"


@dataclass(frozen=True)
class Tap:
    """A pressed button."""

    verb: Verb
    args: tuple[str, ...] = ()

    @property
    def first(self) -> str:
        """The first argument, empty when there is none."""
        return self.args[0] if self.args else ""


def data(verb: Verb, *args: str) -> str:
    """Return what a button carries.

    Raises:
        ValueError: it is longer than a button can carry.
    """
    text = _PARTED_BY.join((verb, *args))
    if len(text.encode()) > LONGEST:
        raise ValueError(f"button data of {len(text.encode())} bytes: {verb}")
    return text


def parse(text: str) -> Tap | None:
    """Return the tap that *text* is, None for a button that no version of ours knows (any more)."""
    verb, *args = text.split(_PARTED_BY)
    return Tap(Verb(verb), tuple(args)) if verb in _VERBS else None


_VERBS: Final = frozenset(verb.value for verb in Verb)
