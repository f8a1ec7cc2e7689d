"""How a person was told, and what proves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from cases.details.details import Details
from cases.states import Event


class TellingMeans(StrEnum):
    """By which way a person was told. Its values are what people type."""

    CALL = "电话"
    DOOR = "上门"
    PAPER = "书面"


class Mark(StrEnum):
    """What proves that a person was told. Its values are what people type; a call leaves none."""

    NONE = "无"
    SIGNATURE = "签字"
    THUMBPRINT = "手印"
    REFUSED = "拒签"


@dataclass(frozen=True)
class Telling(Details):
    """How a reporter without a channel was told: by whom is the actor, when, how, to whom, and what proves it.

    ``witness`` saw a refusal to sign. ``photo`` is an attachment, such as of the signed paper.
    """

    event: ClassVar[Event] = Event.TOLD
    on: ClassVar[str] = "told_on"
    told_on: date
    means: TellingMeans | None = None
    to_whom: str = ""
    mark: Mark | None = None
    witness: str = ""
    photo: str = ""
    how: str = ""
