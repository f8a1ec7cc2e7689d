"""What an inspector would ask about a case, said to its officers first. Concerns warn, they never refuse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from cases.case import Case
from cases.details import VisitManner
from cases.history import HistoryEntry, history, last_of
from cases.household.traces import has_same_incomes_before, has_same_incomes_elsewhere, most_visits_in_a_day
from cases.states import Event
from cases.terms import outdated_terms, speaks_of_relief
from cases.workflow import workflow_of
from storage.store import Store

VISITS_A_DAY: Final = 40
HALF_A_YEAR: Final = 183


class ConcernKind(StrEnum):
    """The closed list of concerns."""

    SAME_INCOME_AS_BEFORE = "same_income_as_before"
    SAME_INCOME_AS_ANOTHER = "same_income_as_another"
    TOO_MANY_VISITS = "too_many_visits"
    ONE_VISITOR = "one_visitor"
    RECORD_BEFORE_VISIT = "record_before_visit"
    MEETING_AFTER_NOTICE = "meeting_after_notice"
    COMPARED_BEFORE_CONSENT = "compared_before_consent"
    SINGLE_DIBAO_BESIDE_ILLNESS = "single_dibao_beside_illness"
    AID_INSTEAD_OF_MONITORING = "aid_instead_of_monitoring"
    RESOLVED_EARLY = "resolved_early"
    NOT_LOOKED_AT = "not_looked_at"
    RETURNED_PIECEMEAL = "returned_piecemeal"
    VISITED_FROM_AFAR = "visited_from_afar"
    OUTDATED_TERMS = "outdated_terms"


@dataclass(frozen=True)
class Concern:
    """One concern. ``count`` says how many, where that matters."""

    kind: ConcernKind
    count: int = 0


def concerns(store: Store, case: Case, *, today: date) -> list[Concern]:
    """Return what should be looked at again before somebody else does; names and stories stay out."""
    entries = history(store, case.id)
    checks = (
        _comparisons(store, case),
        _dates(entries),
        _household(entries),
        _words(entries),
        _end(store, case, entries, today),
    )
    return [concern for check in checks for concern in check]


def _comparisons(store: Store, case: Case) -> Iterator[Concern]:
    if has_same_incomes_before(store, case.id):
        yield Concern(ConcernKind.SAME_INCOME_AS_BEFORE)
    if has_same_incomes_elsewhere(store, case.id):
        yield Concern(ConcernKind.SAME_INCOME_AS_ANOTHER)
    visits = most_visits_in_a_day(store, case.id)
    if visits >= VISITS_A_DAY:
        yield Concern(ConcernKind.TOO_MANY_VISITS, visits)


def _dates(entries: Sequence[HistoryEntry]) -> Iterator[Concern]:
    visit, sheet = last_of(entries, Event.HOME_VISIT_RECORDED), last_of(entries, Event.HOUSEHOLD_RECORDED)
    if visit and len(visit.details.get("visitors", [])) < 2:
        yield Concern(ConcernKind.ONE_VISITOR)
    first_visit = next((entry for entry in entries if entry.event is Event.HOME_VISIT_RECORDED), None)
    if sheet and first_visit and sheet.happened_on < first_visit.happened_on:
        yield Concern(ConcernKind.RECORD_BEFORE_VISIT)
    meeting, notice = last_of(entries, Event.APPRAISAL_RECORDED), last_of(entries, Event.NOTICE_POSTED)
    if meeting and notice and notice.version > meeting.version and notice.happened_on < meeting.happened_on:
        yield Concern(ConcernKind.MEETING_AFTER_NOTICE)
    if visit and visit.details.get("manner", VisitManner.DOOR) != VisitManner.DOOR:
        yield Concern(ConcernKind.VISITED_FROM_AFAR)
    signed, compared = _written(entries, "consent_signed_on"), _written(entries, "cross_checked_on")
    if signed and compared and compared < signed:
        yield Concern(ConcernKind.COMPARED_BEFORE_CONSENT)


def _household(entries: Sequence[HistoryEntry]) -> Iterator[Concern]:
    record = last_of(entries, Event.HOUSEHOLD_RECORDED)
    sheet: Mapping[str, Any] = record.details["sheet"] if record else {}
    members = sheet.get("members", [])
    on_dibao = [member for member in members if member.get("dibao")]
    if len(members) > 1 and len(on_dibao) == 1 and any(member.get("health") == "大病" for member in members):
        yield Concern(ConcernKind.SINGLE_DIBAO_BESIDE_ILLNESS)
    proposal = last_of(entries, Event.DECLINE_PROPOSED)
    if proposal and ("instead" in proposal.details or speaks_of_relief(proposal.details["reason"])):
        yield Concern(ConcernKind.AID_INSTEAD_OF_MONITORING)


def _words(entries: Sequence[HistoryEntry]) -> Iterator[Concern]:
    returns = [entry for entry in entries if entry.event is Event.RETURNED]
    if len(returns) > 1 and len({entry.to_state for entry in returns}) < len(returns):
        yield Concern(ConcernKind.RETURNED_PIECEMEAL, len(returns))
    texts = (it for entry in entries if entry.by for it in entry.details.values() if isinstance(it, str))
    terms = {term.term for text in texts for term in outdated_terms(text)}
    if terms:
        yield Concern(ConcernKind.OUTDATED_TERMS, len(terms))


def _end(store: Store, case: Case, entries: Sequence[HistoryEntry], today: date) -> Iterator[Concern]:
    enrolled, proposed = last_of(entries, Event.COUNTY_APPROVED), last_of(entries, Event.RESOLUTION_PROPOSED)
    if enrolled is None:
        return
    if proposed and (proposed.happened_on - enrolled.happened_on).days < HALF_A_YEAR:
        yield Concern(ConcernKind.RESOLVED_EARLY)
    workflow = workflow_of(store, case.workflow, case.workflow_version)
    can_end = any(workflow.leading_from(case.state, Event.RESOLUTION_PROPOSED))
    looked = [entry.happened_on for entry in entries if entry.event in _LOOKS]
    if can_end and (today - max(looked)).days > HALF_A_YEAR:
        yield Concern(ConcernKind.NOT_LOOKED_AT)


# Events at which somebody looked at the household again, or decided on it.
_LOOKS: Final = {
    Event.HOME_VISIT_RECORDED,
    Event.HOUSEHOLD_RECORDED,
    Event.COUNTY_APPROVED,
    Event.RESOLUTION_PROPOSED,
    Event.RESOLUTION_DROPPED,
}


def _written(entries: Sequence[HistoryEntry], name: str) -> str | None:
    """Return the first ISO date that was written down under *name*."""
    return next((entry.details[name] for entry in entries if name in entry.details), None)
