"""What a household under monitoring is told on paper: its measures, what it received, who answers for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.access import CaseFile
from cases.errors import NotPossibleError
from cases.history import HistoryEntry, last_of
from cases.states import Event


@dataclass(frozen=True)
class Received:
    """One thing that was given: the day, what, and how much as it was written down, empty where nothing was."""

    on: date
    what: str
    amount: str


@dataclass(frozen=True)
class SupportCard:
    """The card of one household. ``planned`` are the measures of its plan, ``received`` what came of them so far."""

    householder: str
    area_code: str
    group: str
    since: date
    planned: str
    received: tuple[Received, ...]
    support_officer: str
    support_phone: str


def support_card(file: CaseFile) -> SupportCard:
    """Return the card of a revealed case.

    Raises:
        NotPossibleError: the household has no plan yet, so there is nothing to hand out.
    """
    plan = last_of(file.history, Event.PLAN_MADE)
    if plan is None:
        raise NotPossibleError(event=Event.PLAN_MADE.value, state=file.case.state.value)
    in_charge = last_of(file.history, Event.PLAN_MADE, Event.SUPPORT_CHANGED) or plan
    enrolled = last_of(file.history, Event.COUNTY_APPROVED) or plan
    return SupportCard(
        householder=file.householder.name,
        area_code=file.case.area_code,
        group=file.form.group if file.form else "",
        since=enrolled.happened_on,
        planned=str(plan.details["measures"]),
        received=tuple(_received(file.history)),
        support_officer=str(in_charge.details["support_officer"]),
        support_phone=str(in_charge.details.get("support_phone", "")),
    )


def _received(history: Iterable[HistoryEntry]) -> Iterable[Received]:
    for entry in history:
        if entry.event in {Event.AID_RECORDED, Event.MEASURE_RECORDED}:
            yield Received(entry.happened_on, str(entry.details["what"]), str(entry.details.get("amount", "")))
