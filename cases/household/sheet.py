"""A filled sheet as a whole: what is missing or wrong in it, row by row and between its fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from cases.household.form import SheetProblem, load_form, row_problems
from language.masking import is_valid_id_number

# A disability card has the identity number, then kind and grade, then the count of reissues.
_CARD_LENGTHS: Final = {20, 22}
# Below this age a guardian must agree (law on the protection of personal information, article 31).
GUARDED_AGE: Final = 14
_SECOND_RISKS: Final = 2
_BIRTHDAY: Final = re.compile(r"\d{6}(\d{4})(\d{2})(\d{2})")


def sheet_problems(sheet: Mapping[str, Any], *, found_on: date) -> list[SheetProblem]:
    """Return everything that is missing or wrong in *sheet*: the household's fields and a list ``members``.

    *found_on* is the day of the visit, by which ages are told.
    """
    form, members = load_form(), sheet.get("members", [])
    if not isinstance(members, list) or not all(isinstance(row, dict) for row in members):
        return [SheetProblem(0, "members", missing=False)]
    found = list(row_problems(form.household, {key: it for key, it in sheet.items() if key != "members"}, 0))
    for number, row in enumerate(members, start=1):
        found += row_problems(form.member, row, number)
        found += _member_problems(row, number, found_on)
    known = {(one.member, one.field) for one in found}
    between = (one for one in _household_problems(sheet, members) if (one.member, one.field) not in known)
    return [*found, *between]


def birthday(member: Mapping[str, Any]) -> date | None:
    """Return when a member was born: as the certificate's number says, or as it was written down."""
    match = _BIRTHDAY.match(str(member.get("id_number", ""))) if member.get("id_kind") != "其他" else None
    text = "-".join(match.groups()) if match else member.get("born_on")
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def age(born: date, day: date) -> int:
    """Return the full years of life on *day*."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def names_in(text: str) -> list[str]:
    """Return the names that stand in one field, however they are parted."""
    return [name for name in re.split(r"[、，,；;\s]+", text) if name]


def _household_problems(sheet: Mapping[str, Any], members: list[dict[str, Any]]) -> Iterator[SheetProblem]:
    if sheet.get("people") != len(members):
        yield SheetProblem(0, "people", missing=False)
    if sheet.get("registered_address") != sheet.get("living_address") and not sheet.get("address_note"):
        yield SheetProblem(0, "address_note", missing=True)
    second = sheet.get("second_risks") or []
    if len(second) > _SECOND_RISKS or sheet.get("main_risk") in second:
        yield SheetProblem(0, "second_risks", missing=False)
    if isinstance(sheet.get("visitors"), str) and len(set(names_in(sheet["visitors"]))) < 2:
        yield SheetProblem(0, "visitors", missing=False)


def _member_problems(row: Mapping[str, Any], number: int, found_on: date) -> Iterator[SheetProblem]:
    kind, value = row.get("id_kind"), row.get("id_number")
    if isinstance(kind, str) and isinstance(value, str) and value and not _is_certificate_number(kind, value):
        yield SheetProblem(number, "id_number", missing=False)
        return
    born = birthday(row)
    if born and age(born, found_on) < GUARDED_AGE and row.get("guardian_consent") is not True:
        yield SheetProblem(number, "guardian_consent", missing=row.get("guardian_consent") is None)


def _is_certificate_number(kind: str, number: str) -> bool:
    if kind == "居民身份证":
        return is_valid_id_number(number)
    return kind != "残疾证" or (len(number) in _CARD_LENGTHS and is_valid_id_number(number[:18]))
