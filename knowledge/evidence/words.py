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
# 能不能, 有没有: a question is no negation.
_EITHER: Final = re.compile(r"([\u3400-\u9fff])(?:[不没]\1|得?([上到了起])\1不\2)")
# “七不消”, “四个不摘” are names.
_NAMED: Final = re.compile(r"""([一二三四五六七八九十几]个?)不(?=[\u3400-\u9fff]{1,2}[”’"'])""")
# 不会用也不要紧: what only calms says nothing.
_CALMING: Final = re.compile(r"也?(?:不要紧|没关系|不打紧|没事)(?=[，。；！？]|$)", re.MULTILINE)
# 省不了, 定不了: 不能省, 不能定.
_UNABLE: Final = re.compile(r"([\u3400-\u9fff])不了(?=的?(?:[，。；、！？）]|$))", re.MULTILINE)
# 不是收入低就一定算 is 收入低不一定就算.
_NOT_ALWAYS: Final = re.compile(r"不是([^，。；、！？\n]{2,14}?)就一定")
# 还 at the end of a clause is the verb: 不用还.
_RETURN: Final = re.compile(r"(?<!偿)还(?=[，。；、！？）]|$|的[，。；])", re.MULTILINE)


@dataclass(frozen=True)
class Words:
    """
    What ``words.toml`` holds.

    ``same`` maps a way of saying to the one spelling of its group, ``kind_of`` a term to the name of the kind
    whose terms exclude each other; the terms of ``local`` kinds hold for their own clause only.
    """

    same: Mapping[str, str]
    kind_of: Mapping[str, str]
    local: frozenset[str]
    courtesies: tuple[str, ...]
    ordinary: frozenset[str]
    quantities: tuple[str, ...]
    agencies: tuple[str, ...]

    def plain(self, text: str) -> str:
        """Return a normalised text with each word in the one spelling of its group."""
        return _respelled(text, self.same)

    def terms(self, text: str) -> list[tuple[int, int, str, str]]:
        """Return the terms of a text as (start, end, kind, term), offices among them as kind "office"."""
        pattern = _alternatives((*self.kind_of, *self.agencies))
        found = [(one.start(), one.end(), one[0]) for one in pattern.finditer(text)]
        return [(start, end, self.kind_of.get(term, OFFICE), term) for start, end, term in found]


@cache
def load_words() -> Words:
    """Return the words of the bundled file, all in their one spelling."""
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    same = {said: group for group, others in content["same"].items() for said in (group, *others)}
    kinds = {**content["kinds"], **content["local"]}
    return Words(
        same=same,
        kind_of={_respelled(term, same): kind for kind, terms in kinds.items() for term in terms},
        local=frozenset(content["local"]),
        courtesies=tuple(content["words"]["courtesies"]),
        ordinary=frozenset(content["words"]["ordinary"]),
        quantities=tuple(_respelled(term, same) for term in content["words"]["quantities"]),
        agencies=tuple(_respelled(term, same) for term in content["words"]["agencies"]),
    )


def _respelled(text: str, same: Mapping[str, str]) -> str:
    asked = _RETURN.sub("偿还", _EITHER.sub(r"是否\1", normalise(text)))
    asked = _NAMED.sub(r"\1否", asked)
    asked = _NOT_ALWAYS.sub(r"\1不一定就", _UNABLE.sub(r"不能\1", _CALMING.sub("", asked)))
    return _alternatives(tuple(same)).sub(lambda found: same[found[0]], asked)


@cache
def _alternatives(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of some words, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
