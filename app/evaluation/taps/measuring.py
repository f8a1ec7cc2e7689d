"""Walks the scenarios through the real conversation in a data folder of its own and counts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from app.evaluation.taps.scenarios import Scenario, load_scenarios, walk
from bot.conversation.conversation import Conversation
from bot.turn import Button, Turn
from bot.wording import word
from storage import outbox
from storage.store import Store

_CHANNEL = "terminal"
_RECEIPT = "notice.received"


class NoButtonError(LookupError):
    """The button that a scenario presses is not there."""


@dataclass
class TypingHand:
    """A hand at the terminal's channel, with the conversation behind it."""

    store: Store
    conversation: Conversation
    chat: str
    replies: int = 0
    receipts: int = 0
    _seen: int = 0
    _buttons: list[Button] = field(default_factory=list)
    _ids: Iterator[int] = field(default_factory=itertools.count)

    def say(self, text: str) -> None:
        """Send a typed message."""
        self._turn(text=text)

    def tap(self, label: str) -> None:
        """Press the button that begins with *label*.

        Raises:
            NoButtonError: there is none.
        """
        pressed = next((button for button in self._buttons if button.label.startswith(label)), None)
        if pressed is None:
            raise NoButtonError(f"{label}：{[button.label for button in self._buttons]}")
        self._turn(button=pressed.data)

    def _turn(self, *, text: str | None = None, button: str | None = None) -> None:
        now = datetime.now(UTC)
        turn = Turn(_CHANNEL, self.chat, f"{self.chat}.{next(self._ids)}", now, text=text, button=button)
        self.conversation.handle(self.store, turn, now=now, done=lambda _: None)
        items = outbox.for_chat(self.store, channel=_CHANNEL, chat=self.chat, after_seq=self._seen)
        self._seen = items[-1].seq if items else self._seen
        messages = [word(item.kind, item.params, personal_data=True) for item in items]
        self.replies += len(messages)
        self.receipts += sum(item.kind == _RECEIPT for item in items)
        self._buttons = [button for message in messages for row in message.buttons for button in row]


@dataclass(frozen=True)
class Walked:
    """A scenario that was walked. ``reached``: its receipt came."""

    scenario: Scenario
    replies: int
    reached: bool


def measure(store: Store, conversation: Conversation) -> list[Walked]:
    """Walk every scenario, a chat each; a returning person goes on in the chat of the first."""
    walked, first = [], TypingHand(store, conversation, "0")
    for number, scenario in enumerate(load_scenarios()):
        hand = first if scenario.returning or number == 0 else TypingHand(store, conversation, str(number))
        replies, receipts = hand.replies, hand.receipts
        walk(scenario, hand)
        walked.append(Walked(scenario, hand.replies - replies, hand.receipts == receipts + 1))
    return walked


def rows(walked: list[Walked]) -> list[list[str]]:
    """Return a row a scenario."""
    head = ["从开口到拿到回执", "打字几条", "点几下", "机器人说几句", "拿到回执"]
    counts = [(one.scenario.name, one.scenario.typed, one.scenario.taps, one.replies, one.reached) for one in walked]
    return [
        head,
        *(
            [name, str(typed), str(taps), str(replies), "是" if reached else "否"]
            for name, typed, taps, replies, reached in counts
        ),
    ]
