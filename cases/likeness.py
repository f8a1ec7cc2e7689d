"""How likely two reports are about one household: by how the names sound, telephone, place, kin and what happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cases.report import Cause, canonical_phone
from language.sounds import sound_key, sound_similarity

THRESHOLD: Final = 3.6
"""From here on two reports may be about one household. Fitted on the tune half of the synthetic households."""

_TOWNSHIP_DIGITS: Final = 9
_NEARLY_SOUNDS: Final = 0.8
_UNLIKE: Final = 0.5
_RETOLD: Final = 0.3
_LEAST_TO_COMPARE: Final = 8


class Ground(StrEnum):
    """A reason to think that two reports are about one household."""

    SAME_NAME = "same_name"
    SAME_SOUND = "same_sound"
    NEAR_SOUND = "near_sound"
    NAMED_IN_STORY = "named_in_story"
    SAME_PHONE = "same_phone"
    NEAR_PHONE = "near_phone"
    SAME_VILLAGE = "same_village"
    SAME_TOWNSHIP = "same_township"
    SAME_GROUP = "same_group"
    SAME_CAUSE = "same_cause"
    SAME_EVENT = "same_event"


_WEIGHTS: Final = {
    Ground.SAME_NAME: 3.0,
    Ground.SAME_SOUND: 2.6,
    Ground.NEAR_SOUND: 1.4,
    Ground.NAMED_IN_STORY: 2.6,
    Ground.SAME_PHONE: 2.6,
    Ground.NEAR_PHONE: 1.4,
    Ground.SAME_VILLAGE: 1.2,
    Ground.SAME_TOWNSHIP: 0.4,
    Ground.SAME_GROUP: 0.6,
    Ground.SAME_CAUSE: 0.4,
    Ground.SAME_EVENT: 0.6,
}
_OTHER_VILLAGE, _OTHER_TOWNSHIP, _OTHER_GROUP = 1.5, 3.0, 1.2
_OTHER_PEOPLE, _OF_ONE_FAMILY, _SHARED_PHONE = 2.0, 3.4, 2.2


@dataclass(frozen=True)
class Household:
    """What a report tells of a household. ``kin``: the person who reported for it, empty for one of its own.

    ``shared_phone``: the telephone serves several households, such as a cadre's.
    """

    name: str
    phone: str
    area_code: str
    group: str = ""
    causes: tuple[Cause, ...] = ()
    story: str = ""
    kin: str = ""
    shared_phone: bool = False


@dataclass(frozen=True)
class Likeness:
    """How alike two reports are, and what speaks for it."""

    score: float
    grounds: tuple[Ground, ...]

    @property
    def may_be_same(self) -> bool:
        """Tell whether people should be asked."""
        return self.score >= THRESHOLD


def compare(one: Household, other: Household) -> Likeness:
    """Return how likely both are one household. Symmetric."""
    grounds = tuple(_grounds(one, other))
    against = _against_place(one, other) + _against_people(one, other, grounds)
    return Likeness(round(sum(_WEIGHTS[ground] for ground in grounds) - against, 3), grounds)


def _grounds(one: Household, other: Household) -> Iterator[Ground]:
    name = _by_name(one, other)
    if name is not None:
        yield name
    if name is None and (_names(one, other) or _names(other, one)):
        yield Ground.NAMED_IN_STORY
    phone = _by_phone(one.phone, other.phone)
    if phone is not None:
        yield phone
    place = _by_place(one.area_code, other.area_code)
    if place is not None:
        yield place
    if one.group and one.group == other.group and place is Ground.SAME_VILLAGE:
        yield Ground.SAME_GROUP
    if one.causes[:1] == other.causes[:1] and one.causes:
        yield Ground.SAME_CAUSE
    if _retold(one.story, other.story):
        yield Ground.SAME_EVENT


def _by_name(one: Household, other: Household) -> Ground | None:
    if one.name == other.name:
        return Ground.SAME_NAME
    if sound_key(one.name) == sound_key(other.name):
        return Ground.SAME_SOUND
    same_family = sound_key(one.name[:1]) == sound_key(other.name[:1])
    alike = same_family and len(one.name) == len(other.name)
    return Ground.NEAR_SOUND if alike and sound_similarity(one.name, other.name) >= _NEARLY_SOUNDS else None


def _names(teller: Household, named: Household) -> bool:
    """Tell whether one report names the other's householder: a wife tells of her husband."""
    return named.name == teller.kin or (len(named.name) > 1 and named.name in teller.story)


def _by_phone(one: str, other: str) -> Ground | None:
    mine, theirs = canonical_phone(one), canonical_phone(other)
    if not mine or not theirs:
        return None
    if mine == theirs:
        return Ground.SAME_PHONE
    wrong = [place for place, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b]
    swapped = len(wrong) == 2 and wrong[1] - wrong[0] == 1 and sorted(mine) == sorted(theirs)
    return Ground.NEAR_PHONE if len(mine) == len(theirs) and (len(wrong) == 1 or swapped) else None


def _by_place(one: str, other: str) -> Ground | None:
    if one == other and len(one) > _TOWNSHIP_DIGITS:
        return Ground.SAME_VILLAGE
    return Ground.SAME_TOWNSHIP if one.startswith(other) or other.startswith(one) else None


def _against_place(one: Household, other: Household) -> float:
    if _by_place(one.area_code, other.area_code) is None:
        same_township = one.area_code[:_TOWNSHIP_DIGITS] == other.area_code[:_TOWNSHIP_DIGITS]
        return _OTHER_VILLAGE if same_township else _OTHER_TOWNSHIP
    return _OTHER_GROUP if one.group and other.group and one.group != other.group else 0.0


def _against_people(one: Household, other: Household, grounds: tuple[Ground, ...]) -> float:
    """Weigh what speaks against one household: other names, a telephone that many use."""
    shared = one.shared_phone or other.shared_phone
    against = _SHARED_PHONE if shared and Ground.SAME_PHONE in grounds else 0.0
    known = {Ground.SAME_NAME, Ground.SAME_SOUND, Ground.NEAR_SOUND, Ground.NAMED_IN_STORY, Ground.SAME_PHONE}
    if not known.intersection(grounds):
        return against + _OTHER_PEOPLE
    told = {Ground.SAME_NAME, Ground.SAME_SOUND, Ground.NAMED_IN_STORY}
    return against + (_OF_ONE_FAMILY if _are_kin(one.name, other.name) and not told.intersection(grounds) else 0.0)


def _are_kin(one: str, other: str) -> bool:
    """Tell whether two people bear one family name and given names of another sound: brothers, a father and a son."""
    return one[:1] == other[:1] and sound_key(one[1:]) != sound_key(other[1:]) and _NICK not in (one[1:2], other[1:2])


_NICK: Final = "老"


def _retold(one: str, other: str) -> bool:
    """Tell whether both stories share much of their wording beyond what every story has."""
    mine, theirs = _pairs(one), _pairs(other)
    least = min(len(mine), len(theirs))
    return least >= _LEAST_TO_COMPARE and len(mine & theirs) / least >= _RETOLD


def _pairs(story: str) -> frozenset[str]:
    return frozenset(story[at : at + 2] for at in range(len(story) - 1) if story[at : at + 2].isalnum())
