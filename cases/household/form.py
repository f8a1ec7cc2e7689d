"""The form of the home visit: its fields as data, and what is missing or wrong in a filled sheet."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from pydantic import ConfigDict, TypeAdapter

from language.masking import is_valid_id_number

FIELDS_FILE: Final = Path(__file__).parent / "fields.toml"
# A disability card has the identity number, then kind and grade, then the count of reissues.
_CARD_LENGTHS: Final = {20, 22}


class FieldType(StrEnum):
    """What a field holds."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    YES_NO = "yes_no"
    CHOICE = "choice"
    MANY = "many"


@dataclass(frozen=True)
class FormField:
    """A field. ``when``: it is required where those other fields have these values. ``help`` is shown beside it."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    key: str
    label: str
    type: FieldType
    help: str
    choices: tuple[str, ...] = ()
    required: bool = False
    when: Mapping[str, str] = field(default_factory=dict)

    def is_required(self, row: Mapping[str, Any]) -> bool:
        """Tell whether the field must be filled in this row."""
        return self.required or (bool(self.when) and all(row.get(key) == value for key, value in self.when.items()))

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


def sheet_problems(sheet: Mapping[str, Any]) -> list[SheetProblem]:
    """Return everything that is missing or wrong in *sheet*: the household's fields and a list ``members``."""
    form, members = load_form(), sheet.get("members", [])
    if not isinstance(members, list) or not all(isinstance(row, dict) for row in members):
        return [SheetProblem(0, "members", missing=False)]
    found = list(_row_problems(form.household, {key: it for key, it in sheet.items() if key != "members"}, 0))
    for number, row in enumerate(members, start=1):
        found += _row_problems(form.member, row, number)
        kind, value = row.get("id_kind"), row.get("id_number")
        if isinstance(kind, str) and isinstance(value, str) and value and not _is_certificate_number(kind, value):
            found.append(SheetProblem(number, "id_number", missing=False))
    if sheet.get("people") != len(members) and not any(one.field == "people" for one in found):
        found.append(SheetProblem(0, "people", missing=False))
    return found


def _is_certificate_number(kind: str, number: str) -> bool:
    if kind == "居民身份证":
        return is_valid_id_number(number)
    return kind != "残疾证" or (len(number) in _CARD_LENGTHS and is_valid_id_number(number[:18]))


def _row_problems(fields: tuple[FormField, ...], row: Mapping[str, Any], number: int) -> Iterator[SheetProblem]:
    for one in fields:
        value = row.get(one.key)
        if value in (None, ""):
            if one.is_required(row):
                yield SheetProblem(number, one.key, missing=True)
        elif not one.fits(value):
            yield SheetProblem(number, one.key, missing=False)
    for key in set(row) - {one.key for one in fields}:
        yield SheetProblem(number, key, missing=False)
