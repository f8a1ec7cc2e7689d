"""A language model that says something false, on three channels: nobody reads it, the document's own words come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from pydantic import SecretStr

from bot.conversation.reading import Answers
from knowledge.answer import Answer, AnswerKind, Basis, Citation, Question
from knowledge.evidence import find_strayed
from knowledge.langchain import OpenAiModel
from knowledge.language_model import reworded
from places.gazetteer import load_gazetteer
from settings.schema import Llm
from storage.store import Store
from tests.knowledge.chat_server import ChatServer, chat_server
from tests.scenarios.test_scenarios import CHANNELS, Open, clock, open_hand, stores

__all__ = ["clock", "open_hand", "stores"]  # the fixtures of the scenarios
QUOTE = "寄宿生小学每年1250元，初中每年1500元。不用还。由学校受理，公示不少于5天。"
SOURCE = Citation("grant", "补助办法", "某县教育局", "", "2024", "全国", "补助", Basis.DIGEST, QUOTE, "")
GRANT = Answer(AnswerKind.ANSWER, f"{QUOTE}\n（全国通用的说法，2024年3月起。）", 0.9, (SOURCE,))
TRUE = "住校的小学生，一年1250块，初中一年1500元。"
LINES = (TRUE, "这钱不用还。", "由学校来受理，公示不少于5天。")
FALSE = (
    (1, "住校的小学生，一年1500元，初中一年1250元。"),
    (2, "这钱以后要还。"),
    (3, "由学校受理，公示不少于3天。"),
    (3, "由县民政局受理，公示不少于5天。"),
)


@dataclass
class Spoken:
    """Answers every question with the same quote, in the words of a model behind real HTTP."""

    model: OpenAiModel

    def answer(self, store: Store, question: Question) -> Answer:  # noqa: ARG002 - the port's own signature
        """Answer as the knowledge room does with a model configured."""
        return reworded(GRANT, self.model, load_gazetteer())


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with chat_server() as running:
        yield running


@pytest.fixture
def answers(server: ChatServer) -> Answers:
    assert (
        find_strayed(TRUE, QUOTE.partition("。")[0], load_gazetteer()) == ()
    )  # and its words are read before anybody waits
    settings = Llm(base_url=server.address, model="local", timeout_seconds=60)
    return Spoken(OpenAiModel(settings, SecretStr("k")))


@pytest.mark.parametrize("channel", CHANNELS)
def test_true_words_of_a_model_are_read_and_false_ones_never(open_hand: Open, server: ChatServer) -> None:
    hand = open_hand()
    server.says = f"1. {TRUE}"
    hand.say("寄宿生补助一年多少钱？")
    hand.hears(TRUE)
    for number, false in FALSE:
        server.says = f"{number}. {false}\n{number % 3 + 1}. {LINES[number % 3]}"
        hand.say("寄宿生补助一年多少钱？")
        hand.hears(LINES[number % 3].partition("。")[0])
        assert false.rstrip("。") not in hand.shows()
    server.says, server.breaks_after = f"1. {TRUE}", 2
    hand.say("寄宿生补助一年多少钱？")
    hand.hears(QUOTE.partition("。")[0])
    assert "（全国通用的说法" in hand.heard()
