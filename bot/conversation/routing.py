"""Where a message belongs: a question, a hardship to report, a complaint, a trick, small talk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.conversation.causes import find_causes
from bot.conversation.grievance import complains
from bot.conversation.lexicon import load_patterns
from language.sounds import readings


class Route(StrEnum):
    """What the conversation does with a message that answers no question of its own."""

    QUESTION = "question"
    REPORT = "report"
    HARDSHIP = "hardship"
    PROGRESS = "progress"
    HUMAN = "human"
    FRAUD = "fraud"
    COMPLAINT = "complaint"
    FORGERY = "forgery"
    INJECTION = "injection"
    INSULT = "insult"
    SMALL_TALK = "small_talk"
    UNREADABLE = "unreadable"


_WRITTEN: Final = re.compile(r"[0-9a-z\u3400-\u9fff]")
# "Can you help us?" asks for help, not for a rule.
_PLEA: Final = re.compile(
    r"(?:可以|可不可以|能不能|能|请|求)(?:帮帮|帮助|救救|帮忙|管管|帮一下)(?:我们?|俺们?|一下)?[吗么]?[？。]?"
)
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_WORD: Final = re.compile(r"[^\W\d_]+")
_SHORTEST_NUMBER: Final = 5
_LONGEST_INITIALS: Final = 6
_MOSTLY_PINYIN: Final = 0.7
_BRIEF: Final = 30
_EDGES: Final = " 。,，!！?？~…、.;；\n"


@dataclass(frozen=True)
class Signals:
    """What speaks for a hardship of a household rather than for a question about a rule.

    ``details`` counts what only somebody concerned would give: a sum, a moment, a telephone number. ``approached``:
    somebody may want money, a code or a paper of the writer.
    """

    household: bool
    event: bool
    desperate: bool
    details: int
    asks_rule: bool
    asks: bool
    approached: bool

    @property
    def is_hardship(self) -> bool:
        """Tell whether the message tells of a hardship. A question about a rule never does."""
        if self.asks_rule or not (self.event or self.desperate):
            return False
        told = self.household + self.event + self.desperate + min(self.details, 2)
        if self.asks:
            return self.household and told >= 3 and self.details >= 1
        return told >= 2 and (self.household or self.details >= 1)


def find_signals(text: str) -> Signals:
    """Return what *text* (folded) gives away about itself."""
    heard = {name: pattern.search(text) is not None for name, pattern in load_patterns("routes", "signal").items()}
    asking, briefly = (load_patterns("routes", "signal")[name] for name in ("asks_rule", "asks_rule_briefly"))
    said = _PLEA.sub("", text)
    heard["asks_rule"] = bool(asking.search(said) or (len(text) <= _BRIEF and briefly.search(said)))
    return Signals(
        household=heard["household"],
        event=bool(find_causes(text)),
        desperate=heard["desperate"],
        details=heard["money"] + heard["moment"] + heard["phone"],
        asks_rule=heard["asks_rule"],
        asks=heard["asks"],
        approached=heard["approached"],
    )


def find_route(text: str) -> Route:
    """Return where *text* (folded) belongs when nothing else has been asked. Danger is not looked for here."""
    if _WRITTEN.search(text) is None:
        return Route.UNREADABLE
    if (whole := find_whole(text)) is not None:
        return whole
    for name, pattern in load_patterns("routes", "begins").items():
        if pattern.match(text):
            return Route[name]
    signals = find_signals(text)
    for name, pattern in load_patterns("routes", "within").items():
        if name == Route.INSULT.name and complains(text, asks=signals.asks_rule or signals.asks):
            return Route.COMPLAINT
        if name == Route.INSULT.name and signals.is_hardship:
            return Route.HARDSHIP
        if pattern.search(text):
            return Route[name]
    if is_foreign(text):
        return Route.UNREADABLE
    return Route.HARDSHIP if signals.is_hardship else Route.QUESTION


def find_whole(text: str) -> Route | None:
    """Return where *text* (folded) belongs when it is nothing but a turn of phrase that people use for that."""
    bare = text.strip(_EDGES)
    whole = load_patterns("routes", "whole").items()
    return next((Route[name] for name, pattern in whole if pattern.fullmatch(bare)), None)


def is_foreign(text: str) -> bool:
    """Tell whether *text* (folded) is in no writing that we read: neither characters nor pinyin nor initials."""
    if _HAN.search(text):
        return False
    words = _WORD.findall(text)
    if not words:
        return len(re.sub(r"\D", "", text)) < _SHORTEST_NUMBER
    pinyin = sum(bool(readings(word)) or (len(words) == 1 and len(word) <= _LONGEST_INITIALS) for word in words)
    return pinyin < _MOSTLY_PINYIN * len(words)
