"""What would be answered if an entry were in force: tried on a copy in memory, with an index of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final, Protocol, TypeAlias

from knowledge.answer import Question
from knowledge.entries import Entry
from knowledge.entry_store import save_entry
from knowledge.generations import generation_folder, index_folder, live_generation
from knowledge.knowledge import Knowledge
from settings.schema import Llm, Settings
from storage.areas import gazetteer_of
from storage.database import transaction
from storage.scratch import scratch_copy
from storage.store import Store

_OWN_TO_THE_COPY: Final = ("index", "bangfu.db")


@dataclass(frozen=True)
class Verdict:
    """What is done with a question (``kind`` as ``bangfu ask`` names it), from which ground, and whether rightly."""

    kind: str
    document: str = ""
    right: bool = True


@dataclass(frozen=True)
class Change:
    """A question that is met otherwise than before; ``wording``: from the same ground, in other words."""

    question: str
    before: Verdict
    after: Verdict
    wording: bool = False

    @property
    def worse(self) -> bool:
        """Tell whether it was met rightly and is no more."""
        return self.before.right and not self.after.right


@dataclass(frozen=True)
class Tried:
    """``changes`` are those of the first ``asked`` golden questions that would be met otherwise; ``total`` are all."""

    changes: tuple[Change, ...]
    asked: int
    total: int


@dataclass(frozen=True)
class Rehearsed:
    """
    What an entry would change.

    ``own`` are its own wordings, ``asked`` the unanswered questions (by the answer's id, in the order of the draft)
    that it is to answer; ``changes`` are those of the ``golden`` questions that would be met otherwise. ``total`` is
    how many of those there are: while fewer were asked, this is but the beginning. ``generation`` is the index that
    it was compared with.
    """

    generation: int
    own: tuple[Change, ...]
    asked: tuple[Change, ...]
    changes: tuple[Change, ...]
    golden: int
    total: int = 0

    @property
    def worse(self) -> int:
        """Return how many of the golden questions would be met wrongly that were met rightly."""
        return sum(change.worse for change in self.changes)

    @property
    def whole(self) -> bool:
        """Tell whether all golden questions were asked."""
        return self.golden >= self.total


@dataclass(frozen=True)
class Stage:
    """What is known, and the room that answers from it."""

    store: Store
    knowledge: Knowledge


@dataclass(frozen=True)
class Rehearsal:
    """The present and the trial, in which ``entry`` is in force, side by side on a day."""

    before: Stage
    after: Stage
    day: date
    entry: Entry


class Progress(Protocol):
    """Called with how many questions were asked, of how many, and how many are met otherwise; it may raise."""

    def __call__(self, done: int, total: int, found: int = 0, /) -> None: ...


Examination: TypeAlias = Callable[[Rehearsal, Progress], Iterable[Tried]]
"""Holds a rehearsal against the golden questions: yields once it asked those that the entry can touch, then all."""


@contextmanager
def rehearsal(present: Stage, settings: Settings, entry: Entry, *, now: datetime, day: date) -> Iterator[Rehearsal]:
    """
    Yield the present beside a trial in which ``entry`` is in force; nothing is stored, and nobody can find it.

    Both answer in the words of entries and documents: no language model is asked.
    """
    plain = settings.model_copy(update={"llm": Llm()})
    with tempfile.TemporaryDirectory(prefix="bangfu-") as folder, scratch_copy(present.store) as copy:
        trial = replace(copy, data_dir=_beside(present.store, Path(folder)))
        with transaction(trial):
            save_entry(trial, entry, gazetteer_of(present.store), by="trial", now=now)
        before, after = (Knowledge(plain, gazetteer_of(present.store)) for _ in range(2))
        before.embedder = after.embedder = present.knowledge.embedder
        after.refresh(trial, now=now)
        yield Rehearsal(Stage(present.store, before), Stage(trial, after), day, entry)


def try_wordings(tried: Rehearsal, wordings: Sequence[str], area: str | None) -> tuple[Change, ...]:
    """Return how each wording is met now and in the trial."""
    return tuple(
        Change(wording, _met(tried.before, wording, area, tried.day), _met(tried.after, wording, area, tried.day))
        for wording in wordings
    )


def _met(stage: Stage, text: str, area: str | None, day: date) -> Verdict:
    answer = stage.knowledge.answer(stage.store, Question(text, day, area))
    return Verdict(answer.kind.value, answer.citations[0].document if answer.citations else "")


def _beside(store: Store, folder: Path) -> Path:
    """Return a data folder that shares everything with the store's own but database and index."""
    for path in store.data_dir.iterdir():
        if not path.name.startswith(_OWN_TO_THE_COPY):
            (folder / path.name).symlink_to(path.resolve())
    live = live_generation(store)
    index_folder(folder).mkdir()
    if live is not None:
        generation_folder(folder, live.number).symlink_to(generation_folder(store.data_dir, live.number).resolve())
    return folder
