"""An optional language model that says an answer in plainer words, and never anything that is not in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import structlog

from knowledge.answer import Answer, AnswerKind
from knowledge.evidence import describe, find_untraced
from language.masking import mask
from places.gazetteer import Gazetteer

_log = structlog.get_logger()


class LanguageModelError(Exception):
    """The model could not be reached, was too slow, or gave nothing."""


class LanguageModel(Protocol):
    """Rewords given statements as an answer to a question."""

    def reword(self, question: str, statements: Sequence[str]) -> str:
        """
        Return the statements in plain words.

        Raises:
            LanguageModelError: For whatever reason there is no rewording.
        """
        ...


def reworded(answer: Answer, question: str, model: LanguageModel, gazetteer: Gazetteer) -> Answer:
    """
    Return the answer in the model's plainer words, or unchanged.

    It is unchanged when there is nothing to reword, the model fails, or its words hold anything that cannot be
    traced to the quotes. Personal numbers are masked before the model sees them. The line that says whose rule
    it is and the citations always stay as they are.
    """
    if answer.kind is not AnswerKind.ANSWER or not answer.citations:
        return answer
    statements = list(dict.fromkeys(citation.quote for citation in answer.citations))
    try:
        text = model.reword(mask(question), [mask(statement) for statement in statements]).strip()
    except LanguageModelError as error:
        _log.warning("language_model.failed", cause=str(error))
        return answer
    untraced = find_untraced(text, statements, gazetteer)
    if untraced or not text:
        _log.warning("language_model.refused", claims=describe(untraced))
        return answer
    provenance = answer.text.rsplit("\n", 1)[-1]
    return replace(answer, text=f"{text}\n{provenance}")
