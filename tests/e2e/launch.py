"""Start the bangfu command in a process of its own, under a clock that a test moves and with a death that it plans.

``python launch.py FOLDER WORDS…`` runs ``bangfu WORDS…``. In FOLDER lie two small files:

- ``days``: how many days the clock is ahead. Absent: none.
- one of ``DEATHS``: the process kills itself with SIGKILL at that point, the next time it gets there.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import app.commands.up
from app.main import main
from bot.channels.channel import Progress
from bot.channels.telegram import TelegramChannel
from bot.conversation.conversation import Conversation
from bot.turn import Message, Turn
from storage.store import Store

STORED, UNCOMMITTED, COMMITTED, SENT = "stored", "uncommitted", "committed", "sent"
DEATHS = (STORED, UNCOMMITTED, COMMITTED, SENT)


class Fate:
    """What the test planned, read from its folder at every step."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def now(self) -> datetime:
        """Return the moved instant."""
        file = self.folder / "days"
        return datetime.now(UTC) + timedelta(days=int(file.read_text()) if file.exists() else 0)

    def is_planned(self, death: str) -> bool:
        """Tell whether the process is to die at this point."""
        return (self.folder / death).exists()

    def meet(self, death: str) -> None:
        """Die here, once, if it is planned: no clean-up, no flush, no handler."""
        if self.is_planned(death):
            (self.folder / death).unlink()
            os.kill(os.getpid(), signal.SIGKILL)


def plan(fate: Fate) -> None:
    """Put the clock and the four deaths in place."""
    app.commands.up.utc_now = fate.now  # type: ignore[attr-defined] # the test's own process
    handle, send = Conversation.handle, TelegramChannel.send

    def mortal_handle(
        self: Conversation, store: Store, turn: Turn, *, now: datetime, done: Callable[[Store], None]
    ) -> None:
        def mortal_done(store: Store) -> None:
            done(store)
            fate.meet(UNCOMMITTED)

        fate.meet(STORED)
        handle(self, store, turn, now=now, done=mortal_done)
        fate.meet(COMMITTED)

    async def mortal_send(self: TelegramChannel, chat: str, message: Message, progress: Progress | None = None) -> None:
        # Planned before this message began: the one before it may still be on its way back.
        planned = fate.is_planned(SENT)
        await send(self, chat, message, progress)
        if planned:
            fate.meet(SENT)

    Conversation.handle = mortal_handle  # type: ignore[method-assign] # the test's own process
    TelegramChannel.send = mortal_send  # type: ignore[method-assign] # the test's own process


if __name__ == "__main__":
    plan(Fate(Path(sys.argv[1])))
    main(sys.argv[2:], prog_name="bangfu")
