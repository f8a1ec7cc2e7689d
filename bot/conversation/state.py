"""What the conversation remembers of one chat between two turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from pydantic import TypeAdapter

from bot.conversation.amounts import Sum
from bot.turn import Location
from cases.duplicates import Wish
from cases.report import Approach, Cause, Danger, Relation
from knowledge.answer import Citation

KEPT_ANSWERS: Final = 4
KEPT_QUESTIONS: Final = 4
KEPT_RECEIPTS: Final = 8


class Asking(StrEnum):
    """What the conversation waits for. The form's own steps come first, in the order in which they are asked."""

    STORY = "story"
    PLACE = "place"
    HOUSEHOLDER = "householder"
    PHONE = "phone"
    RELATION = "relation"
    CAUSES = "causes"
    DANGER = "danger"
    APPROACHED = "approached"
    APPLIED = "applied"
    REVIEW = "review"
    CONSENT = "consent"
    EARLIER = "earlier"
    NEWS = "news"
    RESTART = "restart"
    RECEIPT = "receipt"
    RECEIPT_PHONE = "receipt_phone"
    CALL_PHONE = "call_phone"
    SUPPLEMENT = "supplement"
    WITHDRAWAL = "withdrawal"
    CORRECTION = "correction"
    OBJECTION = "objection"
    DESK_FIELD = "desk_field"
    NOTHING = "nothing"


FORM: Final = frozenset(
    {
        Asking.STORY, Asking.PLACE, Asking.HOUSEHOLDER, Asking.PHONE, Asking.RELATION, Asking.CAUSES, Asking.DANGER,
        Asking.APPROACHED, Asking.APPLIED, Asking.REVIEW, Asking.CONSENT, Asking.EARLIER, Asking.NEWS, Asking.RESTART,
    }
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """An area that was understood: its code, and its path for the reader."""

    code: str
    path: str


@dataclass(frozen=True)
class Draft:
    """A report in the making. ``id`` is the submission id, minted at the first tap; None means not yet said.

    ``place_options``: places that fit what was said, when several do. ``place_settled``: the place is as deep as
    the villager can say, though it is not a village. ``offered``: we offered to make a report of what was said,
    and the villager has not agreed yet. ``township_first``: the village is not to know before the township says so.
    ``full_said_at``: the instant of the last photo too many. ``living``: where the household lives, when not where it
    is registered. ``approach``: whether it knows of a report that somebody else makes. ``of_another``: he or she is
    told of, and not what the writer is to them. ``by_officer``: an officer enters it. ``applied_on``: the day of a
    paper that is entered later, as ISO date. ``wish``: what is wanted with an earlier report, once that was asked;
    ``earlier`` is its receipt when it is this chat's own.
    """

    id: str
    relation: Relation | None = None
    householder: str | None = None
    writer: str | None = None
    phone: str | None = None
    place: Place | None = None
    place_options: tuple[Place, ...] = ()
    place_text: str = ""
    place_settled: bool = False
    group: str = ""
    story: str = ""
    causes: tuple[Cause, ...] = ()
    danger: tuple[Danger, ...] = ()
    sums: tuple[Sum, ...] = ()
    when: str | None = None
    photos: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    full_said_at: str = ""
    location: Location | None = None
    photo_place: Location | None = None
    offered: bool = False
    township_first: bool = False
    living: Place | None = None
    approach: Approach | None = None
    of_another: bool = False
    applied_on: str = ""
    by_officer: bool = False
    wish: Wish | None = None
    earlier: str = ""

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing was put into it yet."""
        return self == Draft(self.id, by_officer=self.by_officer)


@dataclass(frozen=True)
class ShownAnswer:
    """An answer that was given, kept so that its buttons work for a while: whole, plainer, its sources, its rating."""

    id: str
    citations: tuple[Citation, ...]
    text: str = ""
    plain: str = ""
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Offered:
    """Questions that a villager was asked to choose from. ``id`` is that of the message, for its buttons."""

    id: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class DeskForm:
    """An officer's event in the making: on which version of which case, and what was filled in so far.

    ``others``: households that may stand on the same paper.
    """

    receipt: str
    version: int
    event: str
    missing: tuple[str, ...]
    filled: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class State:
    """All that one chat's next turn depends on.

    ``drafts`` has the one that is worked on first; the others are set aside. ``candidates`` are the places among
    which the villager is choosing, ``questions`` his latest ones, oldest first. ``sent`` maps draft to receipt.
    ``village_known``: ``home`` is the village of the poster that was scanned.
    ``child``: a child writes here, until a grown-up says that he does.
    """

    asking: Asking = Asking.NOTHING
    drafts: tuple[Draft, ...] = ()
    trail: tuple[Asking, ...] = ()
    candidates: tuple[Place, ...] = ()
    answers: tuple[ShownAnswer, ...] = ()
    questions: tuple[str, ...] = ()
    offered: Offered | None = None
    home: Place | None = None
    village_known: bool = False
    receipt: str = ""
    call: str = ""
    child: bool = False
    sent: Mapping[str, str] = field(default_factory=dict)
    desk: DeskForm | None = None

    @property
    def draft(self) -> Draft | None:
        """The report that is worked on."""
        return self.drafts[0] if self.drafts else None

    @property
    def in_form(self) -> bool:
        """Tell whether the report form waits for something."""
        return self.asking in FORM and self.draft is not None

    def with_draft(self, draft: Draft) -> State:
        """Return the state with the report that is worked on replaced, or begun."""
        return replace(self, drafts=(draft, *(other for other in self.drafts if other.id != draft.id)))

    def without_draft(self, draft_id: str) -> State:
        """Return the state without a report that was sent or thrown away."""
        return replace(self, drafts=tuple(draft for draft in self.drafts if draft.id != draft_id))


_STATE: Final = TypeAdapter(State)
_DRAFT: Final = TypeAdapter(Draft)


def state_to_text(state: State) -> str:
    """Return the state without its drafts, which are stored apart."""
    return _STATE.dump_json(replace(state, drafts=())).decode()


def state_from_text(text: str, drafts: tuple[Draft, ...]) -> State:
    """Return the state that ``state_to_text`` wrote, with its drafts."""
    return replace(_STATE.validate_json(text), drafts=drafts)


def draft_to_text(draft: Draft) -> str:
    """Return a draft as text."""
    return _DRAFT.dump_json(draft).decode()


def draft_from_text(text: str) -> Draft:
    """Return the draft that ``draft_to_text`` wrote."""
    return _DRAFT.validate_json(text)
