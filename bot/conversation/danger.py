"""Danger in a message: what cannot wait for a form, a search or an office.

Everything here errs towards hearing danger. What it must not do is invent one: livestock that starves, a policy
on drinking water or a wall in the yard is not a person in danger.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.conversation.lexicon import load_patterns
from bot.conversation.mishearing import hears
from cases.report import Danger


@dataclass(frozen=True)
class Alarm:
    """What a message tells of danger.

    ``violence`` is violence at home or against a child: the village is not told of it. ``at_once`` says that the
    emergency numbers come before any form or search; otherwise they go along with what was asked. ``leaning``: how
    sure the second ear is where it alone says so, 0 where the rules do.
    """

    dangers: tuple[Danger, ...] = ()
    violence: bool = False
    at_once: bool = False
    leaning: float = 0.0


NO_ALARM: Final = Alarm()
_CALM: Final = ("denied", "over", "news", "feared")
_CLAUSE: Final = re.compile(r"[^，。！？；\n]*[，。！？；\n]*")


def find_alarm(text: str) -> Alarm:
    """Return the danger that *text* (folded) speaks of; an empty alarm when there is none."""
    home = load_patterns("danger", "violence")["home"]
    violence = any(not _before(text, match, "taken_back", 6) for match in home.finditer(text))
    found = {danger for danger in Danger if _speaks_of(text, danger) or hears(text, danger)}
    if violence:
        found.add(Danger.BODILY_HARM)
    dangers = tuple(danger for danger in Danger if danger in found)
    return Alarm(dangers, violence, violence or _cannot_wait(text, _pressing(text, found)))


def without_calm(text: str) -> str:
    """Return *text* (folded) without the clauses that say themselves that nothing is to be feared now.

    It did not happen, it is over, it is news from elsewhere, or it is only imagined.
    """
    setting = load_patterns("danger", "setting")
    kept = setting["denied"].sub("", text)
    calm = [setting[name] for name in _CALM if name != "denied"]
    clauses = [clause for clause in _CLAUSE.findall(kept) if not any(one.search(clause) for one in calm)]
    return "".join(clauses).lstrip("，")


def find_calm(text: str) -> tuple[bool, ...]:
    """Tell of *text* (folded) which of the words of ``CALM`` it holds, and whether it tells of the past only."""
    said = (_anywhere(text, name) for name in _CALM)
    return (*said, _anywhere(text, "past") and not _anywhere(text, "now"))


CALM: Final = (*_CALM, "past")
"""What speaks against danger now, in the order of ``find_calm``."""


def _speaks_of(text: str, danger: Danger) -> bool:
    pattern = load_patterns("danger", "danger")[danger.name]
    return any(not _misleads(text, danger, match) for match in pattern.finditer(text))


def _misleads(text: str, danger: Danger, match: re.Match[str]) -> bool:
    if _before(text, match, "taken_back", 6) or _before(text, match, "once", 14) or _made_good(text, match):
        return True
    if danger in (Danger.HUNGER, Danger.NO_WATER):
        return _before(text, match, "cattle", 12) or _before(text, match, "imagined", 12)
    if danger is Danger.HOMELESS:
        return _before(text, match, "outbuilding", 1) or _before(text, match, "imagined", 12)
    if danger is Danger.BODILY_HARM:
        if "火" in match.group() and _anywhere(text, "burnt_out") and not _anywhere(text, "trapped"):
            return True
        return (_anywhere(text, "past") or _anywhere(text, "spent")) and not _anywhere(text, "now")
    return False


def _pressing(text: str, found: set[Danger]) -> set[Danger]:
    """Return the dangers without that of a house which is to be rebuilt: it has been about to fall for long."""
    rest = load_patterns("danger", "setting")["rebuilt"].sub("", text)
    return found if rest == text else {danger for danger in found if _speaks_of(rest, danger)}


def _cannot_wait(text: str, found: set[Danger]) -> bool:
    if found & {Danger.SUICIDE, Danger.BODILY_HARM}:
        return True
    if not found:
        return False
    if _anywhere(text, "now"):
        return True
    return not (_anywhere(text, "past") or _anywhere(text, "policy"))


def _before(text: str, match: re.Match[str], setting: str, reach: int) -> bool:
    pattern = load_patterns("danger", "setting")[setting]
    return pattern.search(text[max(0, match.start() - reach) : match.start()]) is not None


def _made_good(text: str, match: re.Match[str]) -> bool:
    return load_patterns("danger", "setting")["made_good"].search(text[match.end() :]) is not None


def _anywhere(text: str, setting: str) -> bool:
    return load_patterns("danger", "setting")[setting].search(text) is not None
