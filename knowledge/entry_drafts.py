"""Entries that officers write: kept as drafts until they are examined, rehearsed and published."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from knowledge.entries import Entry, bundled_entry
from knowledge.entry_store import give_back_entry, save_entry
from knowledge.rehearsal import Rehearsed
from places.gazetteer import Gazetteer
from storage.audit import append
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import from_text, to_text

_ENTRY = TypeAdapter(Entry)
_REHEARSED = TypeAdapter(Rehearsed)


class DraftState(StrEnum):
    """What became of a draft."""

    OPEN = "open"
    PUBLISHED = "published"
    DROPPED = "dropped"


@dataclass(frozen=True)
class EntryDraft:
    """
    An entry before it is published.

    ``grounds`` are the words of its sources that the officer quotes, for the checker. ``answers`` are the ids of the
    unanswered questions that it is to answer. ``rehearsed`` is what would change, None until that was looked up for
    these very words. ``officer`` is the id of who wrote it last. ``reason`` is why it was published although
    documents in force give other figures.
    """

    number: int
    entry: Entry
    grounds: str
    answers: tuple[str, ...]
    officer: str
    saved_at: datetime
    rehearsed: Rehearsed | None
    state: DraftState
    reason: str = ""

    @property
    def gives_back(self) -> bool:
        """Tell whether it is a bundled entry just as it came with the program."""
        return self.entry == bundled_entry(self.entry.id)


class DraftClosedError(Exception):
    """This draft was published or dropped, or changed since it was read."""


@dataclass(frozen=True)
class Written:
    """What an officer writes: the entry, the words that it rests on, and the questions that it answers."""

    entry: Entry
    grounds: str = ""
    answers: tuple[str, ...] = ()


def open_draft(store: Store, written: Written, *, officer: str, now: datetime) -> int:
    """Keep a new draft in the open transaction and return its number."""
    check_in_transaction(store)
    cursor = store.db.execute(
        "INSERT INTO entry_drafts (entry, body, grounds, answers, officer, saved_at, state)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [*_columns(written), officer, to_text(now), DraftState.OPEN],
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def change_draft(store: Store, number: int, written: Written, *, officer: str, now: datetime) -> None:
    """
    Put other words into a draft, in the open transaction; what was looked up for the old ones no longer counts.

    Raises:
        DraftClosedError: If it is open no more.
    """
    check_in_transaction(store)
    _check(
        store.db.execute(
            "UPDATE entry_drafts SET entry = ?, body = ?, grounds = ?, answers = ?, officer = ?, saved_at = ?,"
            " rehearsed = NULL WHERE number = ? AND state = 'open'",
            [*_columns(written), officer, to_text(now), number],
        ).rowcount
    )


def keep_rehearsed(store: Store, draft: EntryDraft, rehearsed: Rehearsed) -> None:
    """Keep what would change with a draft, in the open transaction; nothing where its words are others by now."""
    check_in_transaction(store)
    store.db.execute(
        "UPDATE entry_drafts SET rehearsed = ? WHERE number = ? AND saved_at = ? AND state = 'open'",
        [json.dumps(asdict(rehearsed), ensure_ascii=False), draft.number, to_text(draft.saved_at)],
    )


def publish(
    store: Store, draft: EntryDraft, gazetteer: Gazetteer, *, officer: str, now: datetime, reason: str = ""
) -> None:
    """
    Make a draft the entry in use, by its author and date, in the open transaction.

    One that is a bundled entry as it came gives the entry back to the program. ``reason`` is kept with the draft.

    Raises:
        DraftClosedError: If it was published, dropped or changed since it was read.
        knowledge.entry_store.EntryPlaceError: If its area is not in the gazetteer.
    """
    _close(store, draft, DraftState.PUBLISHED)
    store.db.execute("UPDATE entry_drafts SET reason = ? WHERE number = ?", [reason, draft.number])
    if draft.gives_back:
        give_back_entry(store, draft.entry, gazetteer, now=now)
    else:
        save_entry(store, draft.entry, gazetteer, by=officer, now=now)
    event = "entry.given_back" if draft.gives_back else "entry.published"
    facts = {"draft": draft.number, "written_by": draft.officer, "against_documents": bool(reason)}
    append(store, actor=f"officer:{officer}", event=event, subject=draft.entry.id, now=now, facts=facts)


def drop_draft(store: Store, draft: EntryDraft) -> None:
    """
    Leave a draft out, in the open transaction.

    Raises:
        DraftClosedError: If it was published, dropped or changed since it was read.
    """
    _close(store, draft, DraftState.DROPPED)


def load_draft(store: Store, number: int) -> EntryDraft:
    """
    Return one draft.

    Raises:
        LookupError: If there is none of this number.
    """
    row = next(store.db.query("SELECT * FROM entry_drafts WHERE number = ?", [number]), None)
    if row is None:
        raise LookupError(number)
    return _draft(row)


def open_drafts(store: Store) -> list[EntryDraft]:
    """Return the drafts that wait to be published, the newest first."""
    return [
        _draft(row) for row in store.db.query("SELECT * FROM entry_drafts WHERE state = 'open' ORDER BY number DESC")
    ]


def reasons_for(store: Store, entry: str) -> list[EntryDraft]:
    """Return the drafts that became this entry against documents in force, each with its reason, the newest first."""
    rows = store.db.query(
        "SELECT * FROM entry_drafts WHERE entry = ? AND state = 'published' AND reason <> '' ORDER BY number DESC",
        [entry],
    )
    return [_draft(row) for row in rows]


def _close(store: Store, draft: EntryDraft, state: DraftState) -> None:
    check_in_transaction(store)
    _check(
        store.db.execute(
            "UPDATE entry_drafts SET state = ? WHERE number = ? AND state = 'open' AND saved_at = ?",
            [state, draft.number, to_text(draft.saved_at)],
        ).rowcount
    )


def _check(changed: int) -> None:
    if not changed:
        raise DraftClosedError


def _columns(written: Written) -> Sequence[str]:
    body = _ENTRY.dump_json(written.entry).decode()
    return written.entry.id, body, written.grounds, json.dumps(written.answers)


def _draft(row: dict[str, Any]) -> EntryDraft:
    return EntryDraft(
        number=row["number"],
        entry=_ENTRY.validate_json(row["body"]),
        grounds=row["grounds"],
        answers=tuple(json.loads(row["answers"])),
        officer=row["officer"],
        saved_at=from_text(row["saved_at"]),
        rehearsed=_REHEARSED.validate_json(row["rehearsed"]) if row["rehearsed"] else None,
        state=DraftState(row["state"]),
        reason=row["reason"],
    )
