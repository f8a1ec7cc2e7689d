"""Whether the tables of the cases say what the audit trail says: state, version, and what was written down."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from storage import audit
from storage.case_keys import case_vault
from storage.errors import KeyErasedError, SealBrokenError
from storage.store import Store


class Mismatch(StrEnum):
    """How a case differs from its trail."""

    STATE = "state"
    VERSION = "version"
    EVENT = "event"
    DETAILS = "details"


@dataclass(frozen=True)
class Difference:
    """One difference, of the case with this receipt at this version."""

    receipt: str
    version: int
    kind: Mismatch


def differences(store: Store) -> list[Difference]:
    """Return where cases differ from their audit trail, which ``storage.verification`` proves by itself.

    Whoever edits a case in the database, but cannot write the trail, is found: by the case's state and version, by
    each event's day and states, and by the commitment to what was written down. What an erased case held is gone.
    """
    cases = store.db.query("SELECT id, receipt, state, version FROM cases ORDER BY created_at")
    return [difference for row in cases for difference in _of_case(store, row)]


def _of_case(store: Store, case: dict[str, Any]) -> Iterator[Difference]:
    trail = [(row, json.loads(row.facts)) for row in audit.rows(store, f"case:{case['id']}")]
    steps = [(row, facts) for row, facts in trail if "to" in facts]
    last = steps[-1][1] if steps else {"to": None, "version": 0}
    if last["to"] != case["state"]:
        yield Difference(case["receipt"], case["version"], Mismatch.STATE)
    if last["version"] != case["version"] or len(steps) != case["version"]:
        yield Difference(case["receipt"], case["version"], Mismatch.VERSION)
    events = {row["version"]: row for row in _events(store, case["id"])}
    for row, facts in steps:
        kept = events.pop(facts["version"], None)
        said = (row.event, facts["from"], facts["to"], facts["on"])
        if kept is None or said != (f"case.{kept['event']}", kept["from_state"], kept["to_state"], kept["happened_on"]):
            yield Difference(case["receipt"], facts["version"], Mismatch.EVENT)
        elif not _keeps_its_word(store, row, kept):
            yield Difference(case["receipt"], facts["version"], Mismatch.DETAILS)
    yield from (Difference(case["receipt"], version, Mismatch.EVENT) for version in events)


def _keeps_its_word(store: Store, row: audit.AuditRow, kept: dict[str, Any]) -> bool:
    try:
        cipher = case_vault(store, kept["case_id"])
        text = cipher.open_text(kept["details"], table="case_events", row=kept["id"], column="details")
    except KeyErasedError:
        return True
    except SealBrokenError:
        return False
    return audit.commits_to(store, row, json.loads(text))


def _events(store: Store, case_id: str) -> Iterator[dict[str, Any]]:
    yield from store.db.query("SELECT * FROM case_events WHERE case_id = ?", [case_id])
