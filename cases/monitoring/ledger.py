"""The ledger of a household under monitoring: what was done for it, in the order of the days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cases.history import HistoryEntry
from cases.states import Event

_KEPT: Final = {
    Event.PLAN_MADE: "一户一策",
    Event.AID_RECORDED: "先行救助",
    Event.MEASURE_RECORDED: "措施",
    Event.SUPPORT_CHANGED: "换联系人",
    Event.VISITED: "走访",
    Event.PAPER_KEPT: "证件",
    Event.REASSESSED: "研判",
}


@dataclass(frozen=True)
class LedgerLine:
    """One line. ``on`` is the true day; ``late``: it was written down on a later one. ``details`` are JSON values."""

    on: date
    late: bool
    what: str
    by: str
    details: dict[str, Any]


def ledger_of(history: Iterable[HistoryEntry], today: date) -> list[LedgerLine]:
    """Return the lines of a revealed case by the days on which things happened; a paper that ran out says so."""
    lines = [_line(entry, today) for entry in history if entry.event in _KEPT]
    return sorted(lines, key=lambda line: line.on)


def _line(entry: HistoryEntry, today: date) -> LedgerLine:
    what = _KEPT[entry.event]
    if entry.event is Event.PAPER_KEPT and entry.details["expires_on"] < today.isoformat():
        what = "证件（已过期）"
    return LedgerLine(entry.happened_on, entry.is_late, what, entry.by, dict(entry.details))
