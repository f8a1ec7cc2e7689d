"""An optional language model that says an answer in plainer words, and never anything that is not in it."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Final, Protocol

import structlog

from knowledge.answer import Answer, AnswerKind
from knowledge.evidence import Care, Untraced, describe, find_untraced
from language.masking import mask
from places.gazetteer import Gazetteer

_SENTENCE_END: Final = re.compile(r"[。！？\n]")
_LONGEST: Final = 3  # times its statements: a rewording that runs on is none

_log = structlog.get_logger()


class LanguageModelError(Exception):
    """The model could not be reached, was too slow, broke off, or gave nothing."""


class LanguageModel(Protocol):
    """Rewords given statements."""

    def reword(self, topic: str, statements: Sequence[str]) -> Generator[str]:
        """
        Yield the statements in plain words, piece by piece.

        ``topic`` is what they are about. Nothing was said unless all pieces came.

        Raises:
            LanguageModelError: For whatever reason there is no rewording, also in the midst of it.
        """
        ...


def reworded(answer: Answer, model: LanguageModel, gazetteer: Gazetteer) -> Answer:
    """
    Return the answer in the model's plainer words, or unchanged.

    It is unchanged when there is nothing to reword, two questions are answered, the model fails, or its words hold
    anything that cannot be traced to the quotes: each sentence is checked as soon as it is complete, and the first
    that fails ends the talk. The asker's own words are never shown to the model, and personal numbers in quotes are
    masked. The line that says whose rule it is and the citations always stay as they are.
    """
    if answer.kind is not AnswerKind.ANSWER or len({citation.document for citation in answer.citations}) != 1:
        return answer
    statements = list(dict.fromkeys(citation.quote for citation in answer.citations))
    try:
        text, untraced = _guarded(model, answer.citations[0].section, statements, gazetteer)
    except LanguageModelError as error:
        _log.warning("language_model.failed", cause=str(error))
        return answer
    if untraced or not text:
        _log.warning("language_model.refused", claims=describe(untraced))
        return answer
    provenance = answer.text.rsplit("\n", 1)[-1]
    return replace(answer, text=f"{text}\n{provenance}")


def _guarded(
    model: LanguageModel, topic: str, statements: Sequence[str], gazetteer: Gazetteer
) -> tuple[str, Sequence[Untraced]]:
    """Return what the model says, up to the first sentence that cannot be traced, and what in it cannot."""
    longest = _LONGEST * sum(map(len, statements)) + 100
    text, checked = "", 0
    with closing(model.reword(mask(topic), [mask(statement) for statement in statements])) as pieces:
        for piece in pieces:
            text += piece
            ends = [found.end() for found in _SENTENCE_END.finditer(text, checked)]
            if ends:
                checked = ends[-1]
                untraced = find_untraced(text[:checked], statements, gazetteer, Care.STRICT)
                if untraced:
                    return text, untraced
            if len(text) > longest:
                raise LanguageModelError("too long")
    text = text.strip()
    return text, find_untraced(text, statements, gazetteer, Care.STRICT)
