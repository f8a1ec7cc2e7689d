"""Questions as hurried or old fingers type them: made from clean ones, to fit and to measure on."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache

from knowledge.spelling import common_pairs, shapes
from language.sounds import spell, syllables

_HAN = re.compile(r"[\u4e00-\u9fff]")
_FILLERS_BEFORE = ("请问", "我想问下", "那个", "麻烦问一下，", "同志，", "哎，")
_FILLERS_AFTER = ("啊", "呢", "嘛", "，我不懂", "，跟我说说", "，急着用")


class Noise(StrEnum):
    """A kind of slip."""

    SOUND = "同音字"
    SHAPE = "形近字"
    MISSING = "漏字"
    DOUBLED = "多打一遍"
    PINYIN = "夹拼音"
    FILLER = "口头话"


MEASURED = (Noise.SOUND, Noise.SHAPE, Noise.MISSING, Noise.DOUBLED, Noise.PINYIN)
"""The five kinds that are injected into the golden questions."""


def noisy(text: str, noise: Noise, seed: str) -> str:
    """
    Return a question with one kind of slip, the same for the same seed: in one character of six, at least in one.

    What has no character that can slip this way is returned as it is.
    """
    draw = random.Random(f"{seed}/{noise}/{text}")  # noqa: S311 - reproducible, not secret
    return _MAKERS[noise](text, draw)


def _each(change: Callable[[str, random.Random], str]) -> Callable[[str, random.Random], str]:
    def made(text: str, draw: random.Random) -> str:
        chars = list(text)
        able = [place for place, char in enumerate(chars) if _HAN.match(char) and change(char, draw) != char]
        for place in draw.sample(able, min(len(able), max(1, len(able) // 6))):
            chars[place] = change(chars[place], draw)
        return "".join(chars)

    return made


def _same_sound(char: str, draw: random.Random) -> str:
    others = [other for other in _by_sound().get(syllables(char)[0], ()) if other != char]
    return draw.choice(others) if others else char


def _same_shape(char: str, draw: random.Random) -> str:
    return draw.choice(shapes()[char]) if char in shapes() else char


def _pinyin(text: str, draw: random.Random) -> str:
    """Type a run of two to four characters in pinyin."""
    starts = [match.start() for match in re.finditer(r"(?=[\u4e00-\u9fff]{2})", text)]
    if not starts:
        return text
    start = draw.choice(starts)
    end = start + draw.randint(2, 4)
    while end > start and not all(map(_HAN.match, text[start:end])):
        end -= 1
    return f"{text[:start]}{''.join(spell(text[start:end]))}{text[end:]}"


def _filler(text: str, draw: random.Random) -> str:
    return f"{draw.choice(_FILLERS_BEFORE)}{text}" if draw.random() < 0.5 else f"{text}{draw.choice(_FILLERS_AFTER)}"


_MAKERS: Mapping[Noise, Callable[[str, random.Random], str]] = {
    Noise.SOUND: _each(_same_sound),
    Noise.SHAPE: _each(_same_shape),
    Noise.MISSING: _each(lambda _, __: ""),
    Noise.DOUBLED: _each(lambda char, _: char * 2),
    Noise.PINYIN: _pinyin,
    Noise.FILLER: _filler,
}


@cache
def _by_sound() -> Mapping[str, list[str]]:
    """Return the characters of everyday words by their sound."""
    found: dict[str, list[str]] = {}
    for char in sorted({char for pair in common_pairs() for char in pair}):
        found.setdefault(syllables(char)[0], []).append(char)
    return found
