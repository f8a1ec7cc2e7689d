"""Questions that found no answer, put together where they ask the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from knowledge.embedder import Embedder, Vectors
from knowledge.lexical import query_terms
from language.normalise import normalise

_SAME_MEANING = 0.94
_LIKE_MEANING = 0.90
_LIKE_WORDS = 0.2
_ID_DIGITS = 8


@dataclass(frozen=True)
class Unanswered:
    """A question that found no answer. ``id`` is the answer's."""

    id: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Cluster:
    """Questions that ask the same. ``id`` is that of the first one and stays when others join; latest last."""

    id: str
    questions: tuple[Unanswered, ...]

    @property
    def count(self) -> int:
        """Return how often it was asked."""
        return len(self.questions)


def cluster(questions: Iterable[Unanswered], embedder: Embedder) -> list[Cluster]:
    """
    Put like questions together, the most asked first.

    In the order of time each question joins the likeliest earlier cluster, judged by its first question, or begins
    one: what is there keeps its place and name when more are asked.
    """
    ordered = sorted(questions, key=lambda one: (one.at, one.id))
    if not ordered:
        return []
    texts = [normalise(one.text) for one in ordered]
    vectors = embedder.embed_queries(texts)
    words = [frozenset(query_terms(text)) for text in texts]
    leaders: dict[int, list[int]] = {}
    for place in range(len(ordered)):
        fitting = [leader for leader in leaders if _ask_the_same(vectors, words, leader, place)]
        best = max(fitting, key=lambda leader: float(vectors[leader] @ vectors[place]), default=place)
        leaders.setdefault(best, []).append(place)
    clusters = [
        Cluster(_name(ordered[leader].id), tuple(ordered[member] for member in members))
        for leader, members in leaders.items()
    ]
    return sorted(clusters, key=lambda one: (-one.count, -one.questions[-1].at.timestamp()))


def _ask_the_same(vectors: Vectors, words: list[frozenset[str]], one: int, other: int) -> bool:
    meaning = float(vectors[one] @ vectors[other])
    shared = len(words[one] & words[other]) / max(len(words[one] | words[other]), 1)
    return meaning >= _SAME_MEANING or (meaning >= _LIKE_MEANING and shared >= _LIKE_WORDS)


def _name(answer_id: str) -> str:
    return "u" + hashlib.sha256(answer_id.encode()).hexdigest()[:_ID_DIGITS]
