"""Refusing golden questions that the system already holds, or was fitted on, nearly word for word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.evaluation.golden import Golden, GoldenError
from language.normalise import fold

TOO_ALIKE = 0.8
"""From this Jaccard similarity of character pairs on, two questions count as one."""


@dataclass(frozen=True)
class Likeness:
    """The known wording that is most like a golden question."""

    golden: str
    wording: str
    similarity: float


def bigrams(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring letters and characters of a text; punctuation and spaces do not count."""
    kept = "".join(character for character in fold(text) if character.isalnum())
    return frozenset(kept[place : place + 2] for place in range(len(kept) - 1))


def nearest(questions: Iterable[Golden], wordings: Iterable[str]) -> list[Likeness]:
    """
    Return for each question the wording most like it, most alike first.

    A follow-up is judged together with the messages before it: "今年呢" alone asks nothing.
    """
    known = [(wording, bigrams(wording)) for wording in dict.fromkeys(wordings)]
    found = []
    for golden in questions:
        mine = bigrams("".join((*golden.history, golden.question)))
        similarity, wording = max(((_jaccard(mine, pairs), wording) for wording, pairs in known), default=(0.0, ""))
        found.append(Likeness(golden.id, wording, similarity))
    return sorted(found, key=lambda likeness: -likeness.similarity)


def refuse_copies(questions: Iterable[Golden], wordings: Iterable[str]) -> None:
    """
    Refuse a set in which a question is nearly identical to a known wording.

    Raises:
        GoldenError: If one is; the message names both.
    """
    alike = next(iter(nearest(questions, wordings)), None)
    if alike is not None and alike.similarity >= TOO_ALIKE:
        raise GoldenError(
            f"评测题 {alike.golden} 和已有问法“{alike.wording}”几乎一样（相似度 {alike.similarity:.2f}），"
            "不能用来评测，请换一种问法"
        )


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (len(one | other) or 1)
