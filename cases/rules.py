"""The parts of a workflow: what a state, an event, a transition and a deadline are, as workflow files say them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Final

from pydantic import ConfigDict

from cases.actors import Role
from cases.calendar import Days, Unit
from cases.notices import NoticeKind
from cases.states import Event, State
from cases.tasks import TaskKind

_STRICT: Final = ConfigDict(extra="forbid")


class Audience(StrEnum):
    """Who is told of an event.

    ``HOLDERS``: the officer who holds the case after the event, or else all whose role holds its new state there,
    or else, where nobody does, the superiors.
    ``SUPERIORS``: those above them. ``ASSIGNEE``: the officer who held it before. The actor himself never is.
    """

    REPORTER = "reporter"
    HOLDERS = "holders"
    SUPERIORS = "superiors"
    ASSIGNEE = "assignee"


class Proposal(StrEnum):
    """What an event has to do with a proposal to decline: opens one, closes the open one, or waits for its end."""

    OPENS = "opens"
    CLOSES = "closes"
    WAITS = "waits"


class DeadlineKind(StrEnum):
    """A limit must be met by its date; a span must last until its date."""

    LIMIT = "limit"
    SPAN = "span"


@dataclass(frozen=True)
class StateRule:
    """A state. ``holders`` work a case there, ``superiors`` hear when it is late. ``rests``: nothing is owed."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    label: str
    holders: tuple[Role, ...] = ()
    superiors: tuple[Role, ...] = ()
    rests: bool = False


@dataclass(frozen=True)
class Tell:
    """Who is told what."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    who: Audience
    notice: NoticeKind


@dataclass(frozen=True)
class EventRule:
    """An event. ``required`` names the fields that must be written down with it.

    ``other_than``: events whose last actor must be another person. ``claims``: an unheld case becomes the actor's.
    ``marks_urgent``: the case goes to the front; ``lifts_urgent``: it goes back. ``impartial``: not for who
    recused himself from the case.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    label: str
    required: tuple[str, ...] = ()
    tell: tuple[Tell, ...] = ()
    other_than: tuple[Event, ...] = ()
    proposal: Proposal | None = None
    claims: bool = False
    marks_urgent: bool = False
    lifts_urgent: bool = False
    impartial: bool = False


@dataclass(frozen=True)
class Transition:
    """In any of ``states`` these ``roles`` may cause ``event``; the case then stands in ``to``, or stays."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    states: tuple[State, ...]
    event: Event
    roles: tuple[Role, ...]
    to: State | None = None


@dataclass(frozen=True)
class DeadlineRule:
    """Days that run from ``starts_at`` until one of ``closed_by``.

    They run only while the case stands in one of ``states``; where none is named, until the case rests.
    ``dropped_by`` events end it without meeting it. ``repeats``: met, it starts again from that day. ``beside`` names
    the deadline of which this one is another reading: of the two only the earlier warns. ``source`` says where the
    number comes from.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    label: str
    value: int
    unit: Unit
    starts_at: Event
    closed_by: tuple[Event, ...]
    source: str
    kind: DeadlineKind = DeadlineKind.LIMIT
    dropped_by: tuple[Event, ...] = ()
    states: tuple[State, ...] = ()
    beside: str = ""
    repeats: bool = False

    @property
    def days(self) -> Days:
        """The length of the deadline."""
        return Days(self.value, self.unit)


@dataclass(frozen=True)
class TaskRule:
    """Work beside the main path: opened by one of ``opens_at``, done by ``done_by``, on the desk of ``holders``.

    It opens once in the life of a case; one that ``repeats`` opens again whenever it is not open.
    ``done_with`` names a field of another event that does it too, when it is filled. While the task is open, none
    of ``blocks`` may happen. ``household``: the household is told of it among its progress.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    label: str
    holders: tuple[Role, ...]
    source: str
    opens_at: tuple[Event, ...] = ()
    done_by: tuple[Event, ...] = ()
    blocks: tuple[Event, ...] = ()
    done_with: Mapping[Event, str] = field(default_factory=dict)
    household: bool = False
    repeats: bool = False


@dataclass(frozen=True)
class ResolutionCheck:
    """A statement that must hold before the end of monitoring is proposed. ``only``: the one place that has it.

    What only one place has is off until a county switches it on.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    text: str
    source: str
    only: str = ""
    on: bool = True


@dataclass(frozen=True)
class WorkflowSource:
    """A published text that a variant rests on. ``url`` only where the original page was seen."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    title: str
    publisher: str
    date: str
    url: str = ""


@dataclass(frozen=True)
class Workflow:
    """One checked variant. ``version`` is the fingerprint of its content.

    ``call_back_percent``: of how many visits in a hundred the township asks the household itself.
    ``flood_reports``: from how many reports of one phone within ``flood_minutes`` on they are put aside.
    ``open_points`` are what no published text says for this place yet: a county completes them.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    name: str
    version: str
    title: str
    applies: str
    states: Mapping[State, StateRule]
    events: Mapping[Event, EventRule]
    transitions: tuple[Transition, ...]
    deadlines: Mapping[str, DeadlineRule]
    sources: tuple[WorkflowSource, ...]
    tasks: Mapping[TaskKind, TaskRule]
    resolution_checks: Mapping[str, ResolutionCheck]
    open_points: tuple[str, ...] = ()
    call_back_percent: int = 10
    flood_reports: int = 6
    flood_minutes: int = 10

    def leading_from(self, state: State, event: Event) -> tuple[Transition, ...]:
        """Return the transitions by which *event* may happen in *state*, whoever acts."""
        return tuple(row for row in self.transitions if row.event is event and state in row.states)

    def moves_from(self, state: State) -> tuple[Transition, ...]:
        """Return the transitions that lead on from *state* to another one."""
        return tuple(row for row in self.transitions if state in row.states and row.to not in {None, state})

    def possible(self, state: State, roles: frozenset[Role]) -> tuple[Event, ...]:
        """Return what somebody with *roles* may do in *state*, in the order of the file."""
        rows = (row for row in self.transitions if state in row.states and roles.intersection(row.roles))
        return tuple(dict.fromkeys(row.event for row in rows))

    def is_resting(self, state: State) -> bool:
        """Tell whether the main path ends in *state*; tasks may still be owed there."""
        return self.states[state].rests

    def runs_in(self, deadline: str, state: State) -> bool:
        """Tell whether the deadline of that key may run while a case stands in *state*."""
        states = self.deadlines[deadline].states
        return state in states if states else not self.is_resting(state)

    def tasks_done_by(self, event: Event) -> tuple[TaskKind, ...]:
        """Return the tasks that *event* exists to do."""
        return tuple(kind for kind, rule in self.tasks.items() if event in rule.done_by)

    def required_checks(self) -> dict[str, str]:
        """Return key and text of the statements that must hold before the end of monitoring is proposed."""
        return {key: check.text for key, check in self.resolution_checks.items() if check.on}
