"""The form of the home visit: its fields as data, and which of them are missing or cannot be so in one row."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from pydantic import ConfigDict, TypeAdapter

FIELDS_FILE: Final = Path(__file__).parent / "fields.toml"


class FieldType(StrEnum):
    """What a field holds."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    YES_NO = "yes_no"
    CHOICE = "choice"
    MANY = "many"
    DATE = "date"


@dataclass(frozen=True)
class FormField:
    """A field. ``help`` is shown beside it.

    ``when``: it is required where those other fields have these values; ``beside``: where that other field is filled
    with something other than nought.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")
    key: str
    label: str
    type: FieldType
    help: str
    choices: tuple[str, ...] = ()
    required: bool = False
    when: Mapping[str, str] = field(default_factory=dict)
    beside: str = ""

    def is_required(self, row: Mapping[str, Any]) -> bool:
        """Tell whether the field must be filled in this row."""
        by_value = bool(self.when) and all(row.get(key) == value for key, value in self.when.items())
        return self.required or by_value or bool(row.get(self.beside))

    def fits(self, value: object) -> bool:
        """Tell whether *value* can stand in the field."""
        match self.type:
            case FieldType.TEXT:
                return isinstance(value, str)
            case FieldType.NUMBER | FieldType.MONEY:
                return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
            case FieldType.YES_NO:
                return isinstance(value, bool)
            case FieldType.CHOICE:
                return value in self.choices
            case FieldType.MANY:
                return isinstance(value, list) and set(value) <= set(self.choices)
            case FieldType.DATE:
                return isinstance(value, str) and _is_iso_day(value)


@dataclass(frozen=True)
class Form:
    """The whole form: fields of the household, and fields of each member."""

    household: tuple[FormField, ...]
    member: tuple[FormField, ...]


@dataclass(frozen=True)
class SheetProblem:
    """A field that is missing or cannot be so. ``member`` counts the rows from 1; 0: the household's own."""

    member: int
    field: str
    missing: bool


@lru_cache(maxsize=1)
def load_form() -> Form:
    """Return the form: fields of the household, then of each member."""
    return TypeAdapter(Form).validate_python(tomllib.loads(FIELDS_FILE.read_text(encoding="utf-8")))


def row_problems(fields: tuple[FormField, ...], row: Mapping[str, Any], number: int) -> Iterator[SheetProblem]:
    """Yield the fields of one row that are missing, cannot be so, or are none of the form's."""
    for one in fields:
        value = row.get(one.key)
        if value in (None, ""):
            if one.is_required(row):
                yield SheetProblem(number, one.key, missing=True)
        elif not one.fits(value):
            yield SheetProblem(number, one.key, missing=False)
    for key in set(row) - {one.key for one in fields}:
        yield SheetProblem(number, key, missing=False)


def _is_iso_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
