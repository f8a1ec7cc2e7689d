"""The contract of a channel: how worded messages leave. Incoming traffic is each channel's own affair."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from bot.turn import Message


class RetryLaterError(Exception):
    """The channel asks to wait (for example HTTP 429). ``seconds`` says how long."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"retry after {seconds:g} s")
        self.seconds = seconds


class ChatGoneError(Exception):
    """The person cannot be reached on this channel any more (blocked the bot, chat deleted)."""


async def _forget(_parts: int) -> None:
    """Keep no count."""


@dataclass(frozen=True)
class Progress:
    """How far an earlier attempt came with a message of several parts, and where to keep how far this one comes."""

    parts: int = 0
    keep: Callable[[int], Awaitable[None]] = _forget


class Channel(Protocol):
    """A way to send. Delivery is at least once; the outbox decides when and in which order.

    ``personal_data`` tells whether names, telephone numbers and stories may travel on it.
    """

    name: str
    personal_data: bool

    async def send(self, chat: str, message: Message, progress: Progress | None = None) -> None:
        """Deliver *message* to *chat*; a long one goes on behind the parts that went out before.

        Raises:
            RetryLaterError: the channel limits the pace.
            ChatGoneError: this chat will never be reached again.
        """
        ...
