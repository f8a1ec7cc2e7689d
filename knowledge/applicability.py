"""Whom a unit may be shown to, and whether its rule holds at a place and on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from knowledge.answer import Asker
from knowledge.standing import Audience, Authority, DocumentKind, Stage

# 过渡期 ran from 2021 to 2025; 常态化帮扶 began with 2026 (2026 年中央一号文件).
STAGE_ENDS = {Stage.CAMPAIGN: date(2020, 12, 31), Stage.TRANSITION: date(2025, 12, 31)}

_SEEN_BY: Mapping[Asker, frozenset[Audience]] = {
    Asker.VILLAGER: frozenset({Audience.PUBLIC}),
    Asker.CADRE: frozenset({Audience.PUBLIC, Audience.CADRE}),
    Asker.OFFICER: frozenset(Audience),
}


class Nearness(IntEnum):
    """How a rule's place lies to the asker's; greater is better."""

    ELSEWHERE = 0
    """Another place's rule, or one whose place is not known."""
    WITHIN = 1
    """A rule for a part of the asker's area; it may not reach him."""
    NATION = 2
    PROVINCE = 3
    CITY = 4
    COUNTY = 5
    TOWNSHIP = 6
    VILLAGE = 7


class Timing(StrEnum):
    """Whether a rule holds on a day."""

    IN_FORCE = "in_force"
    STAGE_OVER = "stage_over"
    """No end is written, but the period of policy that it was made for is over."""
    ENDED = "ended"
    NOT_YET = "not_yet"


def may_see(asker: Asker, audience: Audience) -> bool:
    """Tell whether what is meant for an audience may be shown to an asker."""
    return audience in _SEEN_BY[asker]


@dataclass(frozen=True)
class Standing:
    """
    What retrieval must know of a document or entry before it shows it.

    ``topic`` is shared by entries that answer one question for different places or periods, and is None for
    documents. ``document`` is the document that a passage belongs to, and ``kind`` its kind; both are None for
    entries.
    """

    topic: str | None
    document: str | None
    area: str | None
    audience: Audience
    authority: Authority
    kind: DocumentKind | None
    stage: Stage
    valid_from: date | None
    valid_to: date | None

    def may_be_seen_by(self, asker: Asker) -> bool:
        """Tell whether the audience of this unit includes the asker."""
        return may_see(asker, self.audience)

    def timing(self, day: date) -> Timing:
        """Tell whether the unit holds on a day."""
        if self.valid_from is not None and day < self.valid_from:
            return Timing.NOT_YET
        if self.valid_to is not None:
            return Timing.ENDED if day > self.valid_to else Timing.IN_FORCE
        end = STAGE_ENDS.get(self.stage)
        return Timing.STAGE_OVER if end is not None and day > end else Timing.IN_FORCE

    def nearness(self, area: str | None) -> Nearness:
        """Tell how near the unit's place is to an asker's area; unknown areas are near to the nation only."""
        if self.area is None:
            return Nearness.ELSEWHERE
        if self.area == "":
            return Nearness.NATION
        if area is None:
            return Nearness.ELSEWHERE
        if area.startswith(self.area):
            return _BY_LENGTH[len(self.area)]
        return Nearness.WITHIN if self.area.startswith(area) else Nearness.ELSEWHERE

    @property
    def is_policy(self) -> bool:
        """Tell whether this unit may ground a policy answer alone: no template, no single place's report."""
        return self.authority is not Authority.TEMPLATE and self.kind not in _NEVER_ALONE


_BY_LENGTH = {
    2: Nearness.PROVINCE,
    4: Nearness.CITY,
    6: Nearness.COUNTY,
    9: Nearness.TOWNSHIP,
    12: Nearness.VILLAGE,
}
_NEVER_ALONE = {DocumentKind.REPORT, DocumentKind.SPEECH, DocumentKind.SAMPLE}
