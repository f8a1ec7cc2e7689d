"""Scenario files: what a person does until the receipt comes, the same on every channel."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

FILE: Final = Path(__file__).parent / "scenarios.toml"


class Hand(Protocol):
    """A person's hand on some channel."""

    def say(self, text: str) -> object:
        """Send a typed message."""
        ...

    def tap(self, label: str) -> object:
        """Press the button that begins with *label*."""
        ...


@dataclass(frozen=True)
class Step:
    """One thing that a person does: exactly one of both."""

    say: str = ""
    tap: str = ""


@dataclass(frozen=True)
class Scenario:
    """A person's way to the receipt. ``returning``: he goes on where the first scenario ended."""

    name: str
    steps: tuple[Step, ...]
    returning: bool = False

    @property
    def typed(self) -> int:
        """How many messages are typed."""
        return sum(bool(step.say) for step in self.steps)

    @property
    def taps(self) -> int:
        """How many buttons are pressed."""
        return sum(bool(step.tap) for step in self.steps)


def load_scenarios() -> list[Scenario]:
    """Return the scenarios of the file, in order."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return [
        Scenario(one["name"], tuple(Step(**step) for step in one["steps"]), one.get("returning", False))
        for one in content["scenario"]
    ]


def walk(scenario: Scenario, hand: Hand) -> None:
    """Do every step of *scenario* with *hand*."""
    for step in scenario.steps:
        if step.say:
            hand.say(step.say)
        else:
            hand.tap(step.tap)
