"""Where a sentence may mention a place: by the characters of a name, or by its sound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from places.gazetteer import Gazetteer, Level
from places.names import (
    HOMOPHONE,
    SHORTENED,
    Named,
    NameIndex,
    SoundIndex,
    county_names,
    county_sounds,
    ordinary_words,
    township_names,
    upper_names,
)

_EDGE = r"[\s，。；：、！？,.;:!?（）()“”\"'/~—-]"
_PLACING = r"是|在|住|自|到|去|回|从|离|属|[我俺咱他她们]|老家|我家|籍|户口|举报|投诉|反映"
_PLACED = re.compile(rf"(?:^|{_EDGE}|{_PLACING})$")
_BEFORE = re.compile(
    rf"(?:^|{_EDGE}|{_PLACING}|[我俺咱你他她]们?[村社队]|于|本|叫|即|址|位|县城|问|查|关于|为|和|与|跟|及|[省市县区旗镇乡])$"
)
_AFTER = re.compile(
    rf"$|{_EDGE}|第?[\d一二三四五六七八九十]+[社组队]|的|人|这|那|村|社|组|队|镇|乡|县|街|户|有|住|老[家人]|农村|城[乡镇]|申请|低保"
    "|临时救助|医保|民政|标准|政策|特困|残疾|高龄|救助|补[贴助]|养老|危房|大病|贫困|脱贫|务工|打工|帮扶"
)
# Longer words that a short name begins or ends within: 黄河南岸, 上海南站, 新型城镇化.
_INSIDE = {"河南": "黄沿", "海南": "上", "江西": "长沿", "江南": "长", "海口": "上", "海东": "上", "山东": "华"}
_GOES_ON = re.compile(r"[镇乡村]化|乡[镇亲]|村[庄镇]|镇静")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_ENDING = re.compile("村民委员会|村委会|社区|村|镇|乡|街道")
_SOUND_WINDOW = 6
_LONG_NAME = 3


@dataclass(frozen=True)
class Mention:
    """
    A stretch of text that may name one of some areas.

    ``weak`` when only a parent or a child named beside it makes it a place; ``ordinary`` when the name is also
    a word of its own (安定, 民主); ``cut`` when it may be the end of a longer name (黄羊角井村, not 羊角井村).
    ``parent`` is the mention of the area above that stands beside it.
    """

    start: int
    end: int
    areas: tuple[Named, ...]
    certainty: float
    weak: bool = False
    ordinary: bool = False
    cut: bool = False
    parent: Mention | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of the areas it may name."""
        return tuple(one.area.code for one in self.areas)


def upper_mentions(text: str, gazetteer: Gazetteer, within: str) -> Iterator[Mention]:
    """Yield the provinces, cities and counties that ``text`` may name."""
    for start, end, named in _exact(text, upper_names(gazetteer)):
        if start == 0 or text[start - 1] not in _INSIDE.get(text[start:end], ""):
            yield _upper(text, start, end, _foremost(named, within), within)


def township_mentions(text: str, gazetteer: Gazetteer, scope: str) -> Iterator[Mention]:
    """Yield the townships that ``text`` names in full within a scope wider than a county."""
    for start, end, named in _exact(text, township_names(gazetteer, scope)):
        if before_allows(text, start):
            yield Mention(start, end, named, named[0].likeness)


def county_mentions(text: str, gazetteer: Gazetteer, county: str, *, by_sound: bool) -> Iterator[Mention]:
    """Yield the townships and villages of a county that ``text`` may name, by characters and perhaps by sound."""
    spelt = [_lower(text, *found) for found in _exact(text, county_names(gazetteer, county))]
    yield from spelt
    if not by_sound:
        return
    taken = [mention for mention in spelt if not mention.weak]
    starts = {mention.end for mention in spelt}
    sounds = county_sounds(gazetteer, county)
    for mention in (*_sounding_with_ending(text, sounds, starts), *_sounding_bare(text, sounds, starts)):
        if not any(mention.start < other.end and other.start < mention.end for other in taken):
            yield mention


def before_allows(text: str, start: int) -> bool:
    """Tell whether a name may begin at ``start``: at an edge, after a word that places something or an area."""
    return bool(_BEFORE.search(text[max(0, start - 3) : start]))


def _exact(text: str, names: NameIndex) -> Iterator[tuple[int, int, tuple[Named, ...]]]:
    """Yield the longest name at each place of ``text``; names may overlap."""
    for start in range(len(text) - 1):
        for end in range(min(len(text), start + names.longest), start + 1, -1):
            named = names.get(text[start:end])
            if named and not _GOES_ON.match(text, end - 1):
                yield start, end, named
                break


def _outermost(named: tuple[Named, ...]) -> tuple[Named, ...]:
    """Leave out areas that lie in another one of the same name: 白银 is the city before its district."""
    codes = [one.area.code for one in named]
    return tuple(
        one for one in named if not any(one.area.code != code and one.area.code.startswith(code) for code in codes)
    )


def _foremost(named: tuple[Named, ...], within: str) -> tuple[Named, ...]:
    """Leave what a short name means first: an area of the writer's province, else the highest (海南 the province)."""
    if not named[0].bare:
        return named
    near = tuple(one for one in named if within and one.area.code.startswith(within[:2])) or named
    highest = min(one.area.level for one in near)
    return tuple(one for one in near if one.area.level == highest)


def _upper(text: str, start: int, end: int, named: tuple[Named, ...], within: str) -> Mention:
    name, level = text[start:end], named[0].area.level
    before, after = before_allows(text, start), bool(_AFTER.match(text, end))
    ordinary = name in ordinary_words()
    if not named[0].bare:
        weak = ordinary or (len(name) == 2 and not before)
        return Mention(start, end, named, named[0].likeness, weak, ordinary)
    if level is Level.PROVINCE:
        return Mention(start, end, named, 0.9)
    known = any(one.area.code.startswith(within) or within.startswith(one.area.code) for one in named if within)
    evident = (before or after) if level is Level.CITY or known else (before and after)
    return Mention(start, end, named, 0.85 if known else 0.75, ordinary or not evident, ordinary)


def _lower(text: str, start: int, end: int, named: tuple[Named, ...]) -> Mention:
    name, outer = text[start:end], _outermost(named)
    if not outer[0].bare:
        cut = start > 0 and bool(_CHINESE.match(text[start - 1])) and not before_allows(text, start)
        return Mention(start, end, outer, outer[0].likeness, cut=cut)
    before, after = before_allows(text, start), bool(_AFTER.match(text, end))
    placed = bool(_PLACED.search(text[max(0, start - 2) : start])) and after
    evident = placed if len(name) == 2 else before or after
    ordinary = name in ordinary_words()
    return Mention(start, end, outer, 0.8 if before and after else 0.7, ordinary or not evident, ordinary)


def _sounding_with_ending(text: str, sounds: SoundIndex, starts: set[int]) -> Iterator[Mention]:
    """Yield names with an ending that sound like one of the county: 南嘴村 for 南家咀头村."""
    for ending in _ENDING.finditer(text):
        if _GOES_ON.match(text, ending.start()):
            continue
        level = Level.VILLAGE if ending[0][0] in "村社" else Level.TOWNSHIP
        heard: list[Mention] = []
        for start in range(max(0, ending.start() - _SOUND_WINDOW), ending.start() - 1):
            named = tuple(
                one
                for one in sounds.like(text[start : ending.start()], level)
                if level is Level.TOWNSHIP or ("社区" in ending[0]) == one.area.name.endswith("社区")
            )
            if named and (
                start in starts or before_allows(text, start) or _plain_by_itself(text[start : ending.start()], named)
            ):
                heard.append(Mention(start, ending.end(), named, named[0].likeness))
        if heard:
            yield max(heard, key=lambda mention: (mention.certainty, mention.end - mention.start))


def _plain_by_itself(name: str, named: tuple[Named, ...]) -> bool:
    """Tell whether a name of the very same sound is long enough to be one whatever stands before it."""
    return len(name) >= _LONG_NAME and named[0].likeness >= HOMOPHONE


def _sounding_bare(text: str, sounds: SoundIndex, starts: set[int]) -> Iterator[Mention]:
    """Yield names without an ending that sound like one of the county and are plainly placed: 住南家嘴头."""
    for start in range(len(text) - 1):
        after_name = start in starts
        if not (after_name or _PLACED.search(text[max(0, start - 2) : start])):
            continue
        for end in range(min(len(text), start + _SOUND_WINDOW), start + (1 if after_name else 2), -1):
            if not _AFTER.match(text, end):
                continue
            named = [
                one
                for level in (Level.TOWNSHIP, Level.VILLAGE)
                for one in sounds.like(text[start:end], level)
                if one.likeness >= (SHORTENED if after_name else HOMOPHONE)
            ]
            if named:
                yield Mention(start, end, _outermost(tuple(named)), named[0].likeness - 0.1)
                break
