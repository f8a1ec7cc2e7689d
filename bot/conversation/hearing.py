"""The one spelling in which words are listened to: folded, capped, with the punctuation of Chinese."""

from __future__ import annotations

import re
from typing import Final

from language.normalise import fold, normalise

# What a message may hold; the rest is cut off before anything looks at it.
TEXT_CAP: Final = 2000

_WIDE: Final = str.maketrans(",;:?!()", "，；：？！（）")
_NARROW_MARK: Final = re.compile(r"(?<!\d)[,;:?!()]|[,;:?!()](?!\d)")


def read(text: str) -> str:
    """Return *text* as it is kept and shown back: normalised and capped, its case left alone."""
    return normalise(text[: 2 * TEXT_CAP])[:TEXT_CAP]


def listen(text: str) -> str:
    """Return *text* as patterns see it: folded, capped, sentence marks full width (but "3,000" stays)."""
    heard = fold(text[: 2 * TEXT_CAP])[:TEXT_CAP]
    return _NARROW_MARK.sub(lambda mark: mark.group().translate(_WIDE), heard)
