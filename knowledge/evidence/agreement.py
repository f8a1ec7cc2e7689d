"""Whether a clause denies, orders and allows what its source does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from knowledge.evidence.assertions import (
    END,
    Assertion,
    Force,
    assertions_of,
    bare,
    denied_pairs,
    pairs,
    stated_pairs,
    wants,
)
from knowledge.evidence.clauses import Clause, most_alike

_HEAD: Final = 4
_ABLE: Final = re.compile(r"(?<!不)能(?!力)|[都也就]行|也算")
_ODD: Final = 2
_ADVICE: Final = re.compile(r"可以(?:先|再|也|直接|自己|口头|书面|同时|一起)*(?:问|找|打|去|向|到|报|说(?!明)|发|写)")


def misdenied(clause: Clause, grounds: Sequence[Clause]) -> bool:
    """
    Tell whether a clause denies what its source does not deny, or states what its source denies.

    A clause that differs from one of the source only in its denials is wrong. Else a pair of characters behind a
    denial that the source has only without one, or the other way round, decides; where the source has both, the
    clause that is most alike decides.
    """
    core = bare(clause.text)
    same = most_alike(clause, [ground for ground in grounds if core and bare(ground.text) == core])
    if same:
        return not any(_parity(ground) == _parity(clause) for ground in same)
    mine = [one for one in clause.assertions if one.is_negative and one.tail]
    return any(not _denied_in(one, clause, grounds) for one in mine) or _states_denied(clause, grounds)


def misordered(clause: Clause, grounds: Sequence[Clause], nearest: Sequence[Clause]) -> Force | None:
    """Return the force of an order or a permission that no source clause on the same matter has."""
    for one in clause.assertions:
        if _only_advises(one, clause, grounds):
            continue
        if one.force in (Force.ORDERED, Force.ALLOWED) and not _forced_in(one, grounds, nearest):
            return one.force
    for one in wants(clause.text):
        about = [ground for ground in grounds if one.head in set(pairs(ground.text))]
        if about and all(_only_allows(ground, one.head) for ground in about):
            return Force.ORDERED
    return None


def _only_advises(one: Assertion, clause: Clause, grounds: Sequence[Clause]) -> bool:
    """Tell whether 可以 only softens where to ask or to go, which the source neither orders nor forbids."""
    if one.force is not Force.ALLOWED or not _ADVICE.match(clause.text, one.start):
        return False
    strict = (Force.ORDERED, Force.FORBIDDEN, Force.NEEDLESS)
    return not any(
        other.force in strict and set(pairs(other.tail)) & set(pairs(one.tail))
        for ground in grounds
        for other in ground.assertions
    )


def _parity(clause: Clause) -> int:
    return sum(one.is_negative for one in clause.assertions) % _ODD


def _denied_in(one: Assertion, clause: Clause, grounds: Sequence[Clause]) -> bool:
    others = [other for ground in grounds for other in ground.assertions if _covers(other.force, one.force)]
    if not any(set(one.tail[:_HEAD]) & set(other.tail) for other in others):
        return False
    if len(one.tail) == 1 and any(other.tail[0] == one.tail for other in others if other.tail):
        return True
    holding = [ground for ground in grounds if one.head in set(pairs(ground.text))]
    mine = {pair for pair in pairs(one.tail) if not pair.endswith(END)} | {one.head}
    return not holding or any(mine & denied_pairs(ground.text) for ground in most_alike(clause, holding))


def _states_denied(clause: Clause, grounds: Sequence[Clause]) -> bool:
    denied = {pair for ground in grounds for pair in denied_pairs(ground.text)}
    stated = {pair for ground in grounds for pair in stated_pairs(ground.text)}
    mine = stated_pairs(clause.text)
    if mine & (denied - stated):
        return True
    doubtful = mine & denied & stated
    holding = most_alike(clause, [ground for ground in grounds if doubtful & set(pairs(ground.text))])
    return bool(holding) and all(
        doubtful & (denied_pairs(ground.text) - stated_pairs(ground.text)) for ground in holding
    )


def _forced_in(one: Assertion, grounds: Sequence[Clause], nearest: Sequence[Clause]) -> bool:
    about = [ground for ground in grounds if one.head in set(pairs(ground.text))]
    close = [ground for ground in about if ground in nearest] or about or list(nearest)
    return any(_has_force(ground, one.force) for ground in close)


def _has_force(ground: Clause, force: Force) -> bool:
    if any(other.force is force for other in ground.assertions):
        return True
    if force is Force.ORDERED:
        return bool(wants(ground.text))
    # 能报, 能贷: what one is able to do one may do.
    return bool(_ABLE.search(ground.text))


def _only_allows(ground: Clause, head: str) -> bool:
    forces = {other.force for other in assertions_of(ground.text) if head in set(pairs(other.tail))}
    return bool(forces) and forces <= {Force.ALLOWED, Force.NEEDLESS, Force.FORBIDDEN} and not wants(ground.text)


def _covers(given: Force, said: Force) -> bool:
    """Tell whether what the source denies in one way may be denied in another: 不得 may become 不, not back."""
    return given is said or (said is Force.DENIED and given in (Force.FORBIDDEN, Force.NEEDLESS))
