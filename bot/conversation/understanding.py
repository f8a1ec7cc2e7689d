"""What was understood of one turn: everything that the step needs besides the state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.conversation.buttons import Tap
from bot.conversation.children import Child
from bot.conversation.commands import Command
from bot.conversation.danger import NO_ALARM, Alarm
from bot.conversation.findings import Result
from bot.conversation.kinds import Say
from bot.conversation.routing import Route, Signals
from bot.conversation.slots import NOTHING_SAID, Slots
from bot.conversation.state import Place, State
from bot.conversation.words import Word
from bot.turn import Json, Reply
from knowledge.answer import Asker


@dataclass(frozen=True)
class Understanding:
    """A turn, understood.

    ``text`` is what was said, as it is kept; ``heard`` the same as patterns see it. ``fresh`` is an identifier that
    nothing else carries: whatever this turn begins is named by it. ``home`` is the area that this installation
    serves. ``personal_data``: names, telephones and stories may travel on this channel. ``contacts`` are the
    configured numbers. ``child``: it is a child that writes. ``hush``: the village is not to know
    first. ``village``: the place of the poster whose code was scanned. ``leaning``: how sure the second ear is of a
    route that the rules did not hear, 0 where they did. ``result`` is what a command brought back; then the rest is
    as it was before.
    """

    now: datetime
    today: date
    fresh: str
    personal_data: bool = True
    is_officer: bool = False
    asker: Asker = Asker.VILLAGER
    home: Place | None = None
    contacts: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    heard: str = ""
    tap: Tap | None = None
    word: Word | None = None
    alarm: Alarm = NO_ALARM
    child: Child | None = None
    hush: bool = False
    village: Place | None = None
    route: Route = Route.UNREADABLE
    leaning: float = 0.0
    signals: Signals | None = None
    slots: Slots = NOTHING_SAID
    result: Result | None = None


@dataclass(frozen=True)
class Outcome:
    """What a step came to: the next state, what is said, what is to be done."""

    state: State
    replies: tuple[Reply, ...] = ()
    commands: tuple[Command, ...] = ()

    def after(self, *replies: Reply) -> Outcome:
        """Return the outcome with *replies* said first."""
        return Outcome(self.state, (*replies, *self.replies), self.commands)

    def doing(self, *commands: Command) -> Outcome:
        """Return the outcome with *commands* to be done as well."""
        return Outcome(self.state, self.replies, (*self.commands, *commands))


def say(kind: Say, **params: Json) -> Reply:
    """Return a reply of this kind."""
    return Reply(kind.value, params)
