"""The root of all refusals of this room."""

from __future__ import annotations

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
