"""A unigram tokenizer in plain Python, equal to the model's own on Chinese text."""

from __future__ import annotations

import re
import unicodedata

from knowledge.models.vocabulary import BEGIN, END, UNKNOWN, Vocabulary

MAX_CHARACTERS = 1_600
"""Text beyond this many characters never reaches the tokenizer: its time stays bounded on any input."""

MAX_TOKENS = 512

_SPECIAL_PIECES = 4
_LONGEST_PIECE = 16
_WORD_START = "\u2581"
_UNUSABLE = re.compile("[\x00\ud800-\udfff]")


def clip(text: str) -> str:
    """Return at most 1,600 characters of a text, without NUL and lone surrogates."""
    return _UNUSABLE.sub("", text[:MAX_CHARACTERS])


class Tokenizer:
    """
    Split text into the most probable pieces (Viterbi over a unigram vocabulary).

    Markup such as "<s>" in the text is text: it never becomes a special token.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        named = zip(vocabulary.pieces, vocabulary.scores, strict=True)
        self._pieces = {
            piece: (score, index)
            for index, (piece, score) in enumerate(named)
            if index >= _SPECIAL_PIECES and piece != "<mask>"
        }
        self._longest = min(_LONGEST_PIECE, max(map(len, self._pieces)))
        self._unknown_score = vocabulary.unknown_score
        self._replacements = vocabulary.normaliser

    def encode(self, text: str, *, prefix: str = "") -> list[int]:
        """
        Return the token ids of ``prefix`` + ``text`` with begin and end marks, at most 512.

        NUL and lone surrogates are dropped, and the text is cut to 1,600 characters first.
        """
        normal = unicodedata.normalize("NFC", prefix + clip(text)).translate(self._replacements)
        words = _WORD_START + _WORD_START.join(normal.split())
        return [BEGIN, *self._best_path(words)[: MAX_TOKENS - 2], END]

    def _best_path(self, text: str) -> list[int]:
        size = len(text)
        best = [0.0] + [float("-inf")] * size
        back: list[tuple[int, int]] = [(0, UNKNOWN)] * (size + 1)
        pieces, longest, unknown = self._pieces, self._longest, self._unknown_score
        for start in range(size):
            here = best[start]
            for end in range(start + 1, min(size, start + longest) + 1):
                found = pieces.get(text[start:end])
                if found is not None and here + found[0] > best[end]:
                    best[end] = here + found[0]
                    back[end] = (start, found[1])
            if here + unknown > best[start + 1]:
                best[start + 1] = here + unknown
                back[start + 1] = (start, UNKNOWN)
        return _walk_back(back)


def _walk_back(back: list[tuple[int, int]]) -> list[int]:
    """Follow the best path from its end; a run of unknown characters is one unknown token."""
    tokens: list[int] = []
    position = len(back) - 1
    while position > 0:
        position, token = back[position]
        if token != UNKNOWN or not tokens or tokens[-1] != UNKNOWN:
            tokens.append(token)
    tokens.reverse()
    return tokens
