"""Which dates would follow from a date: every limit of a workflow, as if what starts it happened on that day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cases.calendar import Calendar, DueDate
from cases.rules import DeadlineRule, Workflow


@dataclass(frozen=True)
class WouldBe:
    """A limit with the date on which it would end."""

    rule: DeadlineRule
    due: DueDate


def would_be(workflow: Workflow, calendar: Calendar, start: date) -> Mapping[str, WouldBe]:
    """Return every limit of *workflow* by its key, counted from *start*."""
    return {key: WouldBe(rule, calendar.due_on(start, rule.days)) for key, rule in workflow.deadlines.items()}
