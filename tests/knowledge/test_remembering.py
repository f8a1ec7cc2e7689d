"""A question that was embedded a moment ago is not embedded again, and its words are not kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from knowledge.embedder import Vectors
from knowledge.remembering import Remembering


class Counting:
    """Embeds by the length of a text and counts what it was asked."""

    model_id, dimension = "counting", 2

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one vector per question."""
        self.asked += texts
        return np.array([[len(text), 1] for text in texts], np.float32)

    embed_passages = embed_queries


def test_what_was_asked_before_is_asked_of_the_model_once() -> None:
    model = Counting()
    remembering = Remembering(model)
    first = remembering.embed_queries(["低保", "危房改造", "低保"])
    again = remembering.embed_queries(["危房改造", "两免一补怎么办"])
    assert model.asked == ["低保", "危房改造", "两免一补怎么办"]
    assert first.tolist() == [[2, 1], [4, 1], [2, 1]]
    assert again.tolist() == [[4, 1], [7, 1]]


def test_no_words_are_kept_and_none_are_needed() -> None:
    remembering = Remembering(Counting())
    remembering.embed_queries(["我叫苏秀英", "\ud800"])
    assert "苏秀英" not in repr(vars(remembering))
    assert remembering.embed_queries([]).shape == (0, 2)
