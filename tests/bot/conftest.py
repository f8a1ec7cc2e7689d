"""A conversation over a real store, and one person who talks in it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.conversation.conversation import Conversation
from bot.conversation.state import State
from bot.memory.chats import recall
from bot.turn import Button, Message, Turn
from bot.wording import word
from cases.actions.appoint_officer import appoint_officer, issue_link
from cases.actors import Grant, Operator, Role
from knowledge.answer import Answer, AnswerKind, Basis, Citation, Question
from places.gazetteer import Gazetteer, load_gazetteer
from settings.schema import Settings
from storage import outbox
from storage.database import transaction
from storage.store import Store

COUNTY = "620422"
TOWNSHIP = "620422100"
VILLAGE = "620422100203"
SOURCE = Citation(
    document="d1",
    title="农村低保办法",
    publisher="某县民政局",
    number="某民发〔2024〕1号",
    date="2024-03-01",
    area="全国",
    section="第三条",
    basis=Basis.ORIGINAL,
    quote="低保按户申请。",
    url="https://example.gov.cn/1",
)


@dataclass
class Known:
    """Answers every question that holds "低保" or "骗", knows nothing else, and remembers what it was asked."""

    asked: list[Question] = field(default_factory=list)

    def answer(self, store: Store, question: Question) -> Answer:  # noqa: ARG002 - the port's own signature
        """Answer as the knowledge room does."""
        self.asked.append(question)
        if "低保" in question.text or "骗" in question.text:
            return Answer(AnswerKind.ANSWER, "低保按户申请，找村委会。", 0.9, (SOURCE,), ("这是2024年的规定。",))
        return Answer(AnswerKind.ABSTAIN, "", 0.1)


@dataclass
class Person:
    """Somebody who talks on a channel and reads what comes back."""

    store: Store
    conversation: Conversation
    channel: str
    chat: str
    now: datetime
    seen: int = 0
    practises: bool = False
    last: tuple[tuple[str, Message], ...] = ()
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def say(self, text: str | None = None, **content: object) -> list[str]:
        """Send one turn and return the kinds of what was said back to it."""
        self.now += timedelta(seconds=20)
        update = f"{self.chat}.{next(self._ids)}"
        turn = Turn(self.channel, self.chat, update, self.now, text=text, practice=self.practises, **content)  # type: ignore[arg-type]
        self.conversation.handle(self.store, turn, now=self.now, done=lambda _: None)
        return self.read()

    def tap(self, label: str) -> list[str]:
        """Press the button with this label under the last messages."""
        return self.say(button=self.button(label).data)

    def button(self, label: str) -> Button:
        """Return the button whose label begins so."""
        buttons = [button for _, message in self.last for row in message.buttons for button in row]
        return next(button for button in buttons if button.label.startswith(label))

    def read(self) -> list[str]:
        """Return the kinds of what came since the last look; ``last`` has the messages."""
        items = outbox.for_chat(self.store, channel=self.channel, chat=self.chat, after_seq=self.seen)
        self.seen = items[-1].seq if items else self.seen
        personal = self.conversation.listener.carries_personal_data(self.channel)
        self.last = tuple((item.kind, word(item.kind, item.params, personal_data=personal)) for item in items)
        return [item.kind for item in items]

    @property
    def text(self) -> str:
        """All that was said back last."""
        return "\n".join(message.text for _, message in self.last)

    @property
    def state(self) -> State:
        """What the conversation remembers of this chat."""
        return recall(self.store, self.channel, self.chat).state


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """Return the bundled gazetteer."""
    return load_gazetteer()


@pytest.fixture
def local(settings: Settings) -> Settings:
    """Return settings of an installation for 会宁县 where Telegram carries no personal data."""
    contacts = settings.contacts.model_copy(update={"discipline": "0943-1000001", "protection": "李主任 0943-1000002"})
    return settings.model_copy(update={"area": "甘肃省/白银市/会宁县", "contacts": contacts})


@pytest.fixture
def known() -> Known:
    """Return the knowledge of these tests."""
    return Known()


@pytest.fixture
def conversation(local: Settings, known: Known, gazetteer: Gazetteer) -> Conversation:
    """Return the engine under test."""
    return Conversation(local, known, gazetteer)


Meet = Callable[..., Person]


@pytest.fixture
def meet(store: Store, conversation: Conversation, now: datetime) -> Meet:
    """Return a way to meet people: ``meet("王", channel="web")``."""

    def someone(chat: str = "villager", channel: str = "terminal") -> Person:
        return Person(store, conversation, channel, chat, now)

    return someone


@pytest.fixture
def villager(meet: Meet) -> Person:
    """Return a villager at a channel that carries personal data."""
    return meet()


@pytest.fixture
def officer(store: Store, meet: Meet, now: datetime) -> Callable[..., Person]:
    """Return a way to appoint officers and bind their chats: ``officer("马志远", Role.VILLAGE, VILLAGE)``."""

    def appointed(name: str, role: Role, scope: str, channel: str = "terminal") -> Person:
        with transaction(store):
            person = appoint_officer(store, name, [Grant(role, scope)], actor=Operator(), now=now)
            code = issue_link(store, person, actor=Operator(), now=now)
        chat = meet(f"officer-{name}", channel)
        assert chat.say(start=code) == ["desk.bound"]
        return chat

    return appointed
