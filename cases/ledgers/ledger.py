"""Which ledgers there are, and how one is made for an officer: masked, or in full with a trace at each case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, TypeAlias

from cases.access import CaseFile, open_file, reveal_file
from cases.actors import Officer, Role
from cases.duties import in_areas
from cases.ledgers import rows
from cases.workflow import workflow_of
from storage.store import Store

Cell: TypeAlias = str | int | float | None


class LedgerKind(StrEnum):
    """The ledgers. Their values are what people type."""

    REPORTS = "申报受理"
    HOUSEHOLDS = "监测对象"
    MEASURES = "帮扶措施"
    VISITS = "走访"
    RESOLUTIONS = "风险消除"
    INCOMES = "收入测算"


@dataclass(frozen=True)
class Ledger:
    """A ledger. ``masked``: names, telephones and stories are left out or cut."""

    kind: LedgerKind
    masked: bool
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Wanted:
    """Which ledger, of the cases applied for on which days, and whether in full."""

    kind: LedgerKind
    first: date
    last: date
    reveal: bool


_MAKERS: Final[Mapping[LedgerKind, tuple[Sequence[str], Callable[[CaseFile, str, str], Iterator[Sequence[Cell]]]]]] = {
    LedgerKind.REPORTS: (rows.REPORT_COLUMNS, rows.report_rows),
    LedgerKind.HOUSEHOLDS: (rows.HOUSEHOLD_COLUMNS, rows.household_rows),
    LedgerKind.MEASURES: (rows.MEASURE_COLUMNS, rows.measure_rows),
    LedgerKind.VISITS: (rows.VISIT_COLUMNS, rows.visit_rows),
    LedgerKind.RESOLUTIONS: (rows.RESOLUTION_COLUMNS, rows.resolution_rows),
    LedgerKind.INCOMES: (rows.INCOME_COLUMNS, rows.income_rows),
}


def make_ledger(
    store: Store, wanted: Wanted, *, area_name: Callable[[str], str], actor: Officer, now: datetime
) -> Ledger:
    """Return a ledger of the actor's areas, by date of application. In full it needs an open transaction.

    Who may only inspect gets it masked whatever he asks for.
    """
    in_full = wanted.reveal and any(grant.role is not Role.INSPECTOR for grant in actor.grants)
    columns, make = _MAKERS[wanted.kind]
    made = []
    for receipt in _receipts(store, wanted, actor):
        if in_full:
            file = reveal_file(store, receipt, officer=actor, now=now)
        else:
            file = open_file(store, receipt, officer=actor)
        stage = workflow_of(store, file.case.workflow, file.case.workflow_version).states[file.case.state].label
        made += list(make(file, area_name(file.case.area_code), stage))
    return Ledger(wanted.kind, not in_full, columns, made)


def _receipts(store: Store, wanted: Wanted, officer: Officer) -> list[str]:
    seen, own = in_areas(officer)
    readable = "id NOT IN (SELECT case_id FROM case_keys WHERE wrapped_key IS NULL)"
    applied = f"applied_on BETWEEN :first AND :last AND {readable} AND {seen}"
    found = store.db.query(
        f"SELECT receipt FROM cases WHERE {applied} ORDER BY applied_on, created_at",  # noqa: S608 - our own condition
        own | {"first": wanted.first.isoformat(), "last": wanted.last.isoformat()},
    )
    return [row["receipt"] for row in found]
