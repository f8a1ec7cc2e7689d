"""Asking the assistant the golden questions, the way ``bangfu ask --jsonl`` does, and keeping what it says."""

from __future__ import annotations

from dataclasses import dataclass

from app.evaluation.golden import Golden, GoldenError
from bot.conversation.conversation import Conversation
from bot.conversation.once import Asked, AskKind, ask_once
from bot.conversation.whereabouts import place_of
from knowledge.answer import Citation, Question
from knowledge.knowledge import Knowledge
from knowledge.search import Search
from places.gazetteer import Gazetteer
from storage.store import Store

DEPTH = 10
"""How many hits are looked at."""


@dataclass(frozen=True)
class Response:
    """
    What the assistant did. ``hits`` are the ids that retrieval ranks first for the question, best first; ``options``
    the questions from which the asker was to choose.
    """

    kind: AskKind
    text: str
    confidence: float
    citations: tuple[Citation, ...]
    hits: tuple[str, ...]
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Respondent:
    """The assistant over one data folder. Nothing is written."""

    conversation: Conversation
    knowledge: Knowledge
    gazetteer: Gazetteer
    store: Store

    def respond(self, golden: Golden) -> Response:
        """Ask one question on fresh state."""
        return self.say(golden, hits=self.hits(golden))

    def say(self, golden: Golden, *, hits: tuple[str, ...] = ()) -> Response:
        """Ask one question on fresh state, for what is said alone."""
        area = self._area(golden)
        asked = Asked(
            text=golden.question,
            as_of=golden.as_of,
            place=None if area is None else place_of(self.gazetteer, area),
            asker=golden.asker,
            history=golden.history,
        )
        said = ask_once(self.conversation, self.store, asked)
        return Response(said.kind, said.text, said.confidence, said.citations, hits, said.options)

    def search(self, golden: Golden) -> Search:
        """Return what retrieval looks for when it is asked the question."""
        question = Question(golden.question, golden.as_of, self._area(golden), golden.asker, golden.history)
        return self.knowledge.settled(self.store, question)

    def hits(self, golden: Golden) -> tuple[str, ...]:
        """Return the ids that retrieval ranks first for the question, best first."""
        return tuple(hit.document for hit in self.knowledge.hits(self.store, self.search(golden), k=DEPTH))

    def _area(self, golden: Golden) -> str | None:
        if golden.area is None:
            return None
        area = self.gazetteer.by_path(golden.area)
        if area is None:
            raise GoldenError(f"评测题 {golden.id} 的 area“{golden.area}”在地名表里找不到，请改成完整的地名路径")
        return area.code
