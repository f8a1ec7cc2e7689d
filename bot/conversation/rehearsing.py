"""Practice: every write of a turn is done for real and then undone, so that nobody else ever hears of it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.commands import Write
from bot.conversation.findings import Result
from bot.conversation.writing import Writer
from storage.store import Store


@dataclass(frozen=True)
class Rehearsal:
    """Writes for a chat that practises: results are as they would be, and no case, call or notice is left."""

    writer: Writer

    @property
    def store(self) -> Store:
        """The store of the turn."""
        return self.writer.store

    def write(self, command: Write) -> Result:
        """Do what *command* says, undo it, and return what came of it."""
        self.store.db.execute("SAVEPOINT rehearsal")
        try:
            return self.writer.write(command)
        finally:
            self.store.db.execute("ROLLBACK TO rehearsal")
            self.store.db.execute("RELEASE rehearsal")
