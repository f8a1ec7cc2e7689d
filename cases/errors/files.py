"""A file that the room reads cannot be used."""

from __future__ import annotations

from collections.abc import Sequence

from cases.errors.refusal import CasesError


class WorkflowError(CasesError):
    """A workflow file cannot be used. ``problems`` are one line each: file, line, key, what is wrong."""

    code = "cases.workflow"

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class CalendarError(CasesError):
    """A calendar file cannot be used."""

    code = "cases.calendar"
