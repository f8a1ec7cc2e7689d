"""A public notice as it is kept: households of one village, the days it stands, the proof that it did."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from cases.actors import Officer
from cases.case import Case, load_case
from cases.duties import in_areas
from cases.errors import PaperNotFoundError
from cases.paper import ERASED, Purpose
from cases.public_notice.leaks import Entry
from storage.case_keys import case_vault, is_erased
from storage.ids import new_id
from storage.store import Store
from storage.times import to_text


@dataclass(frozen=True)
class PublicNotice:
    """A notice. It stands from ``starts_on`` to ``ends_on``, both included in what is printed.

    ``posted_on`` and ``ended_on`` are None until there is proof of them; the place stands in the events of its
    cases. ``supervision`` is the telephone that it prints. Photos are attachments.
    """

    number: int
    purpose: Purpose
    area_code: str
    starts_on: date
    ends_on: date
    supervision: str
    posted_on: date | None
    start_photo: str | None
    ended_on: date | None
    end_photo: str | None

    @property
    def stands(self) -> bool:
        """Tell whether it was put up and not taken down."""
        return self.posted_on is not None and self.ended_on is None


@dataclass(frozen=True)
class NewNotice:
    """What a notice is drafted from."""

    purpose: Purpose
    area_code: str
    starts_on: date
    ends_on: date
    supervision: str


def keep_notice(store: Store, new: NewNotice, entries: Sequence[tuple[Case, Entry]], *, now: datetime) -> int:
    """Store a drafted notice, each household's entry under the key of its case; return its number."""
    number = store.db.execute(
        "INSERT INTO public_notices (purpose, area_code, starts_on, ends_on, supervision, drafted_at)"
        " VALUES (?, ?, ?, ?, ?, ?) RETURNING number",
        [
            new.purpose.value,
            new.area_code,
            new.starts_on.isoformat(),
            new.ends_on.isoformat(),
            new.supervision,
            to_text(now),
        ],
    ).fetchone()[0]
    for position, (case, entry) in enumerate(entries, start=1):
        row_id = new_id()
        body = json.dumps(asdict(entry), ensure_ascii=False)
        sealed = case_vault(store, case.id).seal(body, table="public_notice_entries", row=row_id, column="body")
        store.db.execute(
            "INSERT INTO public_notice_entries (id, notice, position, case_id, body) VALUES (?, ?, ?, ?, ?)",
            [row_id, number, position, case.id, sealed],
        )
    return int(number)


def access_notice(store: Store, number: int, *, officer: Officer) -> PublicNotice:
    """Return a notice of the officer's area.

    Raises:
        PaperNotFoundError: no such notice, or it lies outside his area: the two look alike.
    """
    notice = find_notice(store, number)
    if notice is None or not officer.roles_at(notice.area_code):
        raise PaperNotFoundError
    return notice


def find_notice(store: Store, number: int) -> PublicNotice | None:
    """Return a notice, whoever asks, None when there is none: officers come through ``access_notice``."""
    row = next(store.db.query("SELECT * FROM public_notices WHERE number = ?", [number]), None)
    return _notice(row) if row else None


def list_notices(
    store: Store, *, officer: Officer, ended: bool = False, before: int | None = None, limit: int = 200
) -> list[PublicNotice]:
    """Return at most *limit* notices of the officer's areas, newest first, those before the one numbered *before*.

    Those taken down are listed only if *ended*.
    """
    condition, params = in_areas(officer)
    rows = store.db.query(
        f"SELECT * FROM public_notices WHERE {condition} AND (ended_on IS NULL OR :ended)"  # noqa: S608 - our own
        " AND (:before IS NULL OR number < :before) ORDER BY number DESC LIMIT :limit",
        params | {"ended": ended, "before": before, "limit": limit},
    )
    return [_notice(row) for row in rows]


def latest_notice(store: Store, case: Case) -> PublicNotice | None:
    """Return the notice that named a case last; None: there was none."""
    rows = store.db.query(
        "SELECT public_notices.* FROM public_notices JOIN public_notice_entries ON notice = number"
        " WHERE case_id = ? ORDER BY number DESC LIMIT 1",
        [case.id],
    )
    return next(map(_notice, rows), None)


def due_to_come_down(store: Store, today: date, *, limit: int) -> list[PublicNotice]:
    """Return the standing notices whose last day has passed, of which nobody was reminded today."""
    day = today.isoformat()
    rows = store.db.query(
        "SELECT * FROM public_notices WHERE posted_on IS NOT NULL AND ended_on IS NULL AND ends_on < ?"
        " AND (reminded_on IS NULL OR reminded_on < ?) ORDER BY number LIMIT ?",
        [day, day, limit],
    )
    return [_notice(row) for row in rows]


def keep_notice_reminder(store: Store, notice: PublicNotice, today: date) -> None:
    """Write down that people were reminded of a notice today."""
    store.db.execute("UPDATE public_notices SET reminded_on = ? WHERE number = ?", [today.isoformat(), notice.number])


def cases_on(store: Store, notice: PublicNotice) -> list[Case]:
    """Return the cases of a notice in the order in which it lists them."""
    rows = store.db.query(
        "SELECT case_id FROM public_notice_entries WHERE notice = ? ORDER BY position", [notice.number]
    )
    return [load_case(store, row["case_id"]) for row in rows]


def entries_of(store: Store, notice: PublicNotice) -> list[Entry]:
    """Return what the notice says of each household, decrypted; of one that was erased since, that it was."""
    rows = store.db.query(
        "SELECT id, case_id, body FROM public_notice_entries WHERE notice = ? ORDER BY position", [notice.number]
    )
    return [_entry(store, row) for row in rows]


def _entry(store: Store, row: dict[str, Any]) -> Entry:
    if is_erased(store, row["case_id"]):
        return Entry(ERASED, "")
    cipher = case_vault(store, row["case_id"])
    return Entry(
        **json.loads(cipher.open_text(row["body"], table="public_notice_entries", row=row["id"], column="body"))
    )


def _notice(row: dict[str, Any]) -> PublicNotice:
    return PublicNotice(
        number=row["number"],
        purpose=Purpose(row["purpose"]),
        area_code=row["area_code"],
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_on=date.fromisoformat(row["ends_on"]),
        supervision=row["supervision"],
        posted_on=_day(row["posted_on"]),
        start_photo=row["start_photo"],
        ended_on=_day(row["ended_on"]),
        end_photo=row["end_photo"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
