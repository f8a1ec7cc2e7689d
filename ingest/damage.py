"""
Characters that an earlier wrong conversion destroyed are marked, never guessed.

What such a conversion leaves behind is recognised by what no sentence holds: replacement and private-use
characters, Braille dots, a question mark with the rest of a pinyin gloss or a stray letter behind it. Whatever
lies within a few characters of two such traces (a Greek letter, a rare character out of two halves) went down
with them.
"""

from __future__ import annotations

import re
from typing import Final

from ingest.glosses import TONED

MARK: Final = "〔缺字〕"
_HAN: Final = "\u3400-\u9fff"
# Traces that are damage wherever they stand.
_CERTAIN: Final = re.compile(
    rf"[\ufffd\ue000-\uf8ff\u0080-\u0084\u0086-\u009f\u2800-\u28ff]"
    # the rest of a gloss whose character is gone
    rf"|(?<![(（a-zü])[?A-Za-z][?,;A-Za-z]{{0,2}}[(（]?[a-zü]{{0,5}}[{TONED}][a-zü]{{0,5}}[)）]"
    rf"|(?<=[{_HAN}])\?+(?:[,;:][A-Za-z]{{0,2}}|[A-Za-z]{{1,2}})(?=[{_HAN}])"
)
# Traces that count only close behind or before a certain one.
_DOUBTFUL: Final = re.compile(
    rf"\?|[\u0370-\u03ff\u0400-\u04ff\u3040-\u30ff\u3220-\u3243\u2500-\u25ff]|(?<=[{_HAN}])[A-Za-z](?=[{_HAN}])"
)
_REACH: Final = 2  # characters between two traces of the same wound


def mark_damage(text: str) -> tuple[str, tuple[str, ...]]:
    """Return ``text`` with each destroyed stretch replaced by ``MARK``, and some context of each."""
    wounds = _wounds(text)
    if not wounds:
        return text, ()
    pieces: list[str] = []
    contexts: list[str] = []
    at = 0
    for start, end in wounds:
        pieces += [text[at:start], MARK]
        contexts.append(text[max(0, start - 8) : end + 8])
        at = end
    return "".join([*pieces, text[at:]]), tuple(contexts)


def _wounds(text: str) -> list[tuple[int, int]]:
    certain = [match.span() for match in _CERTAIN.finditer(text)]
    if not certain:
        return []
    doubtful = [match.span() for match in _DOUBTFUL.finditer(text)]
    wounds: list[tuple[int, int]] = []
    sure: list[bool] = []
    for start, end in sorted({*certain, *doubtful}):
        is_certain = (start, end) in certain
        if wounds and start - wounds[-1][1] <= _REACH and not _breaks(text[wounds[-1][1] : start]):
            wounds[-1] = (wounds[-1][0], max(end, wounds[-1][1]))
            sure[-1] = sure[-1] or is_certain
        else:
            wounds.append((start, end))
            sure.append(is_certain)
    return [wound for wound, is_sure in zip(wounds, sure, strict=True) if is_sure]


def _breaks(between: str) -> bool:
    """Whether the text between two traces shows that the sentence was whole there."""
    return bool(re.search(r"[。，、；：！\n\d]", between))
