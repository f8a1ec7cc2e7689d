"""What happened to a case, one row for each version: who, when, from where to where, and what was written down."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases.act import Act
from cases.actors import Officer
from cases.case import Case
from cases.errors import Change
from cases.officers import load_officer
from cases.states import Event, State
from cases.written import to_sealable
from storage.case_keys import case_vault
from storage.ids import new_id
from storage.store import Store
from storage.times import from_text, local_date, to_text


@dataclass(frozen=True)
class HistoryEntry:
    """One event of a case. ``by`` is the officer's name, empty for the reporter and the clock.

    ``happened_on`` is the day written down, ``recorded_at`` the instant of writing. ``details`` are JSON values.
    """

    version: int
    event: Event
    from_state: State | None
    to_state: State
    by: str
    happened_on: date
    recorded_at: datetime
    details: Mapping[str, Any]

    @property
    def is_late(self) -> bool:
        """Tell whether it was written down after its day (补录)."""
        return local_date(self.recorded_at) > self.happened_on


def append_event(store: Store, case: Case, act: Act, *, before: State | None) -> None:
    """Write down the act that brought *case* from the state *before* to its present version."""
    row_id = new_id()
    sealed = case_vault(store, case.id).seal(
        to_sealable(act.details), table="case_events", row=row_id, column="details"
    )
    store.db.execute(
        "INSERT INTO case_events (id, case_id, version, event, from_state, to_state, officer, happened_on,"
        " recorded_at, details) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            row_id,
            case.id,
            case.version,
            act.event.value,
            before.value if before else None,
            case.state.value,
            act.actor.id if isinstance(act.actor, Officer) else None,
            act.on.isoformat(),
            to_text(act.now),
            sealed,
        ],
    )


def history(store: Store, case_id: str, *, after_version: int = 0) -> list[HistoryEntry]:
    """Return the events of a case, decrypted, oldest first."""
    cipher = case_vault(store, case_id)
    return [
        HistoryEntry(
            version=row["version"],
            event=Event(row["event"]),
            from_state=State(row["from_state"]) if row["from_state"] else None,
            to_state=State(row["to_state"]),
            by=_name(store, row["officer"]),
            happened_on=date.fromisoformat(row["happened_on"]),
            recorded_at=from_text(row["recorded_at"]),
            details=json.loads(cipher.open_text(row["details"], table="case_events", row=row["id"], column="details")),
        )
        for row in _rows(store, case_id, after_version)
    ]


def changes_since(store: Store, case_id: str, version: int) -> list[Change]:
    """Return what happened to a case after *version*, without what was written down."""
    return [
        Change(row["event"], _name(store, row["officer"]), from_text(row["recorded_at"]))
        for row in _rows(store, case_id, version)
    ]


def last_officer(store: Store, case_id: str, event: Event) -> str | None:
    """Return the id of the officer who did *event* last, None when nobody did."""
    rows = store.db.query(
        "SELECT officer FROM case_events WHERE case_id = ? AND event = ? ORDER BY version DESC LIMIT 1",
        [case_id, event.value],
    )
    return next((row["officer"] for row in rows), None)


def has_worked(store: Store, case_id: str, officer: str) -> bool:
    """Tell whether *officer* did anything about a case beyond taking it on."""
    found = store.db.query(
        "SELECT 1 FROM case_events WHERE case_id = ? AND officer = ? AND event NOT IN (?, ?) LIMIT 1",
        [case_id, officer, Event.CLAIMED.value, Event.NOTED.value],
    )
    return next(found, None) is not None


def last_entry(store: Store, case_id: str, event: Event) -> HistoryEntry | None:
    """Return the last time that *event* happened to a case, decrypted; None: it never did."""
    return last_of(history(store, case_id), event)


def last_of(entries: Sequence[HistoryEntry], *events: Event) -> HistoryEntry | None:
    """Return the last of *entries*, oldest first, at which one of *events* happened; None: none did."""
    return next((entry for entry in reversed(entries) if entry.event in events), None)


def state_since(store: Store, case_id: str) -> date:
    """Return the day on which a case came into its present state."""
    rows = store.db.query(
        "SELECT happened_on FROM case_events WHERE case_id = ? AND from_state IS NOT to_state"
        " ORDER BY version DESC LIMIT 1",
        [case_id],
    )
    return date.fromisoformat(next(rows)["happened_on"])


def _rows(store: Store, case_id: str, after_version: int) -> list[dict[str, Any]]:
    query = "SELECT * FROM case_events WHERE case_id = ? AND version > ? ORDER BY version"
    return list(store.db.query(query, [case_id, after_version]))


def _name(store: Store, officer: str | None) -> str:
    return load_officer(store, officer).name if officer else ""
