"""Turns a refusal of an inner room into something that can be worded: its code and its fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from typing import Protocol

from bot.conversation.findings import Refused
from bot.turn import Json


class Coded(Protocol):
    """An error with a code."""

    code: str


def refused(error: Coded) -> Refused:
    """Return the refusal that *error* is. Its fields are what the error carries, never its message."""
    return Refused(error.code, {name: to_json(value) for name, value in vars(error).items()})


def to_json(value: object) -> Json:
    """Return *value* as JSON: dates in ISO form, dataclasses by their fields."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {name: to_json(inner) for name, inner in asdict(value).items()}
    if isinstance(value, Mapping):
        return {str(name): to_json(inner) for name, inner in value.items()}
    if isinstance(value, Sequence):
        return [to_json(inner) for inner in value]
    return str(value)
