"""Finds cases by what people know exactly: the number, a telephone, a full name. Nothing is decrypted."""

from __future__ import annotations

from typing import Final

from cases.actors import Officer
from cases.case import Case, case_of, find_case
from cases.duties import in_areas
from cases.people import name_key, phone_key
from cases.receipts import canonical_receipt, is_receipt
from storage.store import Store

_FEWEST_DIGITS: Final = 7
_MOST: Final = 100


def find_cases(store: Store, text: str, *, officer: Officer) -> list[Case]:
    """Return the cases in the officer's areas that *text* names, newest first: its number, or somebody of it.

    A case outside his areas is not found, as if it did not exist.
    """
    number = canonical_receipt(text)
    if is_receipt(number):
        case = find_case(store, number)
        return [case] if case and officer.roles_at(case.area_code) else []
    if sum(character.isdecimal() for character in text) >= _FEWEST_DIGITS:
        column, key = "phone_key", phone_key(store, text)
    else:
        column, key = "name_key", name_key(store, text)
    condition, params = in_areas(officer)
    rows = store.db.query(
        f"SELECT * FROM cases WHERE {condition} AND id IN (SELECT case_id FROM case_people WHERE {column} = :key)"  # noqa: S608 - names of our own
        " ORDER BY created_at DESC LIMIT :most",
        params | {"key": key, "most": _MOST},
    )
    return [case_of(row) for row in rows]
