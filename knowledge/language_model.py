"""An optional language model that says an answer in plainer words, sentence by sentence, and never anything else."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Final, Protocol

import structlog

from knowledge.answer import Answer, AnswerKind
from knowledge.evidence import find_strayed
from knowledge.plain_words import plainer
from knowledge.sentences import retold, sentences_of, unmarked
from language.masking import mask
from places.gazetteer import Gazetteer

_LINE: Final = re.compile(r"\s*(\d{1,3})\s*[.．、:：)）]\s*(\S.*?)\s*")
_LONGEST: Final = 3  # times its sentences: who runs on is not heard out
_SHORTEST_LIMIT: Final = 100

_log = structlog.get_logger()


class LanguageModelError(Exception):
    """The model could not be reached, was too slow, broke off, or gave nothing."""


class LanguageModel(Protocol):
    """Rewords given sentences."""

    def reword(self, topic: str, sentences: Sequence[str]) -> Generator[str]:
        """
        Yield a numbered line for each sentence, from 1 on, in plain words, piece by piece.

        ``topic`` is what they are about. Nothing was said unless all pieces came.

        Raises:
            LanguageModelError: For whatever reason there is no rewording, also in the midst of it.
        """
        ...


def reworded(answer: Answer, model: LanguageModel, gazetteer: Gazetteer) -> Answer:
    """
    Return the answer in the model's plainer words, sentence by sentence, or unchanged.

    Each line of the model is held against the very sentence that it rewords. Where the line says anything else, leaves
    something out, is missing, comes twice or runs on, the sentence stands in the words of ``plain_words``. The answer
    is unchanged when two questions are answered, the model fails, or no line of it stands. The asker's own words are
    never shown to the model, and personal numbers in quotes are masked. The line that says whose rule it is and the
    citations always stay as they are.
    """
    if answer.kind is not AnswerKind.ANSWER or len({citation.document for citation in answer.citations}) != 1:
        return answer
    quotes = list(dict.fromkeys(citation.quote for citation in answer.citations))
    sentences = [[unmarked(sentence) for sentence in sentences_of(quote)] for quote in quotes]
    every = [sentence for told in sentences for sentence in told]
    try:
        lines = _numbered(_heard(model, answer.citations[0].section, every))
    except LanguageModelError as error:
        _log.warning("language_model.failed", cause=str(error))
        return answer
    kept = {
        place: lines[place + 1]
        for place, sentence in enumerate(every)
        if place + 1 in lines
        and not find_strayed(
            lines[place + 1], sentence, gazetteer, beside="\n".join(every[:place] + every[place + 1 :])
        )
    }
    _log.info("language_model.reworded", kept=len(kept), refused=len(every) - len(kept))
    if not kept:
        return answer
    said = [kept.get(place) or plainer(sentence, gazetteer) for place, sentence in enumerate(every)]
    told = [retold(quote, [said.pop(0) for _ in own]) for quote, own in zip(quotes, sentences, strict=True)]
    provenance = answer.text.rsplit("\n", 1)[-1]
    return replace(answer, text="\n".join([*told, provenance]))


def _heard(model: LanguageModel, topic: str, sentences: Sequence[str]) -> str:
    """Return what the model says, at most up to the last whole line that is not too far out."""
    longest = _LONGEST * sum(map(len, sentences)) + _SHORTEST_LIMIT
    text = ""
    with closing(model.reword(mask(topic), [mask(sentence) for sentence in sentences])) as pieces:
        for piece in pieces:
            text += piece
            if len(text) > longest:
                return text[: text.rfind("\n") + 1]
    return text


def _numbered(text: str) -> Mapping[int, str]:
    """Return the lines by their numbers; one that comes twice or goes on below is none."""
    found: dict[int, list[str]] = {}
    number = 0
    for row in filter(str.strip, text.splitlines()):
        line = _LINE.fullmatch(row)
        if line:
            number = int(line[1])
            found.setdefault(number, []).append(line[2])
        elif number:
            found[number].append(row)
    return {number: rows[0] for number, rows in found.items() if len(rows) == 1}
