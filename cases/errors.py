"""Why an action on a case is refused. Each leaf carries a code and precise fields; the wording is the reader's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


class CasesError(Exception):
    """Root of all refusals of this room. ``code`` maps to a sentence for people."""

    code = "cases.error"

    @property
    def params(self) -> dict[str, Any]:
        """What the refusal says precisely, as JSON values: dates and instants in ISO form."""
        return {name: _json(value) for name, value in vars(self).items()}


class WorkflowError(CasesError):
    """A workflow file cannot be used. ``problems`` are one line each: file, line, key, what is wrong."""

    code = "cases.workflow"

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class CalendarError(CasesError):
    """A calendar file cannot be used."""

    code = "cases.calendar"


class InvalidReportError(CasesError):
    """A report lacks required fields or holds values that cannot be. ``fields`` names them all."""

    code = "cases.invalid_report"

    def __init__(self, *, fields: Sequence[str]) -> None:
        super().__init__(f"report fields missing or wrong: {', '.join(fields)}")
        self.fields = tuple(fields)


class CaseNotFoundError(CasesError):
    """There is no such case, or none that this actor may know of: the two look alike."""

    code = "cases.not_found"

    def __init__(self) -> None:
        super().__init__("no such case")


class NotPermittedError(CasesError):
    """The actor sees the case, but none of his roles may do this. ``roles`` may."""

    code = "cases.not_permitted"

    def __init__(self, *, event: str, roles: Sequence[str]) -> None:
        super().__init__(f"{event} needs one of: {', '.join(roles) or 'nobody'}")
        self.event = event
        self.roles = tuple(roles)


class NotPossibleError(CasesError):
    """The case does not stand where this can be done."""

    code = "cases.not_possible"

    def __init__(self, *, event: str, state: str) -> None:
        super().__init__(f"{event} is not possible in state {state}")
        self.event = event
        self.state = state


def _json(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Change):
        return {"event": value.event, "by": value.by, "at": value.at.isoformat()}
    return [_json(part) for part in value] if isinstance(value, tuple) else value


@dataclass(frozen=True)
class Change:
    """One thing that happened to a case: the event, who did it (officer name, or empty), and when."""

    event: str
    by: str
    at: datetime


class StaleVersionError(CasesError):
    """Someone changed the case since the actor looked. ``changes`` says what, oldest first."""

    code = "cases.stale"

    def __init__(self, *, seen: int, current: int, changes: Sequence[Change]) -> None:
        super().__init__(f"version {seen} was seen, version {current} is current")
        self.seen = seen
        self.current = current
        self.changes = tuple(changes)


class AlreadyClaimedError(CasesError):
    """Another officer holds the case. ``holder`` is his name."""

    code = "cases.already_claimed"

    def __init__(self, *, holder: str) -> None:
        super().__init__("the case is held by another officer")
        self.holder = holder


class MissingFieldsError(CasesError):
    """The event needs more than was given. ``fields`` names all that is missing, once and in full."""

    code = "cases.missing_fields"

    def __init__(self, *, event: str, fields: Sequence[str]) -> None:
        super().__init__(f"{event} lacks: {', '.join(fields)}")
        self.event = event
        self.fields = tuple(fields)


class SecondPersonError(CasesError):
    """Two persons are needed, and this actor was the first. ``earlier`` is what he did."""

    code = "cases.second_person"

    def __init__(self, *, event: str, earlier: str) -> None:
        super().__init__(f"{event} needs another person than the one who did {earlier}")
        self.event = event
        self.earlier = earlier


class NoProposalError(CasesError):
    """There is no open proposal to decline this case."""

    code = "cases.no_proposal"

    def __init__(self) -> None:
        super().__init__("no open proposal to decline")


class ProposalOpenError(CasesError):
    """A proposal to decline is open; it must be confirmed or sent back first."""

    code = "cases.proposal_open"

    def __init__(self) -> None:
        super().__init__("a proposal to decline is open")


class TooEarlyError(CasesError):
    """A span that must last a number of days has not run out. It does on ``ends_on``."""

    code = "cases.too_early"

    def __init__(self, *, event: str, ends_on: date) -> None:
        super().__init__(f"{event} is possible from {ends_on.isoformat()}")
        self.event = event
        self.ends_on = ends_on


class WrongDateError(CasesError):
    """A date of a record cannot be: later than today or before what it must follow."""

    code = "cases.wrong_date"

    def __init__(self, *, field: str, given: date, earliest: date, latest: date) -> None:
        super().__init__(f"{field}: {given.isoformat()} is not within {earliest.isoformat()}..{latest.isoformat()}")
        self.field = field
        self.given = given
        self.earliest = earliest
        self.latest = latest


class NoTaskError(CasesError):
    """The event exists to do a task, and no such task is open."""

    code = "cases.no_task"

    def __init__(self, *, event: str) -> None:
        super().__init__(f"no open task for {event}")
        self.event = event


class TasksOpenError(CasesError):
    """The event must wait until ``tasks`` are done."""

    code = "cases.tasks_open"

    def __init__(self, *, event: str, tasks: Sequence[str]) -> None:
        super().__init__(f"{event} waits for: {', '.join(tasks)}")
        self.event = event
        self.tasks = tuple(tasks)


class RecusedError(CasesError):
    """The actor stepped back from this case (回避)."""

    code = "cases.recused"

    def __init__(self, *, event: str) -> None:
        super().__init__(f"{event} is not for who recused himself")
        self.event = event


class NotHolderError(CasesError):
    """Only who holds the case (or, to pass it on, those above him) may do this."""

    code = "cases.not_holder"

    def __init__(self, *, event: str) -> None:
        super().__init__(f"{event} is for the holder")
        self.event = event


class CannotHoldError(CasesError):
    """The officer cannot take this case. ``why``: role, away, recused or holds (he has it already)."""

    code = "cases.cannot_hold"

    def __init__(self, *, why: str) -> None:
        super().__init__(f"the officer cannot hold the case: {why}")
        self.why = why


class ChecklistError(CasesError):
    """Statements that must hold before the end of monitoring were not confirmed. ``unmet`` are their texts."""

    code = "cases.checklist"

    def __init__(self, *, unmet: Sequence[str]) -> None:
        super().__init__(f"{len(unmet)} statements not confirmed")
        self.unmet = tuple(unmet)


class SheetError(CasesError):
    """A household sheet lacks fields or holds values that cannot be. ``fields`` are labels, with the member's row."""

    code = "cases.sheet"

    def __init__(self, *, missing: Sequence[str], wrong: Sequence[str]) -> None:
        super().__init__(f"{len(missing)} fields missing, {len(wrong)} wrong")
        self.missing = tuple(missing)
        self.wrong = tuple(wrong)


class LinkInvalidError(CasesError):
    """A one-time link is unknown, used or expired: the three look alike."""

    code = "cases.link_invalid"

    def __init__(self) -> None:
        super().__init__("the one-time link does not work")


class OfficerNotFoundError(CasesError):
    """No officer of that number or name."""

    code = "cases.officer_not_found"

    def __init__(self) -> None:
        super().__init__("no such officer")


class OfficerAmbiguousError(CasesError):
    """More than one officer has that name. ``numbers`` tells them apart."""

    code = "cases.officer_ambiguous"

    def __init__(self, *, numbers: Sequence[int]) -> None:
        super().__init__(f"several officers: {', '.join(map(str, numbers))}")
        self.numbers = tuple(numbers)


class ScopeError(CasesError):
    """The area is too wide for the role. ``digits`` is the shortest area code the role may have."""

    code = "cases.scope"

    def __init__(self, *, role: str, digits: int) -> None:
        super().__init__(f"{role} needs an area code of at least {digits} digits")
        self.role = role
        self.digits = digits


class TooManyLookupsError(CasesError):
    """This chat asked for progress too often without success. ``minutes`` to wait."""

    code = "cases.too_many_lookups"

    def __init__(self, *, minutes: int) -> None:
        super().__init__(f"too many look-ups, wait {minutes} minutes")
        self.minutes = minutes


class PaperNotFoundError(CasesError):
    """There is no such notice, meeting, referral or objection, or none that this officer may know of."""

    code = "cases.paper_not_found"

    def __init__(self) -> None:
        super().__init__("no such paper")


class PaperItemError(CasesError):
    """One case on a paper was refused, and with it the paper. ``reason`` and ``fields`` are of the refusal itself."""

    code = "cases.paper_item"

    def __init__(self, *, receipt: str, refused: CasesError) -> None:
        super().__init__(f"a case on the paper: {refused.code}")
        self.receipt = receipt
        self.reason = refused.code
        self.fields = refused.params


class PaperMixedError(CasesError):
    """The cases do not go on one paper. ``why``: nothing, area or purpose."""

    code = "cases.paper_mixed"

    def __init__(self, *, why: str) -> None:
        super().__init__(f"these cases do not go on one paper: {why}")
        self.why = why


class PaperStateError(CasesError):
    """The paper does not stand where this can be done with it. ``why`` says what is the matter."""

    code = "cases.paper_state"

    def __init__(self, *, why: str) -> None:
        super().__init__(f"not possible with this paper: {why}")
        self.why = why


class LeakError(CasesError):
    """Something would hang in public that must not. ``leaks``: receipt, field, kind and the words, numbers masked."""

    code = "cases.leak"

    def __init__(self, *, leaks: Sequence[Mapping[str, str]]) -> None:
        super().__init__(f"{len(leaks)} things that must not hang in public")
        self.leaks = tuple(leaks)


class MeetingMissingError(CasesError):
    """No record of a meeting on ``held_on`` names this case: it cannot pass without one."""

    code = "cases.meeting_missing"

    def __init__(self, *, held_on: date) -> None:
        super().__init__(f"no meeting on {held_on.isoformat()} names the case")
        self.held_on = held_on


class CountError(CasesError):
    """Numbers of a meeting contradict each other. ``why``: quorum, attended, votes or recused."""

    code = "cases.count"

    def __init__(self, *, why: str) -> None:
        super().__init__(f"the numbers contradict each other: {why}")
        self.why = why


class ProofMissingError(CasesError):
    """Told counts only with proof. ``fields`` are what is missing from it."""

    code = "cases.proof_missing"

    def __init__(self, *, fields: Sequence[str]) -> None:
        super().__init__(f"proof lacks: {', '.join(fields)}")
        self.fields = tuple(fields)
