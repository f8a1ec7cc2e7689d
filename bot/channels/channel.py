"""The contract of a channel: how worded messages leave. Incoming traffic is each channel's own affair."""

from __future__ import annotations

from typing import Protocol

from bot.turn import Message


class RetryLaterError(Exception):
    """The channel asks to wait (for example HTTP 429). ``seconds`` says how long."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"retry after {seconds:g} s")
        self.seconds = seconds


class ChatGoneError(Exception):
    """The person cannot be reached on this channel any more (blocked the bot, chat deleted)."""


class Channel(Protocol):
    """A way to send. Delivery is at least once; the outbox decides when and in which order.

    ``personal_data`` tells whether names, telephone numbers and stories may travel on it.
    """

    name: str
    personal_data: bool

    async def send(self, chat: str, message: Message) -> None:
        """Deliver *message* to *chat*.

        Raises:
            RetryLaterError: the channel limits the pace.
            ChatGoneError: this chat will never be reached again.
        """
        ...
