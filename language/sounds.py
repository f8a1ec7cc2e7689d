"""Compare words by their sound: wrong characters, dialect confusions, pinyin typed in Latin letters."""

from __future__ import annotations

import re
from functools import lru_cache

from pypinyin import lazy_pinyin

# Readings in place names that the dictionary does not give first.
_READINGS = {"咀": "zui", "堡": "bu", "铺": "pu", "岘": "xian", "圩": "xu"}
_INITIAL = r"zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]"
_FINAL = (
    r"iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|van|ai|an|ao|ei|en|er|ou|ia|ie|iu|in|ua|ui|un|uo|ue|ve|vn|[aoeiuv]"
)
_SYLLABLE = re.compile(rf"(?P<initial>{_INITIAL})?(?P<final>{_FINAL})")
_RUN = re.compile(r"[\u3400-\u9fff]+|.", re.DOTALL)
# Confusions of northern and southern dialects, by initial and by final.
_INITIALS = {"zh": "z", "ch": "c", "sh": "s", "n": "l"}
_FINALS = {"ing": "in", "eng": "en"}
_MOST_READINGS = 50
_SAME_PART = 0.5  # how like are two syllables that share initial or final


def sound_key(text: str) -> str:
    """
    Return the sounds of ``text`` without tones, a blank between syllables: equal for words that sound alike.

    Folded are n/l, f/h before u, zh/z, ch/c, sh/s, in/ing and en/eng. What is not Chinese stays, in lower case.
    """
    return " ".join(syllables(text))


def syllables(text: str) -> tuple[str, ...]:
    """Return the folded syllables of ``text``, one a Chinese character; other characters stand for themselves."""
    return tuple(_folded_sound(char) for char in _sounds(text))


def sound_similarity(one: str, other: str) -> float:
    """Return how alike two words sound, from 0 to 1 (equal keys), by syllables put in, left out or changed."""
    ours, theirs = syllables(one), syllables(other)
    if not ours or not theirs:
        return float(ours == theirs)
    row = [float(j) for j in range(len(theirs) + 1)]
    for i, our in enumerate(ours, 1):
        before, row[0] = row[0], float(i)
        for j, their in enumerate(theirs, 1):
            cost = min(row[j] + 1, row[j - 1] + 1, before + _difference(our, their))
            before, row[j] = row[j], cost
    return max(0.0, 1 - row[-1] / max(len(ours), len(theirs)))


def initials(text: str) -> str:
    """Return the first letter of each sound: yjbp for 一键报贫."""
    return "".join(sound[:1] for sound in _sounds(text))


def spell(text: str) -> tuple[str, ...]:
    """Return ``text`` as it is typed in pinyin, a syllable a character."""
    return _sounds(text)


@lru_cache(maxsize=20_000)
def _sounds(text: str) -> tuple[str, ...]:
    """Return a sound a character: pinyin for Chinese ones, which are read in their words."""
    sounds: list[str] = []
    for run in _RUN.findall(text):
        read = lazy_pinyin(run)
        sounds += read if len(read) == len(run) else [lazy_pinyin(char)[0] for char in run]
    return tuple(_READINGS.get(char, sound.lower()) for char, sound in zip(text, sounds, strict=True))


@lru_cache(maxsize=2_000)
def _folded_sound(sound: str) -> str:
    match = _SYLLABLE.fullmatch(sound)
    if not match or len(sound) == 1:
        return sound
    initial, final = match["initial"] or "", match["final"]
    if initial == "h" and final.startswith("u"):
        initial, final = "f", {"u": "u", "ui": "ei", "un": "en"}.get(final, final[1:])
    return _INITIALS.get(initial, initial) + _FINALS.get(final, final)


def _difference(one: str, other: str) -> float:
    if one == other:
        return 0.0
    ours, theirs = _SYLLABLE.fullmatch(one), _SYLLABLE.fullmatch(other)
    shared = ours and theirs and (ours["initial"] == theirs["initial"] or ours["final"] == theirs["final"])
    return _SAME_PART if shared else 1.0


def readings(word: str) -> list[tuple[str, ...]]:
    """Return all the ways to read a Latin word wholly as folded pinyin syllables; none where it is no pinyin."""
    found: list[list[tuple[str, ...]]] = [[()]]
    for end in range(1, len(word) + 1):
        found.append(
            [
                (*before, _folded_sound(word[start:end]))
                for start in range(max(0, end - 6), end)
                if _SYLLABLE.fullmatch(word, start, end)
                for before in found[start]
            ][:_MOST_READINGS]
        )
    return found[-1]
