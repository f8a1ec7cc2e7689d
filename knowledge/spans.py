"""Choosing which words of a passage to quote."""

from __future__ import annotations

import re

from knowledge.lexical import LexicalIndex, query_terms, terms

LONGEST_QUOTE = 180
"""Characters of a quote; a single longer sentence is quoted whole up to the passage's own length."""

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]?")


def choose_quote(text: str, question: str, lexical: LexicalIndex) -> str:
    """
    Return the run of whole sentences of a passage that says most about the question.

    The result is a substring of ``text``: the sentence with the rarest shared terms, and its neighbours as long
    as they fit, those that share terms with the question first.
    """
    if len(text) <= LONGEST_QUOTE:
        return text.strip()
    pieces = [(match.start(), match.end()) for match in _SENTENCE.finditer(text) if match.group().strip()]
    wanted = set(query_terms(question))
    worth = [sum(map(lexical.rarity, wanted & set(terms(text[start:end])))) for start, end in pieces]
    first = last = max(range(len(pieces)), key=lambda place: worth[place])
    while True:
        before = worth[first - 1] if first > 0 else -1.0
        after = worth[last + 1] if last + 1 < len(pieces) else -1.0
        wider = (first - 1, last) if before > after else (first, last + 1)
        if max(before, after) < 0 or pieces[wider[1]][1] - pieces[wider[0]][0] > LONGEST_QUOTE:
            return text[pieces[first][0] : pieces[last][1]].strip()
        first, last = wider
