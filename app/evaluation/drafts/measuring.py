"""Compares what was understood with the truth, slot by slot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from app.evaluation.drafts.reports import TODAY, Told, Truth
from bot.conversation.listening import Listener
from bot.conversation.once import DraftReading, read_once
from bot.conversation.whereabouts import place_of

SLOTS: Final = ("relation", "householder", "phone", "place", "causes", "amounts", "when", "danger")
# A value of these that the text does not give would be invented; the others are judgements of what it says.
GIVEN: Final = ("householder", "phone", "place", "when", "amounts")


@dataclass(frozen=True)
class Count:
    """How many values were right, how many were put down, how many the texts give."""

    right: int = 0
    found: int = 0
    given: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.found + other.found, self.given + other.given)

    @property
    def precision(self) -> float | None:
        """The share of what was put down that is right, None when nothing was."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """The share of what the texts give that was put down, None when they give nothing."""
        return self.right / self.given if self.given else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both."""
        return 2 * self.right / (self.found + self.given) if self.found + self.given else None


@dataclass(frozen=True)
class Score:
    """One report, measured. ``asked_back``: the place is among those that would be asked back."""

    told: Told
    understood: Truth
    counts: Mapping[str, Count]
    main_cause: bool | None
    invented: tuple[str, ...]
    asked_back: bool

    @property
    def kind_right(self) -> bool | None:
        """Whether the message was taken for what it is; None where readers would differ."""
        return None if "kind" in self.told.unscored else self.understood.kind == self.told.truth.kind

    @property
    def village_right(self) -> bool | None:
        """Whether the place is the one that is meant; None where none is named."""
        if "place" in self.told.unscored or self.told.truth.place is None:
            return None
        return self.understood.place == self.told.truth.place

    @property
    def is_right(self) -> bool:
        """Tell whether nothing is missing and nothing is wrong."""
        return self.kind_right is not False and all(
            count.right == count.found == count.given for count in self.counts.values()
        )


def measure(listener: Listener, reports: Sequence[Told], *, progress: Callable[[int, int], None]) -> list[Score]:
    """Read each report as ``bangfu draft`` does and score it; *progress* hears how many are done, of how many."""
    scores = []
    for done, told in enumerate(reports, start=1):
        scores.append(_score(told, _read(listener, told)))
        progress(done, len(reports))
    return scores


def total(scores: Sequence[Score], slot: str) -> Count:
    """Return the counts of one slot over all reports."""
    return sum((score.counts[slot] for score in scores if slot in score.counts), Count())


def _read(listener: Listener, told: Told) -> DraftReading:
    place = place_of(listener.gazetteer, told.county)
    return read_once(listener, told.text, today=TODAY, place=place)


def _score(told: Told, reading: DraftReading) -> Score:
    understood = _understood(reading)
    ours, true = asdict(understood), asdict(told.truth)
    ours["causes"] = tuple(cause for cause in understood.causes if cause not in told.also)
    counts = {slot: _count(ours[slot], true[slot]) for slot in SLOTS if slot not in told.unscored}
    main = "causes" in counts and told.truth.causes
    return Score(
        told=told,
        understood=understood,
        counts=counts,
        main_cause=understood.causes[:1] == told.truth.causes[:1] if main else None,
        invented=tuple(slot for slot in GIVEN if slot in counts and ours[slot] and not true[slot]),
        asked_back=told.truth.place in {place.path for place in reading.slots.where.candidates},
    )


def _understood(reading: DraftReading) -> Truth:
    slots = reading.slots
    return Truth(
        kind=reading.kind.value,
        relation=reading.relation.value if reading.relation else None,
        householder=slots.householder,
        phone=slots.phone,
        place=slots.place.path if slots.place else None,
        when=slots.when,
        causes=tuple(cause.value for cause in slots.causes),
        amounts=tuple((told.value, told.what.value) for told in slots.sums),
        danger=tuple(danger.value for danger in slots.danger),
    )


def _count(ours: Any, true: Any) -> Count:
    mine, theirs = (Counter(value if isinstance(value, tuple) else [value] if value else []) for value in (ours, true))
    return Count((mine & theirs).total(), mine.total(), theirs.total())
