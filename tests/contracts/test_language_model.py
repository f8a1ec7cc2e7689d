"""Every language model rewords statements, or says that it cannot."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence

import pytest

from knowledge.langchain import OpenAiModel
from knowledge.language_model import LanguageModel, LanguageModelError
from settings.schema import Llm
from tests.knowledge.chat_server import ChatServer, chat_server


class ScriptedModel:
    """A twin that says what it was told to; without a script it fails."""

    def __init__(self, says: str | None) -> None:
        self.says = says

    def reword(self, topic: str, statements: Sequence[str]) -> Generator[str]:
        if self.says is None:
            raise LanguageModelError(f"no words for {topic!r} and {len(statements)} statements")
        yield from (self.says[:3], self.says[3:])


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with chat_server() as running:
        yield running


@pytest.fixture(params=["openai-compatible", "twin"])
def make(request: pytest.FixtureRequest, server: ChatServer) -> Callable[[str | None], LanguageModel]:
    def made(says: str | None) -> LanguageModel:
        if request.param == "twin":
            return ScriptedModel(says)
        server.says, server.status = says or "", 200 if says is not None else 503
        return OpenAiModel(Llm(base_url=server.address, model="local", timeout_seconds=5), None)

    return made


def test_it_yields_its_words(make: Callable[[str | None], LanguageModel]) -> None:
    assert "".join(make("初中每年1500元。").reword("住校补多少", ["初中每年1500元"])) == "初中每年1500元。"


def test_a_failure_is_its_one_error(make: Callable[[str | None], LanguageModel]) -> None:
    with pytest.raises(LanguageModelError):
        list(make(None).reword("住校补多少", ["初中每年1500元"]))
