"""Answers of the bundled knowledge on three channels: they fit a phone, say it plainer, show their source."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.conversation.reading import Answers
from knowledge.knowledge import Knowledge
from settings.load import load_settings
from settings.schema import Settings
from storage.keys import load_or_create_key
from storage.stores import Stores
from tests.scenarios.test_scenarios import CHANNELS, Clock, Open, clock, open_hand, read_scenarios, stores, take

__all__ = ["clock", "open_hand", "stores"]  # the fixtures of the scenarios
SCENARIOS = read_scenarios("answers")
# A phone of 360 points shows about so many characters a line, and so many lines above the keyboard's place.
ACROSS, DOWN = 20, 26


@pytest.fixture
def settings(root: Path, indexed: Path) -> Settings:
    return load_settings(root / "config.toml", indexed, environ={})


@pytest.fixture
def key(indexed: Path) -> bytes:
    return load_or_create_key(indexed, None)


@pytest.fixture
def answers(settings: Settings) -> Answers:
    return Knowledge(settings)


def lines_on_a_phone(text: str) -> int:
    return sum(max(1, -(-len(line) // ACROSS)) for line in text.split("\n"))


@pytest.mark.parametrize("channel", CHANNELS)
def test_an_answer_is_read_plainer_whole_and_at_its_source(open_hand: Open, stores: Stores, clock: Clock) -> None:
    hand, store = open_hand(), stores.here()
    for step in (step for scenario in SCENARIOS.values() for step in scenario["steps"]):
        take(hand, step, store, clock)
        hand.hears(step.get("hears", ""))
        for words in step.get("lacks", ()):
            assert words not in hand.heard()
        if step.get("fits"):
            answer, _, source = hand.heard().rpartition("出处：")
            assert lines_on_a_phone(answer + source.partition("\n")[0]) <= DOWN
            assert not any(words in source for words in ("注意：", "下一步：", "数都没有改"))
