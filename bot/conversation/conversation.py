"""The conversation: handles a turn of any channel. Reads come first, then one transaction holds all it causes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

import structlog

from bot.conversation.commands import READS, SubmitReport
from bot.conversation.ear.ear import Ear
from bot.conversation.findings import Result
from bot.conversation.kinds import Say
from bot.conversation.listening import Listener, page_address
from bot.conversation.reading import Answers, Reader
from bot.conversation.rehearsing import Rehearsal
from bot.conversation.state import State
from bot.conversation.step import step
from bot.conversation.understanding import Outcome, Understanding
from bot.conversation.writing import Writer
from bot.memory.chats import StateChangedError, recall, remember
from bot.turn import Reply, Turn
from bot.wording import phrases
from cases.actors import Reporter
from cases.workflow import load_workflow
from places.gazetteer import Gazetteer
from settings.schema import Settings
from storage import outbox
from storage.database import transaction
from storage.store import Store

_TRIES: Final = 3

log = structlog.get_logger()


class Conversation:
    """One engine for villagers and officers, on every channel."""

    def __init__(self, settings: Settings, answers: Answers, gazetteer: Gazetteer, *, ear: Ear | None = None) -> None:
        self.listener: Final = Listener(settings, gazetteer, ear)
        self._answers = answers
        self._gazetteer = gazetteer
        self._workflow = load_workflow(settings.cases.workflow)
        self._page = page_address(settings)
        self._supervision = phrases.supervision(settings.contacts.model_dump())

    def handle(self, store: Store, turn: Turn, *, now: datetime, done: Callable[[Store], None]) -> None:
        """Answer *turn*: new state, case changes, what is said and ``done(store)`` in one write transaction.

        Raises:
            StateChangedError: other turns of the same chat kept coming in between; nothing was written.
        """
        for _ in range(_TRIES - 1):
            try:
                self._handle(store, turn, now=now, done=done)
            except StateChangedError:
                log.info("turn.overtaken", channel=turn.channel)
            else:
                return
        self._handle(store, turn, now=now, done=done)

    def answer(self, store: Store, turn: Turn, state: State, understood: Understanding) -> Outcome:
        """Return what *turn* comes to in *state*. Nothing is written: writes stay in the outcome."""
        return _read_all(self._reader(store, turn, understood), turn, understood, step(state, turn, understood))

    def _handle(self, store: Store, turn: Turn, *, now: datetime, done: Callable[[Store], None]) -> None:
        before = recall(store, turn.channel, turn.chat)
        understood = self.listener.understand(store, turn, before.state, now=now)
        outcome = self.answer(store, turn, before.state, understood)
        with transaction(store):
            writer = self._writer(store, turn, before.chat_key, now)
            state = self._write_all(Rehearsal(writer) if turn.practice else writer, turn, understood, outcome)
            remember(store, before, state, now=now)
            done(store)

    def _write_all(self, writer: Writer | Rehearsal, turn: Turn, understood: Understanding, outcome: Outcome) -> State:
        """Say what is to be said and carry the commands out, each result re-entering the step.

        What the step says stands before what its writes put into the outbox: the numbers to call come first.
        """
        store = writer.store
        reader = self._reader(store, turn, understood)
        state, commands = outcome.state, list(outcome.commands)
        _say(store, turn, outcome.replies, understood.now)
        while commands:
            command = commands.pop(0)
            result: Result = reader.read(command) if isinstance(command, READS) else writer.write(command)
            again = step(state, turn, replace(understood, result=result))
            _say(store, turn, again.replies, understood.now)
            state = again.state
            commands.extend(again.commands)
            if turn.practice and isinstance(command, SubmitReport):
                _say(store, turn, (Reply(Say.PRACTISED),), understood.now)
        return state

    def _reader(self, store: Store, turn: Turn, understood: Understanding) -> Reader:
        return Reader(
            store=store,
            chat=Reporter(turn.channel, turn.chat),
            answers=self._answers,
            gazetteer=self._gazetteer,
            today=understood.today,
            full=understood.personal_data,
            workflow=self._workflow,
        )

    def _writer(self, store: Store, turn: Turn, chat_key: str, now: datetime) -> Writer:
        return Writer(
            store=store,
            chat=Reporter(turn.channel, turn.chat),
            chat_key=chat_key,
            workflow=self._workflow,
            gazetteer=self._gazetteer,
            page=self._page,
            supervision=self._supervision,
            now=now,
        )


def _read_all(reader: Reader, turn: Turn, understood: Understanding, outcome: Outcome) -> Outcome:
    """Carry out the reads one by one, each result re-entering the step, until only writes are left."""
    while reads := [command for command in outcome.commands if isinstance(command, READS)]:
        again = step(outcome.state, turn, replace(understood, result=reader.read(reads[0])))
        rest = tuple(command for command in outcome.commands if command is not reads[0])
        outcome = Outcome(again.state, (*outcome.replies, *again.replies), (*rest, *again.commands))
    return outcome


def _say(store: Store, turn: Turn, replies: tuple[Reply, ...], now: datetime) -> None:
    for reply in replies:
        outbox.put(
            store, channel=turn.channel, chat=turn.chat, kind=reply.kind, params=reply.params, notice=False, now=now
        )
