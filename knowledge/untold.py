"""Subjects that people ask about and nothing here tells: rivals, so that the nearest rule is not given for them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from language.normalise import normalise

FILE = "untold.toml"
"""The file in the folder of bundled entries."""


@dataclass(frozen=True)
class Subject:
    """
    A subject by its name, with ways to ask about it.

    Where a title, a heading or an entry's question speaks of it by one of its ``terms``, it is told.
    """

    name: str
    terms: tuple[str, ...]
    asked: tuple[str, ...]

    @property
    def wordings(self) -> tuple[str, ...]:
        """Return its name and the ways to ask, normalised, each once."""
        return tuple(dict.fromkeys(map(normalise, (self.name, *self.asked))))


def load_subjects(folder: Path) -> tuple[Subject, ...]:
    """Return the subjects of a folder of bundled entries; none where it has no such file."""
    path = folder / FILE
    if not path.is_file():
        return ()
    tables = tomllib.loads(path.read_text(encoding="utf-8"))["subjects"]
    return tuple(Subject(table["name"], tuple(table["terms"]), tuple(table["asked"])) for table in tables)


def still_untold(subjects: Iterable[Subject], told: Iterable[str]) -> Iterator[Subject]:
    """Yield the subjects that none of these questions, titles and headings speaks of."""
    whole = "\n".join(map(normalise, told))
    for subject in subjects:
        if not any(term in whole for term in subject.terms):
            yield subject
