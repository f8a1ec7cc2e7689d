"""The people of a case: names and telephones sealed under its key, found again by keyed hashes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cases.report import canonical_phone
from language.normalise import normalise
from language.sounds import sound_key as sound_of
from storage.case_keys import case_vault
from storage.ids import new_id
from storage.store import Store


class Part(StrEnum):
    """What a person is in a case."""

    HOUSEHOLDER = "householder"
    REPORTER = "reporter"


@dataclass(frozen=True)
class Person:
    """A person of a case. ``phone`` may be empty."""

    part: Part
    name: str
    phone: str = ""


def name_key(store: Store, name: str) -> str:
    """Return the keyed hash by which a name is found."""
    return store.vault.fingerprint("person.name", _folded(name))


def sound_key(store: Store, name: str) -> str:
    """Return the keyed hash of how a name sounds: names are heard and mistyped."""
    return store.vault.fingerprint("person.sound", sound_of(_folded(name)))


def phone_key(store: Store, phone: str) -> str:
    """Return the keyed hash by which a telephone number is found, however it was typed."""
    return store.vault.fingerprint("person.phone", canonical_phone(phone))


def keep_person(store: Store, case_id: str, person: Person) -> None:
    """Store a person of a new case."""
    row_id = new_id()
    cipher = case_vault(store, case_id)
    store.db.execute(
        "INSERT INTO case_people (id, case_id, part, name, phone, name_key, sound_key, phone_key)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            row_id,
            case_id,
            person.part.value,
            cipher.seal(person.name, table="case_people", row=row_id, column="name"),
            cipher.seal(person.phone, table="case_people", row=row_id, column="phone") if person.phone else None,
            name_key(store, person.name),
            sound_key(store, person.name),
            phone_key(store, person.phone) if person.phone else None,
        ],
    )


def change_person(store: Store, case_id: str, part: Part, *, name: str = "", phone: str = "") -> None:
    """Put another name or telephone in the place of a person's; what is empty stays."""
    row = next(store.db.query("SELECT id FROM case_people WHERE case_id = ? AND part = ?", [case_id, part.value]))
    cipher, row_id = case_vault(store, case_id), row["id"]
    if name:
        sealed = cipher.seal(name, table="case_people", row=row_id, column="name")
        keys = [name_key(store, name), sound_key(store, name)]
        store.db.execute(
            "UPDATE case_people SET name = ?, name_key = ?, sound_key = ? WHERE id = ?", [sealed, *keys, row_id]
        )
    if phone:
        sealed = cipher.seal(phone, table="case_people", row=row_id, column="phone")
        store.db.execute(
            "UPDATE case_people SET phone = ?, phone_key = ? WHERE id = ?", [sealed, phone_key(store, phone), row_id]
        )


def load_people(store: Store, case_id: str) -> dict[Part, Person]:
    """Return the people of a case, decrypted."""
    cipher = case_vault(store, case_id)
    people = {}
    for row in store.db.query("SELECT * FROM case_people WHERE case_id = ?", [case_id]):
        name = cipher.open_text(row["name"], table="case_people", row=row["id"], column="name")
        phone = row["phone"] and cipher.open_text(row["phone"], table="case_people", row=row["id"], column="phone")
        part = Part(row["part"])
        people[part] = Person(part, name, phone or "")
    return people


def has_phone(store: Store, case_id: str, phone: str) -> bool:
    """Tell whether *phone* belongs to somebody of this case, without decrypting anything."""
    found = store.db.query(
        "SELECT 1 FROM case_people WHERE case_id = ? AND phone_key = ?", [case_id, phone_key(store, phone)]
    )
    return next(found, None) is not None


def _folded(name: str) -> str:
    return "".join(normalise(name).split())
