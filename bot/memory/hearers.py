"""Who hears of a call. What the village must not know reaches no village account, and nobody hears a complaint
about himself."""

from __future__ import annotations

import re
from typing import Final

from bot.conversation.commands import CallReason
from cases.actors import SCOPE_DIGITS, Grant, Officer, Role
from cases.duty.roster import Lane
from cases.officers import all_officers
from language.normalise import fold
from storage.store import Store

# The lane by which the people on duty are called, again until one confirms.
LANES: Final = {
    CallReason.DANGER: Lane.DUTY,
    CallReason.VIOLENCE: Lane.PROTECTION,
    CallReason.CHILD: Lane.CHILD,
}
_HEARERS: Final = {
    CallReason.WISH: frozenset({Role.TOWNSHIP, Role.VILLAGE}),
    CallReason.DANGER: frozenset({Role.TOWNSHIP, Role.VILLAGE, Role.WORK_TEAM, Role.COUNTY}),
    CallReason.VIOLENCE: frozenset({Role.PROTECTION}),
    CallReason.CHILD: frozenset({Role.CHILD_WORKER}),
    CallReason.COMPLAINT: frozenset({Role.DISCIPLINE}),
}
# Who stands in while nobody holds the role that a lane is for.
_INSTEAD: Final = {
    CallReason.VIOLENCE: Role.TOWNSHIP,
    CallReason.CHILD: Role.TOWNSHIP,
    CallReason.COMPLAINT: Role.COUNTY,
}
_KEPT_FROM_VILLAGE: Final = frozenset(_INSTEAD)
_TITLES: Final = (
    "书记|支书|主任|村长|镇长|乡长|县长|局长|会计|文书|所长|站长|队长|组长|社长|委员|专干|网格员|干部|领导|同志|科长"
)
# A complaint about the township's own people goes past the township.
_TOWNSHIP_NAMED: Final = re.compile(
    r"镇长|乡长|镇书记|乡书记|镇政府|乡政府|[镇乡][上里](?:的|干部|领导|那个|管)|包村(?:干部|领导)"
)


def hears(officer: Officer, reason: CallReason, area: str) -> bool:
    """Tell whether a call of this reason is one of an officer's kind to hear, he himself apart."""
    return any(_covers(grant, area) and grant.role in _HEARERS[reason] for grant in officer.grants) and _may(
        officer, reason
    )


def hearers(store: Store, reason: CallReason, area: str, *, kept_from: frozenset[str], text: str = "") -> list[Officer]:
    """Return who hears of a call in *area*; where nobody holds the role of its lane, who stands in for him."""
    officers = [officer for officer in all_officers(store) if officer.id not in kept_from]
    found = [officer for officer in officers if hears(officer, reason, area)]
    if reason is CallReason.COMPLAINT and _TOWNSHIP_NAMED.search(text):
        found = [officer for officer in found if not _is_of_township(officer, area)]
    stand_in = _INSTEAD.get(reason)
    if found or stand_in is None:
        return found
    return [
        officer
        for officer in officers
        if _may(officer, reason) and any(_covers(grant, area) and grant.role is stand_in for grant in officer.grants)
    ]


def named_in(store: Store, text: str, area: str) -> frozenset[str]:
    """Return the officers around *area* whom a complaint names, by full name or by family name and title."""
    heard = fold(text)
    return frozenset(
        officer.id for officer in all_officers(store) if _near(officer, area) and _is_named(fold(officer.name), heard)
    )


def _is_named(name: str, text: str) -> bool:
    if name in text:
        return True
    family = name[:2] if len(name) > 3 else name[:1]
    return re.search(
        rf"{re.escape(family)}(?:某+|副|姓|的|[\u4e00-\u9fff]{{0,2}}?)(?:{_TITLES})", text
    ) is not None or (f"姓{family}" in text)


def _near(officer: Officer, area: str) -> bool:
    return any(_covers(grant, area) for grant in officer.grants)


def _may(officer: Officer, reason: CallReason) -> bool:
    return reason not in _KEPT_FROM_VILLAGE or not officer.is_of_village


def _covers(grant: Grant, area: str) -> bool:
    """Tell whether a grant covers the call's area, or may: where the area is wide or unknown, everybody within it
    from the township up hears."""
    wide = len(grant.scope) < SCOPE_DIGITS[Role.VILLAGE] and grant.scope.startswith(area)
    return grant.covers(area) or wide


def _is_of_township(officer: Officer, area: str) -> bool:
    """Tell whether an officer's own place is a township, not the county."""
    return all(len(grant.scope) >= SCOPE_DIGITS[Role.TOWNSHIP] for grant in officer.grants if _covers(grant, area))
