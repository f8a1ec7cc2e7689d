"""What is written down with an event: the shape that every kind shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cases.states import Event


@dataclass(frozen=True)
class Details:
    """What is written down with one ``event``. ``on`` names the field that holds the day it happened, if any.

    ``ahead`` names the fields whose days may lie ahead.
    """

    event: ClassVar[Event]
    on: ClassVar[str] = ""
    ahead: ClassVar[tuple[str, ...]] = ()
