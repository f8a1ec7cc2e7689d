"""What Telegram's side knows: waiting updates, delivered messages, files, and the faults a test asks for."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

Json = dict[str, Any]

BOT: Json = {
    "id": 7_000_000_001,
    "is_bot": True,
    "first_name": "帮扶助手",
    "username": "bangfu_test_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}
TOKEN = "7000000001:local-test-token"


class ApiError(Exception):
    """A refusal as the Bot API words it."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


@dataclass
class Delivered:
    """One message of the bot as the person's screen shows it; ``file`` is what was uploaded with it."""

    method: str
    message: Json
    file: bytes | None = None

    @property
    def chat(self) -> int:
        return int(self.message["chat"]["id"])

    @property
    def number(self) -> int:
        return int(self.message["message_id"])

    @property
    def text(self) -> str:
        return str(self.message.get("text") or self.message.get("caption") or "")

    @property
    def buttons(self) -> list[Json]:
        rows = self.message.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    @property
    def labels(self) -> list[str]:
        return [str(button["text"]) for button in self.buttons]


@dataclass
class Fault:
    """An answer to give instead of the true one, for the next ``times`` calls of a method."""

    error: ApiError
    times: int


@dataclass
class Cloud:
    """The state behind the server. Every access happens under ``changed``, which is notified on each change."""

    changed: threading.Condition = field(default_factory=threading.Condition)
    updates: list[Json] = field(default_factory=list)
    delivered: list[Delivered] = field(default_factory=list)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    chats: dict[int, Json] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    deleted: set[tuple[int, int]] = field(default_factory=set)
    faults: dict[str, Fault] = field(default_factory=dict)
    lost_answers: dict[str, int] = field(default_factory=dict)
    broken_downloads: int = 0
    webhook: str = ""
    commands: list[Json] = field(default_factory=list)
    allowed: list[str] | None = None
    polls: int = 0
    closed: bool = False
    update_ids: Iterator[int] = field(default_factory=lambda: count(500_001))
    message_ids: Iterator[int] = field(default_factory=lambda: count(1))
    file_ids: Iterator[int] = field(default_factory=lambda: count(1))

    def push(self, kind: str, content: Json) -> Json:
        """Queue one update for the bot, unless it asked not to get this kind."""
        with self.changed:
            update: Json = {"update_id": next(self.update_ids), kind: content}
            if self.allowed is None or kind in self.allowed:
                self.updates.append(update)
            self.changed.notify_all()
            return update

    def repeat(self, update: Json) -> None:
        """Deliver an update a second time, as happens when a confirmation is lost."""
        with self.changed:
            self.updates.insert(0, update)
            self.changed.notify_all()

    def keep_file(self, data: bytes) -> str:
        """Store an uploaded file and return its file id."""
        with self.changed:
            file_id = f"file-{next(self.file_ids)}"
            self.files[file_id] = data
            return file_id

    def deliver(self, message: Delivered) -> None:
        """Show a message of the bot on the person's screen."""
        with self.changed:
            self.delivered.append(message)
            self.changed.notify_all()

    def fault_for(self, method: str) -> ApiError | None:
        """Return the refusal a test ordered for this call, counting it down."""
        with self.changed:
            fault = self.faults.get(method)
            if fault is None or fault.times <= 0:
                return None
            fault.times -= 1
            return fault.error

    def loses_answer(self, method: str) -> bool:
        """Tell whether this call is to be done and its answer then lost on the way back."""
        with self.changed:
            left = self.lost_answers.get(method, 0)
            self.lost_answers[method] = max(0, left - 1)
            return left > 0

    def wait_updates(self, *, offset: int, limit: int, seconds: float) -> list[Json]:
        """Long-poll: forget updates below *offset*, then wait until there are some or time is over.

        Raises:
            ApiError: 409 when another poll starts meanwhile, as Telegram does.
        """
        with self.changed:
            self.polls += 1
            mine = self.polls
            self.changed.notify_all()
            if offset > 0:
                self.updates = [update for update in self.updates if update["update_id"] >= offset]
            elif offset < 0:
                self.updates = self.updates[offset:]
            end = time.monotonic() + seconds
            while not self.updates and not self.closed and time.monotonic() < end and self.polls == mine:
                self.changed.wait(end - time.monotonic())
            if self.polls != mine:
                raise ApiError(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                )
            return list(self.updates[:limit])
