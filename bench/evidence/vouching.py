"""Whether some single sentence of a span vouches for a text, as it must for a line that is shown."""

from __future__ import annotations

from functools import partial

from knowledge.evidence import Care, Untraced, find_strayed
from knowledge.sentences import sentences_of, unmarked
from places.gazetteer import Gazetteer

IN_USE = Care.CAREFUL


def refusal(text: str, span: str, gazetteer: Gazetteer, care: Care = IN_USE) -> tuple[Untraced, ...]:
    """
    Return why no single sentence of a span vouches for a text, by the one that comes nearest to it.

    Empty when one vouches for the text as a whole, or for each sentence of it one: which one a model would have been
    asked to reword is not known here, so that any will do, also for a false text.
    """
    check = partial(_nearest, with_the_rest(span), gazetteer, care)
    whole = check(text)
    parts = sentences_of(text)
    if not whole or parts == [text.strip()]:
        return whole
    return tuple(one for part in parts for one in check(part))


def with_the_rest(span: str) -> list[tuple[str, str]]:
    """Return each sentence of a span with what stands beside it."""
    sentences = [unmarked(sentence) for sentence in sentences_of(span)]
    rests = (sentences[:place] + sentences[place + 1 :] for place in range(len(sentences)))
    return [(sentence, "\n".join(rest)) for sentence, rest in zip(sentences, rests, strict=True)]


def _nearest(sentences: list[tuple[str, str]], gazetteer: Gazetteer, care: Care, text: str) -> tuple[Untraced, ...]:
    least: tuple[Untraced, ...] | None = None
    for sentence, beside in sentences:
        found = find_strayed(text, sentence, gazetteer, beside=beside, care=care)
        if not found:
            return ()
        least = found if least is None or len(found) < len(least) else least
    return least or ()
