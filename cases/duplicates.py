"""Other cases that may be about the same household."""

from __future__ import annotations

from cases.actors import Officer
from cases.case import Case, case_of
from storage.store import Store


def possible_duplicates(store: Store, case: Case, *, officer: Officer) -> list[Case]:
    """Return the other cases in the officer's areas, within one township, with the same telephone or a name that
    sounds the same. Nothing is decrypted."""
    rows = store.db.query(
        "SELECT DISTINCT cases.* FROM case_people AS mine"
        " JOIN case_people AS theirs ON theirs.case_id <> mine.case_id"
        " AND (theirs.phone_key = mine.phone_key OR theirs.sound_key = mine.sound_key)"
        " JOIN cases ON cases.id = theirs.case_id"
        " WHERE mine.case_id = ? AND mine.part = 'householder' AND theirs.part = 'householder'"
        " AND substr(cases.area_code, 1, 9) = substr(?, 1, 9) ORDER BY cases.created_at",
        [case.id, case.area_code],
    )
    return [other for other in map(case_of, rows) if officer.roles_at(other.area_code)]
