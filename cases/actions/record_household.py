"""Who visited a household hands in the filled sheet."""

from __future__ import annotations

from datetime import datetime

from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.details import HouseholdRecord
from cases.errors import SheetError
from cases.household.form import SheetProblem, load_form
from cases.household.sheet import sheet_problems
from cases.household.traces import note_incomes
from storage.store import Store


def record_household(
    store: Store, receipt: str, record: HouseholdRecord, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Keep a complete sheet under the case's key; an earlier one stays in its history.

    Raises:
        SheetError: names all that is missing or wrong, once and in full.
        CasesError: as ``take_step``.
    """
    problems = sheet_problems(record.sheet, found_on=record.found_on)
    if problems:
        raise SheetError(
            missing=[_label(one) for one in problems if one.missing],
            wrong=[_label(one) for one in problems if not one.missing],
        )
    case = take_step(store, receipt, Act(record, actor, now), version=version)
    note_incomes(store, case, record.sheet)
    return case


def _label(problem: SheetProblem) -> str:
    fields = load_form().member if problem.member else load_form().household
    label = next((one.label for one in fields if one.key == problem.field), problem.field)
    return f"第 {problem.member} 个人的{label}" if problem.member else label
