"""The lane that a single message takes: what the step makes of it before anything is looked up or written."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.conversation.commands import FindAnswer, ListOwnCases, OpenCall
from bot.conversation.kinds import Say
from bot.conversation.listening import Listener
from bot.conversation.state import State
from bot.conversation.step import step
from bot.turn import Turn


class Lane(StrEnum):
    """Where a message goes."""

    QUESTION = "question"
    HARDSHIP = "hardship"
    REPORT = "report"
    PROGRESS = "progress"
    HUMAN = "human"
    FRAUD = "fraud"
    COMPLAINT = "complaint"
    FORGERY = "forgery"
    INJECTION = "injection"
    INSULT = "insult"
    SMALL_TALK = "small_talk"
    UNREADABLE = "unreadable"
    DANGER = "danger"
    VIOLENCE = "violence"
    CHILD = "child"
    OTHER = "other"


_OF: Final = {
    Say.OFFER_REPORT: Lane.HARDSHIP,
    Say.ASK_STORY: Lane.REPORT,
    Say.COMPLAINT: Lane.COMPLAINT,
    Say.NO_FORGERY: Lane.FORGERY,
    Say.NO_ORDERS: Lane.INJECTION,
    Say.CIVIL: Lane.INSULT,
    Say.SMALL_TALK: Lane.SMALL_TALK,
    Say.UNREADABLE: Lane.UNREADABLE,
    Say.EMERGENCY: Lane.DANGER,
    Say.VIOLENCE: Lane.VIOLENCE,
    Say.CHILD: Lane.CHILD,
}


def take_lane(listener: Listener, said: str, *, now: datetime) -> Lane:
    """Return the lane that *said* is heard to take as the first message of a chat; no answer is weighed against it."""
    state = State()
    heard = listener.hear(said, state, now=now)
    unweighed = replace(heard, leaning=0.0, alarm=replace(heard.alarm, leaning=0.0))
    outcome = step(state, Turn("", "", "", now, text=said), unweighed)
    for reply in outcome.replies:
        return _OF.get(Say(reply.kind), Lane.OTHER)
    match outcome.commands:
        case (FindAnswer(fraud=fraud), *_):
            return Lane.FRAUD if fraud else Lane.QUESTION
        case (ListOwnCases(), *_):
            return Lane.PROGRESS
        case (OpenCall(), *_):
            return Lane.HUMAN
        case _:
            return Lane.OTHER
