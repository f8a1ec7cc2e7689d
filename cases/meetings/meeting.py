"""What a meeting is, and how its record is kept: each household's part is sealed under the key of its case."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from cases.actors import Officer
from cases.case import Case, load_case
from cases.duties import in_areas
from cases.errors import PaperMissingError, PaperNotFoundError
from cases.paper import Purpose
from storage.case_keys import case_vault, is_erased
from storage.ids import new_id
from storage.store import Store
from storage.times import to_text


class MeetingKind(StrEnum):
    """Whose meeting it is."""

    APPRAISAL = "appraisal"
    TOWNSHIP_REVIEW = "township_review"
    COUNTY_DECISION = "county_decision"

    @property
    def label(self) -> str:
        """The Chinese name that people read."""
        return _LABELS[self]


_LABELS = {
    MeetingKind.APPRAISAL: "民主评议会",
    MeetingKind.TOWNSHIP_REVIEW: "乡镇审核会",
    MeetingKind.COUNTY_DECISION: "县级审定",
}


@dataclass(frozen=True)
class Meeting:
    """The record of one meeting. ``sitting`` holds what it has besides day, number of its document and photo."""

    id: str
    number: int
    kind: MeetingKind
    purpose: Purpose
    area_code: str
    held_on: date
    document_number: str
    photo: str | None
    sitting: Mapping[str, Any]


@dataclass(frozen=True)
class NewMeeting:
    """What the record of a meeting is made from."""

    kind: MeetingKind
    purpose: Purpose
    area_code: str
    held_on: date
    sitting: Mapping[str, Any]
    document_number: str = ""
    photo: str | None = None


@dataclass(frozen=True)
class Item:
    """What a meeting concluded on one household. ``carried``: it agreed."""

    case: Case
    carried: bool
    body: Mapping[str, Any]


def keep_meeting(store: Store, new: NewMeeting, items: Sequence[Item], *, now: datetime) -> int:
    """Store the record of a meeting and return its number."""
    meeting_id = new_id()
    body = store.vault.seal(_json(new.sitting), table="meetings", row=meeting_id, column="body")
    number: int = store.db.execute(
        "INSERT INTO meetings (id, kind, purpose, area_code, held_on, document_number, photo, body, recorded_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number",
        [
            meeting_id,
            new.kind.value,
            new.purpose.value,
            new.area_code,
            new.held_on.isoformat(),
            new.document_number or None,
            new.photo,
            body,
            to_text(now),
        ],
    ).fetchone()[0]
    for position, item in enumerate(items, start=1):
        row_id = new_id()
        sealed = case_vault(store, item.case.id).seal(
            _json(item.body), table="meeting_items", row=row_id, column="body"
        )
        store.db.execute(
            "INSERT INTO meeting_items (id, meeting, position, case_id, version, carried, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [row_id, number, position, item.case.id, item.case.version, item.carried, sealed],
        )
    return number


def access_meeting(store: Store, number: int, *, officer: Officer) -> Meeting:
    """Return the record of a meeting of the officer's area.

    Raises:
        PaperNotFoundError: no such record, or it lies outside his area: the two look alike.
    """
    row = next(store.db.query("SELECT * FROM meetings WHERE number = ?", [number]), None)
    meeting = _meeting(store, row) if row else None
    if meeting is None or not officer.roles_at(meeting.area_code):
        raise PaperNotFoundError
    return meeting


def list_meetings(store: Store, *, officer: Officer, before: int | None = None, limit: int = 200) -> list[Meeting]:
    """Return at most *limit* records of the officer's areas, newest first, those before the one numbered *before*."""
    condition, params = in_areas(officer)
    rows = store.db.query(
        f"SELECT * FROM meetings WHERE {condition} AND (:before IS NULL OR number < :before)"  # noqa: S608 - our own
        " ORDER BY number DESC LIMIT :limit",
        params | {"before": before, "limit": limit},
    )
    return [_meeting(store, row) for row in rows]


def items_of(store: Store, meeting: Meeting) -> list[Item]:
    """Return what the meeting concluded on each household, decrypted, in the order of the record.

    Of a household that was erased since, the body is empty.
    """
    rows = store.db.query("SELECT * FROM meeting_items WHERE meeting = ? ORDER BY position", [meeting.number])
    return [Item(load_case(store, row["case_id"]), bool(row["carried"]), _body(store, row)) for row in rows]


def _body(store: Store, row: Mapping[str, Any]) -> dict[str, Any]:
    if is_erased(store, row["case_id"]):
        return {}
    cipher = case_vault(store, row["case_id"])
    body: dict[str, Any] = json.loads(
        cipher.open_text(row["body"], table="meeting_items", row=row["id"], column="body")
    )
    return body


def check_meeting(store: Store, case: Case, kind: MeetingKind) -> None:
    """Refuse to let a case pass a meeting that never spoke of it since it came into its present state.

    Raises:
        PaperMissingError: no record of such a meeting names the case.
    """
    found = store.db.query(
        "SELECT 1 FROM meetings JOIN meeting_items ON meeting = number WHERE case_id = ? AND kind = ? AND version >="
        " (SELECT max(version) FROM case_events WHERE case_id = ? AND from_state IS NOT to_state) LIMIT 1",
        [case.id, kind.value, case.id],
    )
    if next(found, None) is None:
        raise PaperMissingError(paper=kind.value)


def check_sign_in(store: Store, case: Case) -> None:
    """Refuse to let a case pass whose last appraisal has no sign-in sheet.

    Raises:
        PaperMissingError: its photo was not handed in.
    """
    rows = store.db.query(
        "SELECT photo FROM meetings JOIN meeting_items ON meeting = number WHERE case_id = ? AND kind = ?"
        " ORDER BY number DESC LIMIT 1",
        [case.id, MeetingKind.APPRAISAL.value],
    )
    if any(row["photo"] is None for row in rows):
        raise PaperMissingError(paper="sign_in")


def keep_photo(store: Store, meeting: Meeting, photo: str) -> None:
    """Put the photo of its sign-in sheet to a meeting."""
    store.db.execute("UPDATE meetings SET photo = ? WHERE number = ?", [photo, meeting.number])


def is_number_taken(store: Store, document_number: str) -> bool:
    """Tell whether a document of this number was recorded before."""
    found = store.db.query("SELECT 1 FROM meetings WHERE document_number = ? LIMIT 1", [document_number])
    return next(found, None) is not None


def _meeting(store: Store, row: dict[str, Any]) -> Meeting:
    body = store.vault.open_text(row["body"], table="meetings", row=row["id"], column="body")
    return Meeting(
        id=row["id"],
        number=row["number"],
        kind=MeetingKind(row["kind"]),
        purpose=Purpose(row["purpose"]),
        area_code=row["area_code"],
        held_on=date.fromisoformat(row["held_on"]),
        document_number=row["document_number"] or "",
        photo=row["photo"],
        sitting=json.loads(body),
    )


def _json(body: Mapping[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False)
