"""What was written down with an event, as JSON values, and what of it is missing."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from cases.details import DETAILS, Details
from cases.states import Event


def field_names(event: Event) -> tuple[str, ...]:
    """Return the names of the fields that *event* may carry."""
    return tuple(field.name for field in fields(DETAILS[event]))


def missing_fields(details: Details, required: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of *required* that are empty; a number may be zero."""
    return tuple(name for name in required if is_empty(getattr(details, name)))


def to_json(details: Details) -> dict[str, Any]:
    """Return the written fields as JSON values, dates in ISO form, empty fields left out."""
    return {name: _json(value) for name, value in asdict(details).items() if not is_empty(value)}


def to_sealable(details: Details) -> str:
    """Return the text that is sealed into the event's row."""
    return json.dumps(to_json(details), ensure_ascii=False)


def is_empty(value: object) -> bool:
    """Tell whether nothing was written; zero is something."""
    return value is None or value in ((), {}) or (isinstance(value, str) and not value.strip())


def _json(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
