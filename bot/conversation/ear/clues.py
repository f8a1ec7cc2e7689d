"""What the rules hear in a message, as clues for the second ear."""

from __future__ import annotations

from typing import Final

from bot.conversation.children import find_child
from bot.conversation.danger import CALM, find_alarm, find_calm
from bot.conversation.lexicon import load_patterns
from bot.conversation.routing import Route, find_route, find_signals
from cases.report import Danger

_ROUTES: Final = tuple(route for route in Route if route not in (Route.QUESTION, Route.UNREADABLE))
# Tables of routes.toml.
_NAMED: Final = ("official", "order", "paper", "pays", "mine", "overdone", "addressed")
_SHORT, _LONG, _LONGEST = 6, 25, 60

CLUES: Final = (
    "at_once",
    "violence",
    "child",
    *(f"danger.{danger.value}" for danger in Danger),
    *(f"route.{route.value}" for route in _ROUTES),
    "household",
    "event",
    "desperate",
    "details",
    "asks_rule",
    "asks",
    "approached",
    *_NAMED,
    *CALM,
    "length",
    "short",
    "long",
)
"""Their names, in order."""


def find_clues(text: str) -> tuple[float, ...]:
    """Return the clues of *text* (folded), in the order of ``CLUES``; each lies about between 0 and 1."""
    named = load_patterns("routes", "clue")
    alarm, signals, route = find_alarm(text), find_signals(text), find_route(text)
    return (
        float(alarm.at_once),
        float(alarm.violence),
        float(find_child(text) is not None),
        *(float(danger in alarm.dangers) for danger in Danger),
        *(float(route is one) for one in _ROUTES),
        float(signals.household),
        float(signals.event),
        float(signals.desperate),
        signals.details / 3,
        float(signals.asks_rule),
        float(signals.asks),
        float(signals.approached),
        *(float(named[name].search(text) is not None) for name in _NAMED),
        *map(float, find_calm(text)),
        min(len(text), _LONGEST) / _LONGEST,
        float(len(text) <= _SHORT),
        float(len(text) > _LONG),
    )
