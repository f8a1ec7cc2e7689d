"""An officer prints what came of a meeting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cases.access import actor_name, open_file, reveal_file
from cases.actors import Officer
from cases.errors import PaperStateError
from cases.meetings.meeting import Item, access_meeting, items_of
from cases.meetings.sheets import SHEETS, Row, Sheet, SheetKind, sheet_of
from cases.paper import ERASED, Paper
from storage import audit
from storage.case_keys import is_erased
from storage.database import check_in_transaction
from storage.heads import head_text
from storage.store import Store


@dataclass(frozen=True)
class Printing:
    """What to print: which sheet, whether names are shown, whether it is the original that is stamped."""

    kind: SheetKind
    reveal: bool
    original: bool


def print_meeting(
    store: Store, number: int, printing: Printing, *, area_name: Callable[[str], str], actor: Officer, now: datetime
) -> Paper:
    """Return a sheet of a meeting and write down who printed it; each name that is shown leaves its own trace.

    *area_name* returns the name of an area code. Needs an open transaction.

    Raises:
        PaperNotFoundError: no such meeting in the officer's area.
        PaperStateError: such a meeting has no such sheet.
        CaseNotFoundError: a case went to another officer's area since, and its name is not his to see.
    """
    check_in_transaction(store)
    meeting = access_meeting(store, number, officer=actor)
    if printing.kind not in SHEETS[meeting.kind]:
        raise PaperStateError(why="no_such_sheet")
    audit.append(
        store,
        actor=actor_name(store, actor),
        event="meeting.printed",
        subject=f"meeting:{number}",
        now=now,
        facts={"sheet": printing.kind.name.lower(), "revealed": printing.reveal, "original": printing.original},
    )

    def row(item: Item) -> Row:
        if is_erased(store, item.case.id):
            return Row(item, ERASED, area_name(item.case.area_code), masked=True)
        if printing.reveal:
            file = reveal_file(store, item.case.receipt, officer=actor, now=now, reason="打印会议文书")
        else:
            file = open_file(store, item.case.receipt, officer=actor)
        return Row(item, file.householder.name, area_name(item.case.area_code), masked=file.masked)

    rows = [row(item) for item in items_of(store, meeting)]
    sheet = Sheet(meeting, rows, area_name(meeting.area_code), head_text(store), printing.original)
    return sheet_of(printing.kind, sheet)
