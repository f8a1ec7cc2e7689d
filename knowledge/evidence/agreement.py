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
    predicate,
    stated_pairs,
    wants,
)
from knowledge.evidence.clauses import Clause, most_alike

_HEAD: Final = 4
_ABLE: Final = re.compile(r"(?<!不)能(?!力)|[都也就]行|也算")
_COMES_TRUE: Final = re.compile(r"就(?:能|会|可以|一定)([领拿发给评纳列得享批][\u3400-\u9fff])")
_COMING: Final = re.compile("能|可以|会|就|都|要|给|发")
_COVERED: Final = {
    Force.DENIED: (Force.FORBIDDEN, Force.UNABLE, Force.NEEDLESS),
    Force.UNABLE: (Force.FORBIDDEN, Force.DENIED),
    Force.FORBIDDEN: (Force.UNABLE,),
}
_OLD: Final = re.compile(r"[老旧](?:数|标准|办法|额度|规定|政策|说法|叫法|比例)|以前的|早年")
_OUTDATED: Final = re.compile(
    r"(?:这?是?[老旧](?:数|标准|办法|额度|规定|政策|说法|叫法|比例)|现在|早就?|已经|都|也|这个|那个)*(?:不能?|不得)再?(?:按它|按那个)?(?:用|算|算数|作数)了?"
)
_AFFIRMS: Final = re.compile(r"可以(?:$|\d{3})")
_OPEN: Final = re.compile(r"(?:是否|还是否)[是要有]?([\u3400-\u9fff]{2,8})")
_ASKING: Final = re.compile(r"是否|[问哪谁几多]|没有|犯疑|[吗呢？]|看(?!病)|核实|不一定|要是|如果|可能")
_NAME: Final = 6
_SURE: Final = 3
_ODD: Final = 2
_ADVICE: Final = re.compile(
    r"可以(?:先|再|也|直接|自己|口头|书面|同时|一起)*(?:问|找|打|去|向|到|在|报|说(?!明)|发|写)"
)


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
    if _OUTDATED.fullmatch(clause.text) and any(_OLD.search(ground.text) for ground in grounds):
        return False
    mine = [one for one in clause.assertions if one.is_negative and one.tail]
    named = clause.denied_behind and len(clause.text) <= _NAME
    return any(not _denied_in(one, clause, grounds) for one in mine) or (not named and _states_denied(clause, grounds))


def leaves_open(clause: Clause, grounds: Sequence[Clause]) -> bool:
    """Tell whether a clause states what its sources only ask: 2026年照旧 of 2026年是否照旧，没有核实到."""
    if _ASKING.search(clause.text):
        return False
    asked = {
        pair
        for ground in grounds
        for one in _OPEN.finditer(ground.text)
        if "由" not in one[1]
        for pair in pairs(one[1])
    }
    asked = {pair for pair in asked if not pair.endswith(END)}
    stated = {pair for ground in grounds for pair in pairs(_OPEN.sub(" ", ground.text))}
    return bool((asked - stated) & set(pairs(clause.text)))


def misordered(clause: Clause, grounds: Sequence[Clause], nearest: Sequence[Clause]) -> Force | None:
    """Return the force of an order or a permission that no source clause on the same matter has."""
    for one in clause.assertions:
        if _only_advises(one, clause, grounds) or _only_affirms(one, clause, nearest):
            continue
        if one.force in (Force.ORDERED, Force.ALLOWED) and not _forced_in(one, grounds, nearest):
            return one.force
    if any(not _may_come_true(found[1], grounds) for found in _COMES_TRUE.finditer(clause.text)):
        return Force.ALLOWED
    for one in wants(clause.text):
        about = [ground for ground in grounds if one.head in set(pairs(ground.text))]
        if about and all(_only_allows(ground, one.head) for ground in about):
            return Force.ORDERED
    return None


def _may_come_true(verb: str, grounds: Sequence[Clause]) -> bool:
    """Tell whether a source clause says that what a verb promises comes true."""
    return any(verb in ground.text and _COMING.search(ground.text) and not _denies(ground, verb) for ground in grounds)


def _denies(ground: Clause, verb: str) -> bool:
    return any(verb in one.tail for one in ground.assertions if one.is_negative)


def _only_advises(one: Assertion, clause: Clause, grounds: Sequence[Clause]) -> bool:
    """Tell whether 可以 only softens where to ask or to go, which the source neither orders nor forbids."""
    if one.force is not Force.ALLOWED or not _ADVICE.match(clause.text, one.start):
        return False
    strict = (Force.ORDERED, Force.FORBIDDEN, Force.UNABLE, Force.NEEDLESS)
    return not any(
        other.force in strict and set(pairs(other.tail)) & set(pairs(one.tail))
        for ground in grounds
        for other in ground.assertions
    )


def _only_affirms(one: Assertion, clause: Clause, nearest: Sequence[Clause]) -> bool:
    """Tell whether 可以 at the end of a clause, or before a telephone number, says no more than 行."""
    if one.force is not Force.ALLOWED or any(other.is_negative for ground in nearest for other in ground.assertions):
        return False
    return bool(_AFFIRMS.match(clause.text, one.start) or _AFFIRMS.match(clause.text, one.stop - len("可以")))


def _parity(clause: Clause) -> int:
    return sum(one.is_negative for one in clause.assertions) % _ODD


def _denied_in(one: Assertion, clause: Clause, grounds: Sequence[Clause]) -> bool:
    denied = [
        other.tail + predicate(ground.text, other)
        for ground in grounds
        for other in ground.assertions
        if _covers(other.force, one.force)
    ]
    if _reworded_denial(one, clause, grounds):
        return True
    if not any(set(one.tail[:_HEAD]) & set(tail) for tail in denied):
        return False
    if len(one.tail) == 1 and any(tail[0] == one.tail for tail in denied if tail):
        return True
    holding = [ground for ground in grounds if one.head in set(pairs(ground.text))]
    mine = {pair for pair in pairs(one.tail) if not pair.endswith(END)} | {one.head}
    return not holding or any(mine & denied_pairs(ground.text) for ground in most_alike(clause, holding))


def _reworded_denial(one: Assertion, clause: Clause, grounds: Sequence[Clause]) -> bool:
    """Tell whether the source clauses surely on the same matter deny as often, and state nothing of what is denied."""
    same = [
        ground
        for ground in most_alike(clause, grounds)
        if sum(len(mark) > 1 for mark in ground.marks & clause.marks) >= _SURE
    ]
    told = {pair for pair in pairs(one.tail) if not pair.endswith(END)}
    return bool(same and told) and all(
        _parity(ground) == _parity(clause)
        and any(_covers(other.force, one.force) for other in ground.assertions)
        and not told & stated_pairs(ground.text)
        for ground in same
    )


def _states_denied(clause: Clause, grounds: Sequence[Clause]) -> bool:
    denied = {pair for ground in grounds for pair in denied_pairs(ground.text)}
    stated = {pair for ground in grounds for pair in stated_pairs(ground.text)}
    mine = stated_pairs(clause.text)
    if mine & (denied - stated) or any(_did(pair, clause.text) for pair in denied - stated):
        return True
    doubtful = mine & denied & stated
    holding = most_alike(clause, [ground for ground in grounds if doubtful & set(pairs(ground.text))])
    return bool(holding) and all(
        doubtful & (denied_pairs(ground.text) - stated_pairs(ground.text)) for ground in holding
    )


def _did(pair: str, text: str) -> bool:
    """Tell whether a clause says with 了 and more between that something was done: 写了认定标准的数 of 没有写数."""
    return pair[1] != END and bool(re.search(f"(?<![没有不]){pair[0]}了[^没不]{{0,6}}{pair[1]}", text))


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
    return ground.granted or bool(_ABLE.search(ground.text))


def _only_allows(ground: Clause, head: str) -> bool:
    forces = {other.force for other in assertions_of(ground.text) if head in set(pairs(other.tail))}
    return (
        bool(forces)
        and forces <= {Force.ALLOWED, Force.NEEDLESS, Force.FORBIDDEN, Force.UNABLE}
        and not wants(ground.text)
    )


def _covers(given: Force, said: Force) -> bool:
    """Tell whether what the source denies in one way may be denied in another: 不得 may become 不能 or 不, not back."""
    return given is said or given in _COVERED.get(said, ())
