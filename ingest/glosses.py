"""Pinyin that a site prints behind each character is taken out again: 準(zhǔn) is 準."""

from __future__ import annotations

import re
from typing import Final

TONED: Final = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_SYLLABLE: Final = "[bpmfdtnlgkhjqxzcsrwy]{0,2}[aeiouvüêmnr]{1,4}g?"
_TONED_SYLLABLE: Final = rf"[a-zü{TONED}]{{0,6}}[{TONED}][a-zü]{{0,5}}"
_GLOSS: Final = re.compile(rf"(?<=[\u3400-\u9fff])\s?[(（]\s?{_TONED_SYLLABLE}\s?[)）]")
_TONELESS: Final = re.compile(rf"(?<=[\u3400-\u9fff])[(（]{_SYLLABLE}[)）]")
# A page with this many toned glosses prints one behind every such character, the neutral tones (de, le) too.
_HABIT: Final = 5


def strip_glosses(text: str) -> tuple[str, tuple[str, ...]]:
    """Return ``text`` without pinyin in brackets behind a Chinese character, and what was taken out."""
    taken = _GLOSS.findall(text)
    bare = _GLOSS.sub("", text)
    if len(taken) >= _HABIT:
        taken += _TONELESS.findall(bare)
        bare = _TONELESS.sub("", bare)
    return bare, tuple(taken)
