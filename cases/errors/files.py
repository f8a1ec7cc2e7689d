"""What the room leans on cannot be used: a file, or the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cases.errors.refusal import CasesError


class WorkflowError(CasesError):
    """A workflow file cannot be used. ``problems`` are one line each: file, line, key, what is wrong."""

    code = "cases.workflow"

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class ClockSetBackError(CasesError):
    """The machine's clock lies before what was written down at the instant ``written``."""

    code = "cases.clock_set_back"

    def __init__(self, *, written: datetime) -> None:
        super().__init__(f"the clock lies before {written.isoformat()}")
        self.written = written


class CalendarError(CasesError):
    """A calendar file cannot be used."""

    code = "cases.calendar"
