"""Why the workflow does not let a case go on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cases.errors.refusal import CasesError, Change


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


class StaleVersionError(CasesError):
    """Someone changed the case since the actor looked. ``changes`` says what, oldest first."""

    code = "cases.stale"

    def __init__(self, *, seen: int, current: int, changes: Sequence[Change]) -> None:
        super().__init__(f"version {seen} was seen, version {current} is current")
        self.seen = seen
        self.current = current
        self.changes = tuple(changes)


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


class NotUrgentError(CasesError):
    """The event ends an urgency, and the case is not urgent."""

    code = "cases.not_urgent"

    def __init__(self) -> None:
        super().__init__("the case is not urgent")


class ChecklistError(CasesError):
    """Statements that must hold before the end of monitoring were not confirmed. ``unmet`` are their texts."""

    code = "cases.checklist"

    def __init__(self, *, unmet: Sequence[str]) -> None:
        super().__init__(f"{len(unmet)} statements not confirmed")
        self.unmet = tuple(unmet)
