"""What the world answers to a command: a closed union. A result re-enters the step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from bot.conversation.commands import CallReason, FindAnswer
from bot.conversation.state import Draft, Place
from bot.turn import Json
from cases.calendar import DueDate
from cases.likeness import Ground
from cases.report import Report
from cases.states import Event, State
from knowledge.answer import Answer


@dataclass(frozen=True)
class EarlierSeen:
    """An earlier case that a report may be about: why, and no more of it than may be told. ``receipt`` only of this
    chat's own; ``ended``: its own, and it is over."""

    grounds: tuple[Ground, ...]
    receipt: str = ""
    ended: bool = False


@dataclass(frozen=True)
class EarlierFound:
    """What may be about the household of *report*, the likeliest first."""

    report: Report
    seen: tuple[EarlierSeen, ...]


@dataclass(frozen=True)
class Answered:
    """
    An answer was found, or none.

    Who reports today is visited by ``visit_by``, if the workflow sets a limit. ``until`` is the last day that the
    answer sets, if that is still to come.
    """

    question: FindAnswer
    answer: Answer
    visit_by: DueDate | None = None
    until: date | None = None


@dataclass(frozen=True)
class PlacesBelow:
    """What lies directly below an area; empty where nothing is known of it."""

    above: Place
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Standing:
    """Where a report stands and since when. ``active``: it still runs and may be taken back.

    ``tasks`` are open tasks that concern the household, ``may`` what the reporter may do, ``facts`` what only the
    household reads.
    """

    receipt: str
    stage: str
    since: date
    active: bool
    tasks: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    facts: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True)
class ProgressFound:
    """A look-up by number and telephone; None when nothing has both."""

    standing: Standing | None


@dataclass(frozen=True)
class OwnCases:
    """Where the reports of this chat stand, newest first."""

    standings: tuple[Standing, ...]


@dataclass(frozen=True)
class QueueRow:
    """A case in an officer's list. ``place`` is the path of its area, ``late``: it was entered late (补录)."""

    receipt: str
    stage: str
    place: str
    due_on: date | None
    provisional: bool
    urgent: bool
    late: bool


@dataclass(frozen=True)
class CallRow:
    """A call in an officer's list. ``text`` and ``phone`` are empty where personal data may not travel.

    ``todo`` are the tasks that come before it may be closed.
    """

    number: str
    reason: CallReason
    opened_on: date
    text: str = ""
    phone: str = ""
    anonymous: bool = False
    todo: tuple[str, ...] = ()


@dataclass(frozen=True)
class AlarmRow:
    """An alarm in an officer's list. ``taken``: somebody confirmed it. ``receipt`` is that of its case, if any."""

    number: int
    lane: str
    opened_on: date
    taken: bool
    receipt: str = ""


@dataclass(frozen=True)
class QueueFound:
    """What waits for an officer; ``more`` counts what the list leaves out."""

    rows: tuple[QueueRow, ...]
    calls: tuple[CallRow, ...]
    more: int
    alarms: tuple[AlarmRow, ...] = ()


@dataclass(frozen=True)
class EventChoice:
    """Something that the officer may do with a case, and what must be written down with it."""

    event: Event
    label: str
    required: tuple[str, ...]


@dataclass(frozen=True)
class CaseSeen:
    """A case as an officer sees it. ``facts`` are what else may be shown, masked.

    ``others``: households that may stand on the paper that ``wanted`` needs.
    """

    row: QueueRow
    version: int
    state: State
    choices: tuple[EventChoice, ...]
    facts: Mapping[str, Json] = field(default_factory=dict)
    wanted: Event | None = None
    seen: int | None = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class CaseRevealed:
    """Who a case is about and what was said, for the officer who asked to see it."""

    receipt: str
    facts: Mapping[str, Json]


@dataclass(frozen=True)
class Submitted:
    """The report is a case now, or was one before."""

    draft_id: str
    receipt: str
    repeated: bool


@dataclass(frozen=True)
class Acted:
    """An officer's event happened, to so many ``households`` at once."""

    receipt: str
    label: str
    stage: str
    households: int = 1


@dataclass(frozen=True)
class NoticeDrafted:
    """A public notice was drafted: its number, days (ISO dates) and households. ``hangs``: it was entered late."""

    receipt: str
    number: int
    starts_on: str
    ends_on: str
    households: int
    hangs: bool


@dataclass(frozen=True)
class Changed:
    """The reporter's own change happened; the notice of it is under way already."""

    receipt: str


@dataclass(frozen=True)
class Bound:
    """This chat is an officer's now. ``duties`` are his roles with their areas, in words."""

    duties: tuple[str, ...]


@dataclass(frozen=True)
class Adopted:
    """A report begun elsewhere goes on here."""

    draft: Draft


@dataclass(frozen=True)
class Shared:
    """The code and the address under which a report goes on elsewhere."""

    code: str
    link: str


@dataclass(frozen=True)
class CallOpened:
    """A person was asked to turn to this chat. ``told``: how many chats of officers the notice goes to."""

    call: str
    reason: CallReason
    told: int


@dataclass(frozen=True)
class ChatHidden:
    """Nothing of what was said until now is shown any more."""


@dataclass(frozen=True)
class AlarmAnswered:
    """An officer turned to an alarm, or ended it. ``call``: the call that it is about; ``receipt``: the case."""

    number: int
    false: bool
    call: str = ""
    receipt: str = ""


@dataclass(frozen=True)
class CallWorked:
    """An officer did a task of a call; ``todo`` are those that are left."""

    number: str
    todo: tuple[str, ...]


@dataclass(frozen=True)
class CallClosed:
    """An officer did it."""

    number: str


@dataclass(frozen=True)
class Refused:
    """The world said no: the code of the refusal and its fields."""

    code: str
    fields: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True)
class Kept:
    """Something was remembered; there is nothing to say about it."""


Result: TypeAlias = (
    Answered | EarlierFound | PlacesBelow | ProgressFound | OwnCases | QueueFound | CaseSeen | CaseRevealed
    | Submitted | Acted | NoticeDrafted | Changed | Bound | Adopted | Shared | CallOpened | CallClosed | CallWorked
    | ChatHidden | AlarmAnswered | Refused | Kept
)  # fmt: skip
