"""The words by which a rewording is compared with its source: a plain file, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from language.normalise import normalise

OFFICE: Final = "office"
_FILE: Final = Path(__file__).parent / "words.toml"
# 身份证号、手机号都不得写 is 不得写身份证号、手机号, and that is 不得写身份证号、不得手机号.
_FRONTED: Final = re.compile(
    r"(?<![^，。；：\n])((?:(?!因|有|为)[^，。；：、（）\n自等]+、)+)([^，。；：、（）\n自等]+?)，?[也都]{0,2}(不得|不能|不用)"
    r"([写给填交收登露]|公开|公示)(?=[，。；！？\n]|$)"
)
_DENIED_LIST: Final = re.compile(r"(不得|不能|不用)([^，。；：、（）\n的]+)((?:、[^，。；：、（）\n]+)+)")
_DENIES: Final = ("不", "别", "没", "勿", "也不")


@dataclass(frozen=True)
class Words:
    """
    What ``words.toml`` holds.

    ``patterns`` are exchanged first, in their order; ``same`` maps a way of saying to the one spelling of its group,
    ``kind_of`` a term to the name of the kind whose terms exclude each other; the terms of ``local`` kinds hold for
    their own clause only. ``light`` words say nothing about the matter.
    """

    patterns: tuple[tuple[re.Pattern[str], str], ...]
    same: Mapping[str, str]
    kind_of: Mapping[str, str]
    local: frozenset[str]
    courtesies: tuple[str, ...]
    ordinary: frozenset[str]
    quantities: tuple[str, ...]
    agencies: tuple[str, ...]
    light: tuple[str, ...]
    things: tuple[str, ...]
    alike: Mapping[str, str]
    free: frozenset[str]
    lightest: frozenset[str]
    unsaid: tuple[str, ...]
    hedges: tuple[str, ...]
    general: tuple[str, ...]
    restrictions: tuple[str, ...]

    def plain(self, text: str) -> str:
        """Return a normalised text with each word in the one spelling of its group."""
        told = normalise(text)
        for pattern, said in self.patterns:
            told = pattern.sub(said, told)
        return _DENIED_LIST.sub(_each_denied, _FRONTED.sub(r"\3\4\1\2", _respelled(told, self.same)))

    def weighty(self, text: str) -> str:
        """Return a text in plain spelling without its light words."""
        return _alternatives(self.light).sub(" ", text)

    def terms(self, text: str) -> list[tuple[int, int, str, str]]:
        """Return the terms of a text as (start, end, kind, term), offices among them as kind "office"."""
        pattern = _alternatives((*self.kind_of, *self.agencies))
        found = [(one.start(), one.end(), one[0]) for one in pattern.finditer(text)]
        return [(start, end, self.kind_of.get(term, OFFICE), term) for start, end, term in found]


@cache
def load_words() -> Words:
    """Return the words of the bundled file, all in their one spelling."""
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    steps = content["steps"]
    alike = {character: group[0] for group in steps["alike"] for character in group}
    same = {said: group for group, others in content["same"].items() for said in (group, *others)}
    kinds = {**content["kinds"], **content["local"]}
    return Words(
        patterns=tuple((re.compile(pattern), said) for pattern, said in content["patterns"]["change"]),
        same=same,
        kind_of={_respelled(term, same): kind for kind, terms in kinds.items() for term in terms},
        local=frozenset(content["local"]),
        courtesies=tuple(content["words"]["courtesies"]),
        ordinary=frozenset(content["words"]["ordinary"]),
        quantities=tuple(_respelled(term, same) for term in content["words"]["quantities"]),
        agencies=tuple(_respelled(term, same) for term in content["words"]["agencies"]),
        things=tuple(_respelled(term, same) for term in content["words"]["things"]),
        light=tuple(content["words"]["light"]),
        alike=alike,
        free=frozenset(steps["free"]),
        lightest=frozenset(alike.get(character, character) for character in steps["lightest"]),
        unsaid=tuple(steps["unsaid"]),
        hedges=tuple(steps["hedges"]),
        general=tuple(steps["general"]),
        restrictions=tuple(steps["restrictions"]),
    )


def _respelled(text: str, same: Mapping[str, str]) -> str:
    return _alternatives(tuple(same)).sub(lambda found: same[found[0]], text)


def _each_denied(found: re.Match[str]) -> str:
    """Return a list of which only the first part is denied with a denial of each."""
    parts = (part if part.startswith(_DENIES) else found[1] + part for part in found[3][1:].split("、"))
    return "、".join((found[1] + found[2], *parts))


@cache
def _alternatives(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of some words, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
