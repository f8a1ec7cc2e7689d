"""What each event asks for, field by field: name, label, type, choices, help. Forms everywhere are made of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from types import UnionType
from typing import Any, Final, get_args, get_type_hints

from cases.details import DETAILS
from cases.states import Event

FIELDS_FILE: Final = Path(__file__).parent / "fields.toml"


class WrittenType(StrEnum):
    """What a field holds. ``LIST`` is one text a line, ``LONG`` a text of several lines.

    ``VOTES`` are three numbers: for, against, abstained.
    """

    TEXT = "text"
    LONG = "long"
    DATE = "date"
    NUMBER = "number"
    CHOICE = "choice"
    LIST = "list"
    AREA = "area"
    OFFICER = "officer"
    PHOTO = "photo"
    SHEET = "sheet"
    VOTES = "votes"
    CHECKS = "checks"


@dataclass(frozen=True)
class WrittenField:
    """A field of what is written down with an event. ``choices`` are the values that people type.

    ``offered`` are values that fit often, beside whatever else people type.
    """

    name: str
    label: str
    type: WrittenType
    help: str
    choices: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def written_fields(event: Event) -> tuple[WrittenField, ...]:
    """Return the fields of *event* in the order in which they are asked for."""
    kind, hints = DETAILS[event], get_type_hints(DETAILS[event])
    return tuple(_field(event, one.name, hints[one.name]) for one in fields(kind))


def paper_field(event: Event, name: str) -> WrittenField:
    """Return a field of the paper without which *event* may not happen, such as the record of a meeting."""
    return _field(event, name, str)


def label_of(name: str, event: Event | None = None) -> str | None:
    """Return what a field is called, for *event* if it has a name of its own there; None: no event has it."""
    said = _said(name, event)
    return str(said["label"]) if said else None


def _field(event: Event, name: str, hint: object) -> WrittenField:
    said = _said(name, event)
    assert said is not None, f"fields.toml does not describe {name}"
    choices = _choices(hint)
    written = WrittenType.CHOICE if choices else WrittenType(said.get("type") or _type(hint))
    return WrittenField(name, said["label"], written, said["help"], choices, tuple(said.get("offered", ())))


def _choices(hint: object) -> tuple[str, ...]:
    kinds = [one for one in (hint, *get_args(hint)) if isinstance(one, type) and issubclass(one, StrEnum)]
    return tuple(choice.value for kind in kinds for choice in kind)


def _type(hint: object) -> WrittenType:
    kinds = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    if date in kinds:
        return WrittenType.DATE
    if int in kinds:
        return WrittenType.NUMBER
    return WrittenType.TEXT if str in kinds else WrittenType.LIST


def _said(name: str, event: Event | None) -> Mapping[str, Any] | None:
    described = _described()
    own = described.get(event.value, {}).get(name) if event else None
    found: Mapping[str, Any] | None = own or described.get(name)
    return found if found and "label" in found else None


@lru_cache(maxsize=1)
def _described() -> Mapping[str, Any]:
    return tomllib.loads(FIELDS_FILE.read_text(encoding="utf-8"))
