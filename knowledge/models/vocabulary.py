"""The part of the model's vocabulary that Chinese and plain Latin text needs, and its file."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from knowledge.models.weights import Weights

BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3
"""Token ids of <s>, <pad>, </s> and <unk>, the same before and after pruning."""

_SPECIAL = 4
_LATIN_PIECES = 12_000
_SHORT_LATIN = 3
# Rare in the vocabulary but part of the model's prefix "passage: ": split otherwise it would move every vector.
_PREFIX_PIECES = ("\u2581passage",)
# Word-start mark, ASCII, signs, Chinese characters and their punctuation, enclosed numbers, full-width forms, emoji.
_KEPT = re.compile(
    "^[\u2581\u0020-\u007e\u00a0-\u00bf\u2000-\u206f\u2100-\u214f\u2190-\u22ff\u2460-\u24ff\u2500-\u27bf"
    "\u3000-\u303f\u3100-\u312f\u3220-\u33ff\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U00020000-\U0003ffff\U0001f300-\U0001faff]+$"
)
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN = re.compile("[A-Za-z]")


@dataclass(frozen=True)
class Vocabulary:
    """Pieces with their log probabilities, by token id, and the code points to replace before tokenising."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    normaliser: dict[int, str]
    unknown_score: float


def choose_pieces(weights: Weights) -> list[int]:
    """
    Return the ids of the pieces worth keeping, in order, the special tokens first.

    All Chinese pieces and signs stay; of the Latin ones the 12,000 most frequent and all of up to three letters.
    Other scripts become unknown, which shrinks the embedding table to a seventh.
    """
    kept = [index for index, piece in enumerate(weights.pieces) if index < _SPECIAL or _KEPT.match(piece)]
    latin = [
        index
        for index in kept[_SPECIAL:]
        if _LATIN.search(weights.pieces[index]) and not _HAN.search(weights.pieces[index])
    ]
    frequent = sorted(latin, key=lambda index: -weights.scores[index])[:_LATIN_PIECES]
    short = [index for index in latin if len(weights.pieces[index]) <= _SHORT_LATIN]
    prefixes = [index for index in latin if weights.pieces[index] in _PREFIX_PIECES]
    dropped = set(latin) - set(frequent) - set(short) - set(prefixes)
    return [index for index in kept if index not in dropped]


def prune_vocabulary(weights: Weights, kept: list[int]) -> Vocabulary:
    """Return the vocabulary of the kept pieces; a piece's new id is its place in ``kept``."""
    return Vocabulary(
        pieces=tuple(weights.pieces[index] for index in kept),
        scores=tuple(round(float(weights.scores[index]), 6) for index in kept),
        normaliser=weights.normaliser,
        unknown_score=float(weights.scores.min()) - 10.0,
    )


def write_vocabulary(vocabulary: Vocabulary, path: Path) -> None:
    """Write a vocabulary file (JSON)."""
    content = {
        "pieces": vocabulary.pieces,
        "scores": vocabulary.scores,
        "normaliser": {str(code): text for code, text in vocabulary.normaliser.items()},
        "unknown_score": vocabulary.unknown_score,
    }
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def read_vocabulary(path: Path) -> Vocabulary:
    """Read a file that ``write_vocabulary`` wrote."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return Vocabulary(
        pieces=tuple(content["pieces"]),
        scores=tuple(content["scores"]),
        normaliser={int(code): text for code, text in content["normaliser"].items()},
        unknown_score=content["unknown_score"],
    )
