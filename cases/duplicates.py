"""Other cases that may be about the same household: asked about before a report is made, shown to officers, linked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from cases.access import actor_name
from cases.actors import Actor, Officer, Reporter
from cases.case import Case, case_of
from cases.chats import chat_key
from cases.forms import load_form
from cases.likeness import Ground, Household, Likeness, compare
from cases.people import Part, load_people, phone_key, sound_key
from cases.report import Report
from storage import audit
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import to_text

HOUSEHOLDS_OF_ONE_PHONE: Final = 3
_TOWNSHIP_DIGITS: Final = 9
_MOST_COMPARED: Final = 500


class Wish(StrEnum):
    """What the reporter wants with an earlier report: one of its own, one with it, or again after it ended."""

    APART = "apart"
    JOINED = "joined"
    AGAIN = "again"


@dataclass(frozen=True)
class Earlier:
    """An earlier case that a report may be about. ``own``: this chat made it. Only ``grounds`` may be told."""

    case: Case
    likeness: Likeness
    own: bool


@dataclass(frozen=True)
class Link:
    """An earlier case that a case is linked to. ``same``: what an officer found; None: nobody looked yet."""

    earlier: Case
    wish: Wish
    grounds: tuple[Ground, ...]
    same: bool | None


def find_earlier(store: Store, report: Report, *, chat: Reporter | None) -> list[Earlier]:
    """Return the cases that may be about the household of *report*, the likeliest first.

    Decrypts the cases of its village, and those of its township with the same telephone or a name of that sound.
    """
    told = _of_report(store, report)
    mine = chat_key(store, chat) if chat else None
    found = [
        Earlier(case, likeness, own=mine is not None and row["chat_key"] == mine)
        for row, case, other in _candidates(store, report)
        if (likeness := compare(told, other)).may_be_same
    ]
    return sorted(found, key=lambda earlier: (not earlier.case.active, -earlier.likeness.score))


def possible_duplicates(store: Store, case: Case, *, officer: Officer) -> list[Case]:
    """Return the other cases in the officer's areas that may be about the household of *case*, oldest first: those
    of one township with the same telephone or a name that sounds the same, and those that it was linked to, but not
    those that an officer found to be of another household."""
    rows = store.db.query(
        "SELECT DISTINCT cases.* FROM cases WHERE cases.id IN ("
        " SELECT theirs.case_id FROM case_people AS mine JOIN case_people AS theirs ON theirs.case_id <> mine.case_id"
        " AND (theirs.phone_key = mine.phone_key OR theirs.sound_key = mine.sound_key)"
        " WHERE mine.case_id = :id AND mine.part = 'householder' AND theirs.part = 'householder')"
        " AND substr(cases.area_code, 1, 9) = substr(:area, 1, 9)"
        " OR cases.id IN (SELECT earlier_id FROM report_links WHERE case_id = :id)"
        " OR cases.id IN (SELECT case_id FROM report_links WHERE earlier_id = :id)"
        " ORDER BY cases.created_at, cases.rowid",
        {"id": case.id, "area": case.area_code},
    )
    apart = _settled_apart(store, case)
    return [other for other in map(case_of, rows) if other.id not in apart and officer.roles_at(other.area_code)]


def keep_link(store: Store, case: Case, earlier: Earlier, wish: Wish, *, actor: Actor, now: datetime) -> None:
    """Link *case* to an earlier one. Nothing is merged: an officer looks at both."""
    check_in_transaction(store)
    grounds = [ground.value for ground in earlier.likeness.grounds]
    store.db.execute(
        "INSERT INTO report_links (case_id, earlier_id, wish, grounds, linked_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        [case.id, earlier.case.id, wish.value, json.dumps(grounds), to_text(now)],
    )
    facts = {"earlier": earlier.case.id, "wish": wish.value, "grounds": grounds}
    name = actor_name(store, actor)
    audit.append(store, actor=name, event="case.linked", subject=f"case:{case.id}", now=now, facts=facts)


def settle(store: Store, case: Case, other: Case, *, same: bool, officer: Officer, now: datetime) -> None:
    """Keep what an officer found: whether two cases are about one household."""
    check_in_transaction(store)
    pair = _linked(store, case, other) or (case.id, other.id)
    store.db.execute(
        "INSERT INTO report_links (case_id, earlier_id, wish, grounds, linked_at) VALUES (?, ?, ?, '[]', ?)"
        " ON CONFLICT DO NOTHING",
        [*pair, Wish.APART.value, to_text(now)],
    )
    store.db.execute(
        "UPDATE report_links SET same = ?, settled_by = ?, settled_at = ? WHERE case_id = ? AND earlier_id = ?",
        [same, officer.id, to_text(now), *pair],
    )


def has_open_link(store: Store, case_id: str) -> bool:
    """Tell whether a case is linked to another one and no officer has settled yet whether they are one household."""
    found = store.db.query(
        "SELECT 1 FROM report_links WHERE (case_id = ? OR earlier_id = ?) AND settled_at IS NULL LIMIT 1",
        [case_id, case_id],
    )
    return next(found, None) is not None


def links_of(store: Store, case: Case) -> list[Link]:
    """Return the earlier cases that *case* is linked to."""
    rows = store.db.query(
        "SELECT cases.*, wish, grounds, same FROM report_links JOIN cases ON cases.id = earlier_id"
        " WHERE case_id = ? ORDER BY cases.created_at",
        [case.id],
    )
    return [
        Link(
            case_of(row),
            Wish(row["wish"]),
            tuple(Ground(ground) for ground in json.loads(row["grounds"])),
            None if row["same"] is None else bool(row["same"]),
        )
        for row in rows
    ]


def _linked(store: Store, case: Case, other: Case) -> tuple[str, str] | None:
    """Return the link between two cases, in whichever direction it was made."""
    rows = store.db.query(
        "SELECT case_id, earlier_id FROM report_links WHERE (case_id, earlier_id) IN (VALUES (?, ?), (?, ?))",
        [case.id, other.id, other.id, case.id],
    )
    return next(((row["case_id"], row["earlier_id"]) for row in rows), None)


def _settled_apart(store: Store, case: Case) -> set[str]:
    rows = store.db.query(
        "SELECT case_id, earlier_id FROM report_links WHERE (case_id = ? OR earlier_id = ?) AND same = 0",
        [case.id, case.id],
    )
    return {end for row in rows for end in (row["case_id"], row["earlier_id"])}


def _candidates(store: Store, report: Report) -> Iterator[tuple[Mapping[str, Any], Case, Household]]:
    """Yield the cases to compare with, newest first; those whose key was erased are gone."""
    rows = store.db.query(
        "SELECT DISTINCT cases.*, case_chats.chat_key FROM cases"
        " JOIN case_keys ON case_keys.case_id = cases.id AND case_keys.wrapped_key IS NOT NULL"
        " LEFT JOIN case_chats ON case_chats.case_id = cases.id"
        " WHERE cases.submission_id <> :submission AND (cases.area_code IN (:area, :township)"
        " OR (substr(cases.area_code, 1, 9) = :township AND cases.id IN ("
        "  SELECT case_id FROM case_people WHERE phone_key = :phone OR sound_key = :sound)))"
        " ORDER BY cases.created_at DESC LIMIT :most",
        {
            "submission": report.submission_id,
            "area": report.area_code,
            "township": report.area_code[:_TOWNSHIP_DIGITS],
            "phone": phone_key(store, report.phone),
            "sound": sound_key(store, report.householder),
            "most": _MOST_COMPARED,
        },
    )
    for row in list(rows):
        case = case_of(row)
        yield row, case, _of_case(store, case)


def _of_report(store: Store, report: Report) -> Household:
    return Household(
        name=report.householder,
        phone=report.phone,
        area_code=report.area_code,
        group=report.group,
        causes=report.causes,
        story=report.story,
        kin=report.reporter_name,
        shared_phone=_is_shared(store, report.phone),
    )


def _of_case(store: Store, case: Case) -> Household:
    people, form = load_people(store, case.id), load_form(store, case.id)
    householder, reporter = people[Part.HOUSEHOLDER], people.get(Part.REPORTER)
    return Household(
        name=householder.name,
        phone=householder.phone,
        area_code=case.area_code,
        group=form.group,
        causes=form.causes,
        story=form.story,
        kin=reporter.name if reporter else "",
    )


def _is_shared(store: Store, phone: str) -> bool:
    """Tell whether a telephone already serves several households, or an officer's."""
    row = next(
        store.db.query(
            "SELECT (SELECT count(DISTINCT sound_key) FROM case_people WHERE phone_key = :key AND part = 'householder')"
            " AS households, EXISTS (SELECT 1 FROM officer_phones WHERE phone_key = :key) AS officers",
            {"key": phone_key(store, phone)},
        )
    )
    return bool(row["officers"]) or row["households"] >= HOUSEHOLDS_OF_ONE_PHONE - 1
