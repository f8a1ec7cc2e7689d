"""One question, or one message for the report, on fresh state: nothing is remembered, nothing is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final

from bot.conversation.commands import CallReason, KeepAnswer, OpenCall
from bot.conversation.conversation import Conversation
from bot.conversation.drafting import missing, tell
from bot.conversation.findings import CallOpened
from bot.conversation.kinds import Say
from bot.conversation.listening import Listener
from bot.conversation.routing import Route
from bot.conversation.slots import Slots, tells_of_hardship
from bot.conversation.state import Draft, Place, State
from bot.conversation.step import step
from bot.conversation.understanding import Outcome, Understanding
from bot.turn import Reply, Turn
from bot.wording import word
from bot.wording.answers import in_full, without_sources
from cases.report import Danger, Relation
from knowledge.answer import Answer, Asker, Citation
from storage.store import Store
from storage.times import SHANGHAI

_CHANNEL: Final = "once"
_NOON: Final = time(12)


class AskKind(StrEnum):
    """What the conversation does with a question."""

    ANSWER = "answer"
    ABSTAIN = "abstain"
    CLARIFY = "clarify"
    REPORT = "report"
    HANDOFF = "handoff"
    SMALL_TALK = "smalltalk"


@dataclass(frozen=True)
class Said:
    """
    What is said to a question. ``text`` has the warnings in it; ``confidence`` is 0 where nothing was looked up.
    ``options`` are the questions that may have been meant, where that is asked back.
    """

    kind: AskKind
    text: str
    confidence: float
    citations: tuple[Citation, ...]
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """A question with what is known of the asker. ``history``: his earlier messages, oldest first."""

    text: str
    as_of: date
    place: Place | None = None
    asker: Asker = Asker.VILLAGER
    history: tuple[str, ...] = ()


def ask_once(conversation: Conversation, store: Store, asked: Asked) -> Said:
    """Return what the conversation would say to a question that stands alone."""
    now = datetime.combine(asked.as_of, _NOON, SHANGHAI)
    state = State(questions=asked.history, home=asked.place)
    turn = Turn(channel=_CHANNEL, chat="", id="", at=now, text=asked.text)
    understood = replace(conversation.listener.hear(asked.text, state, now=now), asker=asked.asker)
    outcome = _opened(conversation.answer(store, turn, state, understood), turn, understood)
    found = next((command.answer for command in outcome.commands if isinstance(command, KeepAnswer)), None)
    return _said(outcome.replies, found)


def _opened(outcome: Outcome, turn: Turn, understood: Understanding) -> Outcome:
    """Add what is said once a person was asked for, which is not done here."""
    if not any(isinstance(command, OpenCall) and command.reason is CallReason.WISH for command in outcome.commands):
        return outcome
    opened = replace(understood, result=CallOpened("", CallReason.WISH, 0))
    return Outcome(outcome.state, step(outcome.state, turn, opened).replies, outcome.commands)


def _said(replies: tuple[Reply, ...], found: Answer | None) -> Said:
    first = Say(replies[0].kind)
    kind = _KINDS.get(first, AskKind.SMALL_TALK)
    if first is Say.FRAUD and (found is None or not found.citations):
        kind = AskKind.HANDOFF
    told = in_full if first is Say.ANSWER else without_sources
    text = told(replies[0].params) if found is not None else ""
    if not text:
        text = "\n".join(word(reply.kind, reply.params, personal_data=True).text for reply in replies)
    if found is None:
        return Said(kind, text, 0.0, ())
    return Said(kind, text, found.confidence, found.citations, found.options if kind is AskKind.CLARIFY else ())


_KINDS: Final = {
    Say.ANSWER: AskKind.ANSWER,
    Say.FRAUD: AskKind.ANSWER,
    Say.ABSTAIN: AskKind.ABSTAIN,
    Say.NO_FORGERY: AskKind.ABSTAIN,
    Say.CLARIFY: AskKind.CLARIFY,
    Say.UNREADABLE: AskKind.CLARIFY,
    Say.ASK_RECEIPT: AskKind.CLARIFY,
    Say.OFFER_REPORT: AskKind.REPORT,
    Say.ASK_STORY: AskKind.REPORT,
    Say.EMERGENCY: AskKind.HANDOFF,
    Say.VIOLENCE: AskKind.HANDOFF,
    Say.COMPLAINT: AskKind.HANDOFF,
    Say.CHILD: AskKind.HANDOFF,
    Say.CALL_OPENED: AskKind.HANDOFF,
}


class DraftKind(StrEnum):
    """What one message is to the report conversation."""

    REPORT = "report"
    QUESTION = "question"
    HANDOFF = "handoff"
    COMPLAINT = "complaint"
    SMALL_TALK = "smalltalk"


@dataclass(frozen=True)
class DraftReading:
    """What the report conversation understands from one message."""

    kind: DraftKind
    relation: Relation | None
    slots: Slots
    missing: tuple[str, ...]


def read_once(listener: Listener, text: str, *, today: date, place: Place | None) -> DraftReading:
    """Return what the report conversation would understand from *text* alone."""
    now = datetime.combine(today, _NOON, SHANGHAI)
    understood = listener.hear(text, State(home=place), now=now)
    kind = _draft_kind(understood)
    slots = understood.slots
    concerned = kind in (DraftKind.REPORT, DraftKind.HANDOFF)
    own = None if slots.of_another else Relation.SELF
    relation = (slots.relation or own) if concerned else None
    still = missing(tell(Draft(""), understood))
    return DraftReading(kind, relation, slots, tuple(asking.value for asking in still))


def _draft_kind(u: Understanding) -> DraftKind:
    """Tell what a message is. Danger is handed over, unless it comes with what only a report would give."""
    if u.alarm.violence or Danger.SUICIDE in u.alarm.dangers:
        return DraftKind.HANDOFF
    slots = u.slots
    placed = slots.place and u.signals and u.signals.household
    told = slots.phone or slots.householder or slots.sums or slots.when or placed
    if u.alarm.at_once and not told and set(u.alarm.dangers) - {Danger.UNATTENDED}:
        return DraftKind.HANDOFF
    if u.alarm.at_once:
        return DraftKind.REPORT
    if u.route in _MAY_TELL and tells_of_hardship(u.heard, u.signals, u.slots):
        return DraftKind.REPORT
    return _DRAFT_KINDS.get(u.route, DraftKind.QUESTION)


_MAY_TELL: Final = frozenset({Route.QUESTION, Route.FRAUD, Route.PROGRESS})

_DRAFT_KINDS: Final = {
    Route.REPORT: DraftKind.REPORT,
    Route.HARDSHIP: DraftKind.REPORT,
    Route.COMPLAINT: DraftKind.COMPLAINT,
    Route.HUMAN: DraftKind.HANDOFF,
    Route.FORGERY: DraftKind.SMALL_TALK,
    Route.INJECTION: DraftKind.SMALL_TALK,
    Route.INSULT: DraftKind.SMALL_TALK,
    Route.SMALL_TALK: DraftKind.SMALL_TALK,
    Route.UNREADABLE: DraftKind.SMALL_TALK,
}
