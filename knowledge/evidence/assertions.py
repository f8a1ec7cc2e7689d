"""What a clause denies, forbids, orders and allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Force(StrEnum):
    """How a thing is said."""

    DENIED = "denied"
    FORBIDDEN = "forbidden"
    UNABLE = "unable"
    NEEDLESS = "needless"
    ORDERED = "ordered"
    ALLOWED = "allowed"


NEGATIVE: Final = frozenset({Force.DENIED, Force.FORBIDDEN, Force.UNABLE, Force.NEEDLESS})
_MARKS: Final = (
    (Force.FORBIDDEN, r"不得(?!不|低于|超过)|(?<![区分识个特性类级差告离])别(?![的人处县省地家项是])|勿"),
    (Force.UNABLE, r"不能"),
    (Force.NEEDLESS, r"不用"),
    (
        Force.DENIED,
        r"不(?!管|论|仅|但|同(?!意)|过(?!去)|断|寄宿|住校|低于|超过|高于|满|多于)|没有|未(?!来|成年|满)|非(?!常|寄宿)"
        r"|(?<!减)免(?!得)",
    ),
    (Force.ORDERED, r"必须"),
    (Force.ALLOWED, r"(?<!就)可以"),
)
_FORCE: Final = re.compile("|".join(f"(?P<{force.name}>{pattern})" for force, pattern in _MARKS))
_WANT: Final = re.compile(r"(?<![需主重只想还就若如是紧不])要(?![求是么紧点])")
_LIGHT: Final = re.compile(
    r"^(?:再|先|会|要|算(?!在)|等于(?!不)|当成|当作|能|可以|必须|得|用|有|被|把|给|到|就|都|直接|自己|向|由|找|在)+(?=.)"
)
_TAIL_RUN: Final = re.compile(r"[\u3400-\u9fff]{2,}?(?=[的了就也都但而却才]|[^\u3400-\u9fff]|$)|[\u3400-\u9fff]")
_HAN: Final = re.compile(r"[\u3400-\u9fff]+")
_UNBROKEN: Final = re.compile(r"(?:(?![也都就但而却才])[\u3400-\u9fff])+")
_BEFORE: Final = re.compile(r"[\u3400-\u9fff]+$")
_BARE: Final = re.compile(r"不得|不能|不用|没有|必须|可以|[不没未别勿用要能的了也都就]|[^\u3400-\u9fff\dA-Za-z]")
_TAIL: Final = 5
_VERB_AND_MORE: Final = 3
_VERB: Final = 2
END: Final = "|"


@dataclass(frozen=True)
class Assertion:
    """
    A mark such as 不得 at ``start`` with what it bears on, up to ``stop``.

    ``tail`` is mostly what stands behind the mark; behind a mark at the clause's end, what stands before it.
    """

    force: Force
    tail: str
    start: int
    stop: int

    @property
    def is_negative(self) -> bool:
        """Tell whether it says no in some way."""
        return self.force in NEGATIVE

    @property
    def head(self) -> str:
        """The first pair of characters of the tail, mostly its verb; a lone character is marked as such."""
        return self.tail[:2] if len(self.tail) > 1 else self.tail + END


def assertions_of(text: str) -> list[Assertion]:
    """Return the assertions of a clause in plain spelling, first to last."""
    return [_assertion(text, one, Force[one.lastgroup or ""]) for one in _FORCE.finditer(text)]


def wants(text: str) -> list[Assertion]:
    """Return what a clause says one has to do with a bare 要."""
    return [one for one in (_assertion(text, found, Force.ORDERED) for found in _WANT.finditer(text)) if one.tail]


def force_marks(text: str) -> list[tuple[int, int, Force]]:
    """Return where in a clause something is denied, ordered or allowed: start, stop and how."""
    return [(one.start(), one.end(), Force[one.lastgroup or ""]) for one in _FORCE.finditer(text)]


def without_forces(text: str) -> str:
    """Return a clause without the marks of denying, ordering and allowing."""
    return _FORCE.sub(" ", text)


def bare(text: str) -> str:
    """Return a clause without all that tells 不用还 from 要还."""
    return _BARE.sub("", text)


def pairs(text: str) -> Iterator[str]:
    """Yield the neighbouring pairs of Chinese characters, and the last character of each run as such."""
    for found in _HAN.finditer(text):
        run = found[0].replace("的", "") or found[0]
        yield from (run[place : place + 2] for place in range(len(run) - 1))
        if found.end() == len(text) or not text[found.end()].isdigit():
            yield run[-1] + END


def denied_pairs(text: str) -> frozenset[str]:
    """Return the pairs that a clause denies."""
    denials = [one for one in assertions_of(text) if one.is_negative]
    tails = [part for one in denials for part in (one.tail[:_VERB_AND_MORE], predicate(text, one)) if part]
    return frozenset(pair for tail in tails for pair in pairs(tail) if len(tail) == 1 or not pair.endswith(END))


def stated_pairs(text: str) -> frozenset[str]:
    """Return the pairs of a clause that none of its denials bears on."""
    for one in reversed([one for one in assertions_of(text) if one.is_negative]):
        # 消除比例不设: what a verb at the end denies stands before it.
        about = text[: one.start] if one.stop < len(text) or len(one.tail) > 1 else ""
        behind = text[one.stop :]
        text = f"{about} {behind[len(_run(behind)) :] if one.tail.startswith('是') else behind}"
    return frozenset(pairs(without_forces(text)))


def predicate(text: str, one: Assertion) -> str:
    """Return what 不是 denies at the end of what it bears on: 说了算 of 不是评议会一次说了算."""
    run = _run(text[one.stop :])
    return run[-_VERB:] if one.tail.startswith("是") and len(run) >= _VERB and "的" not in run[-_VERB:] else ""


def _run(text: str) -> str:
    found = _UNBROKEN.match(text)
    return found[0] if found else ""


def _assertion(text: str, mark: re.Match[str], force: Force) -> Assertion:
    behind = text[mark.end() :]
    skipped = len(behind) - len(behind.lstrip("“”先再"))
    light = _LIGHT.match(behind[skipped:])
    begin = mark.end() + skipped + (light.end() if light else 0)
    run = _TAIL_RUN.match(text, begin) or _TAIL_RUN.match(text, mark.end() + skipped)
    if run:
        # 不是评议会一次说了算 denies that it is one, not the meeting.
        tail = run[0][: _VERB if run[0].startswith("是") else _TAIL]
        return Assertion(force, tail, mark.start(), run.start() + len(tail))
    before = _BEFORE.search(text[: mark.start()])
    tail = before[0].rstrip("也都就才")[-4:] if before else ""
    return Assertion(force, tail, mark.start() - len(tail) if tail else mark.start(), mark.end())
