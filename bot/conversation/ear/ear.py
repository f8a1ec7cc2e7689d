"""Hearing what the rules have no words for. It adds to the rules' alarms and never takes one back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import numpy as np
import structlog

from bot.conversation.children import find_child
from bot.conversation.danger import Alarm, find_calm, without_calm
from bot.conversation.ear.clues import find_clues
from bot.conversation.ear.fit import Fit, load_fit
from bot.conversation.routing import Route, Signals
from cases.report import Danger
from knowledge.embedder import Embedder, ModelMissingError

DANGER: Final = "danger."
VIOLENCE: Final = "violence"
_SHORTEST: Final = 3
_READ: Final = re.compile(r"[a-z\u3400-\u9fff]")
_WHOLE: Final = 180
_WINDOW: Final = 40
_SCRAP: Final = 10
_MOST_WINDOWS: Final = 16
_STOPS: Final = frozenset("。！？；\n")
_CLAUSE: Final = re.compile(r"[^，。！？；\n]*[，。！？；\n]*")

_log = structlog.get_logger()


@dataclass(frozen=True)
class Opinion:
    """
    What the second ear makes of a message.

    ``lanes`` are the probabilities of the whole, ``dangers`` the highest of any part of it.
    """

    lanes: Mapping[str, float] = field(default_factory=dict)
    dangers: Mapping[str, float] = field(default_factory=dict)
    alarm_from: float = 1.0
    leave_from: float = 1.0

    def widen(self, alarm: Alarm, signals: Signals, text: str) -> Alarm:
        """Return the rules' alarm with what they did not hear.

        A question about a rule that speaks of nobody here keeps its dangers, and the numbers before its answer, but
        is answered at once; so is one in which danger is only half heard.
        """
        if alarm.at_once and signals.asks_rule and self._only_asks and _HERE.search(text) is None:
            return Alarm(alarm.dangers)
        # Who has put down numbers, names and places writes a report: what he fears he says clearly.
        doubtful = _HAN.search(text) is None or find_child(text) is not None or signals.details > 0
        doubtful = doubtful or any(find_calm(text))
        # In a long story some part or other sounds like anything.
        doubts = doubtful + (len(text) > _STORY)
        told = sum(self.dangers.values())
        if told < self.alarm_from + _DOUBT * doubts or _ASKED_IN_PINYIN.search(text) is not None:
            return alarm
        loudest = max(self.dangers, key=lambda label: self.dangers[label] * (_NEARLY if label == VIOLENCE else 1))
        if self.dangers[loudest] < _CLEAR:
            return alarm
        violent = loudest == VIOLENCE or self.dangers.get(VIOLENCE, 0.0) >= _MAYBE_VIOLENT
        if alarm.at_once:
            return replace(alarm, violence=alarm.violence or violent)
        heard = Danger.BODILY_HARM if loudest == VIOLENCE else Danger(loudest.removeprefix(DANGER))
        dangers = tuple(danger for danger in Danger if danger in {*alarm.dangers, heard})
        if signals.asks_rule and told < self.alarm_from + _DOUBT:
            return Alarm(dangers, leaning=told)
        return Alarm(dangers, alarm.violence or violent, at_once=True, leaning=told)

    def settle(self, route: Route, signals: Signals, *, blameless: bool) -> Route:
        """
        Return where the message belongs, given where the rules would send it. *blameless*: no official is blamed.
        """
        lanes = {lane: share for lane, share in self.lanes.items() if lane in _LANES}
        if not lanes:
            return route
        likeliest = max(lanes, key=lambda lane: lanes[lane])
        if route is Route.UNREADABLE and likeliest != Route.INJECTION:
            return route
        if likeliest == Route.HARDSHIP and not (signals.household or signals.details):
            return route
        if likeliest == Route.COMPLAINT and blameless:
            return route
        if likeliest == Route.FRAUD and not signals.approached:
            return route
        doubts = 2 if route is Route.UNREADABLE else signals.asks_rule or signals.asks or route is Route.COMPLAINT
        return Route(likeliest) if lanes[likeliest] >= self.leave_from + _DOUBT * doubts else route

    @property
    def _only_asks(self) -> bool:
        return self.lanes.get(Route.QUESTION, 0.0) >= _SURE


# What is put as a question is one, and what is in letters may be anything, unless it is clearly something else.
_DOUBT: Final = 0.25
# A little of every danger is none of them.
_CLEAR: Final = 0.15
# What may as well be violence is taken for it: then the village is not told.
_NEARLY: Final = 1.25
_MAYBE_VIOLENT: Final = 0.33
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
# In letters alone a rule that is asked for sounds like anything; "zen me ban" is a cry for help.
_ASKED_IN_PINYIN: Final = re.compile(
    r"\A(?!.*[\u3400-\u9fff]).*"
    r"\b(?:zen ?me(?! ?ban\b)|duo ?shao|shen ?me|shen ?qing|cai ?liao|ji ?(?:tian|ge|nian)|na ?li)\b"
)
_STORY: Final = 60
_SURE: Final = 0.95
_HERE: Final = re.compile(r"[我俺咱额俄曹]|(?:正|现)在|今[天晚早夜]|昨[天晚夜]|马上|快")
_LANES: Final = frozenset(route.value for route in Route)
NO_OPINION: Final = Opinion()


class Ear:
    """Hears with the embedding model of the knowledge room; without the model that it was fitted with, nothing."""

    def __init__(self, embedder: Callable[[], Embedder], fit: Fit | None = None) -> None:
        self._load = embedder
        self._fit = fit or load_fit()

    def hear(self, text: str) -> Opinion:
        """Return what *text* (folded) means, no opinion where it is too short or the model is another."""
        if len(text) < _SHORTEST or _READ.search(text) is None or self._embedder is None:
            return NO_OPINION
        weighed = danger_windows(text)
        parts = list(dict.fromkeys([text[:_WHOLE], *weighed]))
        vectors = self._embedder.embed_queries(parts)
        clues = np.array([find_clues(part) for part in parts], np.float32)
        shares = self._fit.shares(vectors, clues)
        return Opinion(
            lanes={label: float(share[0]) for label, share in shares.items()},
            dangers=_loudest(shares, [parts.index(window) for window in weighed]),
            alarm_from=self._fit.alarm,
            leave_from=self._fit.leave,
        )

    @cached_property
    def _embedder(self) -> Embedder | None:
        """The model that the fit understands; None without it."""
        try:
            embedder = self._load()
        except ModelMissingError:
            _log.warning("ear.no_model")
            return None
        if embedder.model_id != self._fit.model_id:
            _log.info("ear.deaf", model=embedder.model_id, fitted=self._fit.model_id)
            return None
        return embedder


def _loudest(
    shares: Mapping[str, np.ndarray[tuple[int], np.dtype[np.float32]]], weighed: list[int]
) -> dict[str, float]:
    """Return the dangers of the one of the *weighed* parts in which they are loudest together; none without a part."""
    if not weighed:
        return {}
    dangers = {label: share for label, share in shares.items() if label == VIOLENCE or label.startswith(DANGER)}
    loudest = max(weighed, key=lambda part: float(sum(share[part] for share in dangers.values())))
    return {label: float(share[loudest]) for label, share in dangers.items()}


def danger_windows(text: str) -> list[str]:
    """Return the parts in which *text* (folded) is weighed for danger: what speaks of calm itself is left out."""
    return [window for window in windows(without_calm(text)) if len(window) >= _SHORTEST and _READ.search(window)]


def windows(text: str) -> Iterator[str]:
    """Yield the beginning of *text*, and if it is long its parts, whole clauses together, none of a word or two."""
    yield text[:_WHOLE]
    if len(text) <= _WINDOW:
        return
    window, count = "", 0
    clauses = [clause[:_WINDOW] for clause in _CLAUSE.findall(text) if clause]
    for at, clause in enumerate(clauses):
        over = len(window) + len(clause) > _WINDOW or window[-1:] in _STOPS
        last = at == len(clauses) - 1 and len(clause) < _SCRAP
        if len(window) >= _SCRAP and over and not last:
            yield window
            window, count = "", count + 1
            if count == _MOST_WINDOWS:
                return
        window += clause
    if window:
        yield window
