"""What was meant by what was typed: pinyin, initials, characters of like sound or like shape, a key pressed twice.

The words of the corpus decide: a slip is mended only where the text as it stands is no word here or in everyday
Chinese, and what it is mended to is one. Nothing is ever mended in what is shown: only what is searched for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np

from knowledge.lexical import LexicalIndex
from language.sounds import initials, readings, syllables

_FOLDER = Path(__file__).parent
_HAN = re.compile(r"[\u3400-\u9fff]")
_PINYIN = re.compile(r"[a-zü]+(?:[ '’-]*[a-zü]+)*", re.IGNORECASE)
_LONGEST_TYPED = 60
_CHOICES = 24
"""How many characters of one sound are weighed."""
_UNSEEN = -7.0
_FEWEST = 2
"""How often a pair must occur before a character is changed to make it."""
_GAIN = 2.0
# What would make a word of its neighbour is no slip of these.
_STEADY = frozenset("的了吗呢吧啊呀嘛么我你他她它不没有是在就也都还又要会能和与及或这那")


@dataclass(frozen=True)
class Spelled:
    """
    A text as it was probably meant: ``text`` with pinyin turned into characters, ``mended`` with slips undone too.

    ``changes`` counts the characters that were put in.
    """

    text: str
    mended: str
    changes: int = 0

    @property
    def forms(self) -> tuple[str, ...]:
        """Return the ways to read the text: one, or two where it was mended."""
        return tuple(dict.fromkeys((self.text, self.mended)))


class Speller:
    """Mends questions by the vocabulary of one index; immutable, threads may share it."""

    def __init__(self, lexical: LexicalIndex) -> None:
        self._counts: Mapping[str, int] = lexical.holders
        self._rows = max(lexical.size, 1)

    def mend(self, text: str, plain: Callable[[str], str] = str, phrases: Iterable[str] = ()) -> Spelled:
        """
        Return ``text`` (normalised) as it was probably meant.

        ``plain`` puts plain words for dialect. ``phrases`` are the official terms that people type by their initials.
        """
        typed, put_in = self._from_latin(text, tuple(phrases))
        mended, changed = self._from_slips(_once(plain(typed), self._counts))
        return Spelled(typed, mended, put_in + changed)

    def _from_latin(self, text: str, phrases: tuple[str, ...]) -> tuple[str, int]:
        """Replace what is typed in pinyin or by initials with the characters that it stands for."""
        pieces, at, count = [], 0, 0
        for match in _PINYIN.finditer(text):
            meant = self._meant(match[0].lower(), phrases)
            if meant is not None:
                pieces += [text[at : match.start()], meant]
                at, count = match.end(), count + len(meant)
        return "".join((*pieces, text[at:])), count

    def _meant(self, typed: str, phrases: tuple[str, ...]) -> str | None:
        words = [word for word in re.split(r"[ '’-]+", typed.replace("ü", "v")) if word]
        if all(word in self._counts for word in words) or len("".join(words)) > _LONGEST_TYPED:
            return None
        read: list[str] = []
        pending: list[list[tuple[str, ...]]] = []
        for word in words:
            short = next((phrase for phrase in phrases if len(word) > 2 and initials(phrase) == word), None)
            ways = readings(word)
            if short is None and not ways:
                return None
            if short is not None and (not ways or len(min(ways, key=len)) >= len(word)):
                read += [self._decode(pending), short]
                pending = []
            else:
                fewest = min(map(len, ways))
                pending.append([way for way in ways if len(way) <= fewest + 1])
        meant = "".join((*read, self._decode(pending)))
        return meant if len(meant) > 1 else None

    def _decode(self, words: list[list[tuple[str, ...]]]) -> str:
        """Return the likeliest characters for syllables: those that stand side by side in the corpus."""
        paths: dict[str, tuple[float, str]] = {"": (0.0, "")}
        for ways in words:
            reached: dict[str, tuple[float, str]] = {}
            for way in ways:
                for last, (score, said) in self._along(paths, way).items():
                    worth = score - 1.5 * (len(way) - min(map(len, ways)))
                    if last not in reached or worth > reached[last][0]:
                        reached[last] = (worth, said)
            paths = reached or paths
        return max(paths.values())[1]

    def _along(self, paths: dict[str, tuple[float, str]], way: tuple[str, ...]) -> dict[str, tuple[float, str]]:
        for sound in way:
            reached: dict[str, tuple[float, str]] = {}
            for char in self._by_sound.get(sound, ())[:_CHOICES]:
                score, said = max((before[0] + self._follows(last, char), before[1]) for last, before in paths.items())
                reached[char] = (score, said + char)
            if not reached:
                return {}
            paths = reached
        return paths

    def _follows(self, last: str, char: str) -> float:
        """Return how likely a character is after another, as a logarithm."""
        own = np.log((self._counts.get(char, 0) + 0.1) / self._rows)
        pair = self._counts.get(last + char, 0) if last else 0
        together = np.log(pair / (self._counts.get(last, 0) + 1.0)) if pair else _UNSEEN + 0.3 * own
        return float(max(together, _UNSEEN + 0.3 * own) if last else 0.5 * own)

    def _from_slips(self, text: str) -> tuple[str, int]:
        """Replace characters that make no word here or anywhere by like ones that do."""
        changes = 0
        chars = list(text)
        for place, char in enumerate(chars):
            if not _HAN.match(char) or char in _STEADY:
                continue
            before = chars[place - 1] if place else ""
            after = chars[place + 1] if place + 1 < len(chars) else ""
            if self._is_word(before + char) or self._is_word(char + after):
                continue
            better = max(
                ((self._worth(before, other, after), other) for other in self._alike(char)), default=(0.0, char)
            )
            if better[0] >= _GAIN:
                chars[place] = better[1]
                changes += 1
        return "".join(chars), changes

    def _worth(self, before: str, char: str, after: str) -> float:
        """Return what speaks for a character between its neighbours: the pairs that it makes, weighed by rarity."""
        pairs = [before + char] * (before not in _STEADY) + [char + after] * (after not in _STEADY)
        counts = [self._counts.get(pair, 0) for pair in pairs if len(pair) == 2]
        return sum(float(np.log2(1 + count)) for count in counts if count >= _FEWEST)

    def _is_word(self, pair: str) -> bool:
        return len(pair) == 2 and (self._counts.get(pair, 0) > 0 or pair in common_pairs())

    def _alike(self, char: str) -> list[str]:
        sound = syllables(char)[0]
        like = [*self._by_sound.get(sound, ()), *shapes().get(char, ())]
        return [other for other in dict.fromkeys(like) if other != char]

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        """The characters of the corpus by their sound, the commonest first."""
        found: dict[str, list[str]] = {}
        chars = [term for term in self._counts if len(term) == 1 and _HAN.match(term)]
        for char in sorted(chars, key=lambda char: -self._counts[char]):
            found.setdefault(syllables(char)[0], []).append(char)
        return found


def _once(text: str, counts: Mapping[str, int]) -> str:
    """Return a text without characters that were typed twice."""
    kept: list[str] = []
    for char in text:
        doubled = kept and kept[-1] == char and _HAN.match(char)
        if not (doubled and char * 2 not in counts and char * 2 not in common_pairs()):
            kept.append(char)
    return "".join(kept)


@cache
def common_pairs() -> frozenset[str]:
    """Return the pairs of characters that everyday words are made of."""
    lines = (_FOLDER / "common_pairs.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(pair for line in lines if not line.startswith("#") for pair in line.split())


@cache
def shapes() -> Mapping[str, tuple[str, ...]]:
    """Return for a character those that look like it."""
    found: dict[str, list[str]] = {}
    for line in (_FOLDER / "shapes.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            for char in line:
                found.setdefault(char, []).extend(other for other in line if other != char)
    return {char: tuple(dict.fromkeys(others)) for char, others in found.items()}
