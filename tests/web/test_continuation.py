"""A report begun where personal data may not travel goes on here, by the real conversation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from bot.conversation.conversation import Conversation
from bot.turn import Turn
from bot.wording import word
from bot.worker import Handler
from knowledge.answer import Answer, AnswerKind, Question
from places.gazetteer import load_gazetteer
from settings.schema import Settings
from storage import outbox
from storage.store import Store
from storage.stores import Stores
from tests.web.conftest import Clock
from tests.web.villager import Villager

STORY = "我家在会师镇，老伴上个月住院花了八万"


class Ignorance:
    """Knows no answer."""

    def answer(self, store: Store, question: Question) -> Answer:  # noqa: ARG002 - the parameters of the protocol
        """Say so."""
        return Answer(AnswerKind.ABSTAIN, "", 0.0)


@pytest.fixture
def conversation(settings: Settings) -> Handler:
    """Return the real conversation."""
    return Conversation(settings, Ignorance(), load_gazetteer())


@pytest.fixture
def link(conversation: Handler, stores: Stores, clock: Clock) -> str:
    """Begin a report in Telegram and return the path of the link that comes back."""
    store = stores.here()
    for update, fields in enumerate(({"text": STORY}, {"button": "tell"})):
        turn = Turn("telegram", "4711", str(update), clock(), **fields)  # type: ignore[arg-type] # text and button
        conversation.handle(store, turn, now=clock(), done=lambda _store: None)
    last = outbox.for_chat(store, channel="telegram", chat="4711")[-1]
    message = word(last.kind, last.params, personal_data=False)
    [address] = [button.url for row in message.buttons for button in row if button.url]
    return urlsplit(address).path


def test_the_link_brings_along_what_was_said(villager: Villager, link: str) -> None:
    villager.open(link)
    villager.post({**villager.ticket, "start": link.rpartition("/")[2]})

    assert villager.bubbles()[0] == ("mine", "接着报")
    assert "接上了" in villager.bubbles()[1][1]
    assert len(villager.bubbles()) > 2


def test_a_used_or_invented_code_brings_nothing(villager: Villager, visit: Callable[[], Villager], link: str) -> None:
    code = link.rpartition("/")[2]
    villager.open(link)
    villager.post({**villager.ticket, "start": code})
    second = visit()
    for tried in (code, "ABC234", "", "x" * 200):
        second.open(f"/r/{tried or 'none'}")
        second.post({**second.ticket, "start": tried or "none"})

    assert "八万" not in second.html
    assert not any("接上了" in text for _, text in second.bubbles())


def test_a_code_of_long_ago_brings_nothing(villager: Villager, link: str, clock: Clock) -> None:
    clock.now += timedelta(days=30)
    villager.open(link)
    villager.post({**villager.ticket, "start": link.rpartition("/")[2]})

    assert not any("接上了" in text for _, text in villager.bubbles())
