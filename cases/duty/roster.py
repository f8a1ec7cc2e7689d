"""Whom an alarm calls: the duty list of a place, or, where none was set, all who work cases there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from cases.actors import SCOPE_DIGITS, Officer, Operator, Role
from cases.errors import CannotHoldError, ScopeError
from cases.officers import all_officers, load_officer, officers_over
from cases.people import phone_key
from cases.presence import deputies_of, is_away
from storage import audit
from storage.database import check_in_transaction
from storage.store import Store

# How often the same people are called before the next on the lists are.
RINGS_EACH: Final = 2


class Lane(StrEnum):
    """Whom an alarm is for.

    ``DUTY``: the duty officers of village and township together. ``ABOVE``: those of the township only, since the
    village is not to know. ``PROTECTION`` and ``CHILD``: the township's protection contact and its children's worker.
    """

    DUTY = "duty"
    ABOVE = "above"
    PROTECTION = "protection"
    CHILD = "child"


_SPECIAL: Final = {Lane.PROTECTION: Role.PROTECTION, Lane.CHILD: Role.CHILD_WORKER}
_LEVELS: Final = {
    SCOPE_DIGITS[Role.VILLAGE]: (Role.VILLAGE, Role.WORK_TEAM),
    SCOPE_DIGITS[Role.TOWNSHIP]: (Role.TOWNSHIP,),
    SCOPE_DIGITS[Role.COUNTY]: (Role.COUNTY,),
}


def set_roster(store: Store, area_code: str, officers: Sequence[Officer], *, actor: Operator, now: datetime) -> None:
    """Set who is on duty for a village, township or county, in the order in which they are called.

    Nobody: the list is taken away, and all who work cases there are called. Needs an open transaction.

    Raises:
        ScopeError: the area is none of the three.
        CannotHoldError: one of them does not serve there.
    """
    check_in_transaction(store)
    if len(area_code) not in _LEVELS:
        raise ScopeError(role=Role.COUNTY, digits=SCOPE_DIGITS[Role.COUNTY])
    if not all(officer.roles_at(area_code) for officer in officers):
        raise CannotHoldError(why="role")
    store.db.execute("DELETE FROM duty_roster WHERE area_code = ?", [area_code])
    for position, officer in enumerate(dict.fromkeys(officer.id for officer in officers)):
        store.db.execute(
            "INSERT INTO duty_roster (area_code, position, officer) VALUES (?, ?, ?)", [area_code, position, officer]
        )
    audit.append(
        store,
        actor=actor.name,
        event="duty.set",
        subject=f"area:{area_code}",
        now=now,
        facts={"officers": [officer.id for officer in officers]},
    )


def rosters(store: Store) -> dict[str, list[Officer]]:
    """Return every duty list that was set, by area, in the order of calling."""
    found: dict[str, list[Officer]] = {}
    for row in store.db.query("SELECT * FROM duty_roster ORDER BY area_code, position"):
        found.setdefault(row["area_code"], []).append(load_officer(store, row["officer"]))
    return found


def note_phone(store: Store, officer: Officer, phone: str, *, actor: Operator, now: datetime) -> None:
    """Keep that a telephone belongs to an officer, as a keyed hash: a report under it is marked 代收."""
    check_in_transaction(store)
    store.db.execute(
        "INSERT OR IGNORE INTO officer_phones (officer, phone_key) VALUES (?, ?)", [officer.id, phone_key(store, phone)]
    )
    audit.append(store, actor=actor.name, event="officer.phone_noted", subject=f"officer:{officer.id}", now=now)


def on_duty(store: Store, area_code: str, lane: Lane, rings: int, day: date) -> list[str]:
    """Return whom the next ring of an alarm calls, after so many *rings*; who is on leave is left out.

    Village and township are called together, the next of each after ``RINGS_EACH`` rings, and when a list is
    through, the county too.
    """
    step = rings // RINGS_EACH
    if lane in _SPECIAL:
        special = _present(store, _holders(store, _SPECIAL[lane], area_code), day)
        if special:
            county = _list(store, area_code[: SCOPE_DIGITS[Role.COUNTY]], lane, day) if step >= len(special) else []
            return list(dict.fromkeys([special[step % len(special)], *county]))
    depths = [depth for depth in _LEVELS if depth <= len(area_code)]
    if lane is not Lane.DUTY:
        depths = [depth for depth in depths if depth < SCOPE_DIGITS[Role.VILLAGE]]
    lists = {depth: _list(store, area_code[:depth], lane, day) for depth in depths}
    county = lists.pop(SCOPE_DIGITS[Role.COUNTY], [])
    near = [found for found in lists.values() if found]
    called = [found[step % len(found)] for found in near]
    through = not near or step >= max(map(len, near))
    return list(dict.fromkeys([*called, *(county if through else [])])) or _within(store, area_code)


def may_answer(store: Store, officer: Officer, area_code: str, lane: Lane) -> bool:
    """Tell whether an alarm is this officer's to know of and to answer."""
    if lane is not Lane.DUTY and officer.is_of_village:
        return False
    special = _SPECIAL.get(lane)
    if special and _holders(store, special, area_code):
        return officer.serves(special, area_code) or Role.COUNTY in officer.roles_at(area_code)
    works = officer.roles_at(area_code) - {Role.INSPECTOR, Role.GRID_WORKER}
    return bool(works) or _is_within(officer, area_code)


def _within(store: Store, area_code: str) -> list[str]:
    """Return who is called where only a wide area, or none, is known: everybody in it from the township up."""
    return [officer.id for officer in all_officers(store) if _is_within(officer, area_code)]


def _is_within(officer: Officer, area_code: str) -> bool:
    return not officer.is_of_village and any(
        grant.role in {Role.TOWNSHIP, Role.COUNTY} and grant.scope.startswith(area_code) for grant in officer.grants
    )


def _holders(store: Store, role: Role, area_code: str) -> list[str]:
    return [
        officer.id
        for officer in all_officers(store)
        if not officer.is_of_village
        and any(
            grant.role is role and (grant.covers(area_code) or grant.scope.startswith(area_code))
            for grant in officer.grants
        )
    ]


def _list(store: Store, area_code: str, lane: Lane, day: date) -> list[str]:
    if len(area_code) not in _LEVELS:
        return []
    rows = store.db.query("SELECT officer FROM duty_roster WHERE area_code = ? ORDER BY position", [area_code])
    chosen = [row["officer"] for row in rows] or officers_over(store, _LEVELS[len(area_code)], area_code)
    if lane is not Lane.DUTY:
        chosen = [officer for officer in chosen if not load_officer(store, officer).is_of_village]
    return _present(store, chosen, day)


def _present(store: Store, officers: Sequence[str], day: date) -> list[str]:
    """Return *officers*, those on leave replaced by who stands in for them."""
    there = [
        one
        for officer in officers
        for one in (deputies_of(store, officer, day) if is_away(store, officer, day) else [officer])
    ]
    return list(dict.fromkeys(there))
