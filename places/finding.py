"""Find the places that a sentence names, down to the village, without guessing what it leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from places.gazetteer import Gazetteer, Level
from places.mentions import Mention, before_allows, county_mentions, township_mentions, upper_mentions
from places.names import Named

SURE = 0.55
_MOST_COUNTIES = 4
_COUNTY = 6  # digits of a county's code
_READ = 2_000
_LINK = re.compile(r"[\s的，,、/-]{0,2}|[那这]边的?|下[面辖]的?|里的?")
_GROUP = re.compile(
    r"第?(?P<group>[\d一二三四五六七八九十]{1,3}|[\u3400-\u9fff]{1,3}?)(?:村民小组|小组|社(?!区|会)|组(?!织)|队)"
)
_AWAY_BEFORE = re.compile(r"[在去到送转往]$")
_AWAY_AFTER = re.compile(
    r"[省市县区]?第?[一二三四五六]?(?:人民|中医|中心|妇幼|骨科|附属)*(?:医院|学院|大学|中学)"
    r"|[^，。；！？\s]{0,3}(?:大学|打工|务工|上班|上学|读书|念书|看病|看过病|住院|治病|手术|干活|[摘拾采]棉|摘枸杞|搬砖|带孙|带娃)"
)
_BOUND_FOR = re.compile(r"[去到赴往]$")
_THOSE = re.compile(r"[省市县区]?的")
_WITH_PARENT = 0.05
_JOINED_WEAK = 0.8
_CUT = _AWAY = _ELSEWHERE = 0.5


@dataclass(frozen=True)
class PlaceMatch:
    """
    An area that ``text[start:end]`` may name.

    ``score`` is from 0 to 1; candidates for the same span share it. ``group`` is the villagers' group
    (社, 组, 队) named behind it, which has no code.
    """

    code: str
    start: int
    end: int
    score: float
    group: str | None = None


def find_places(text: str, gazetteer: Gazetteer, within: str | None = None) -> list[PlaceMatch]:
    """
    Return the areas that ``text`` names, best first; several with the same span where it leaves them open.

    ``text`` is normalised; its first 2000 characters are read. ``within`` is the code of the area the writer is
    known to belong to: inside its county short, misspelt and misheard names are understood, without it only
    names that are clear by themselves. Villages are known for the counties of the extract.
    """
    text, scope = text[:_READ], within or ""
    upper = list(upper_mentions(text, gazetteer, scope))
    mentions = [*upper, *_lower_mentions(text, gazetteer, upper, scope)]
    named = _narrowed(_linked(text, _without_overlaps(mentions)), scope)
    matches = _at_home(_outermost([match for mention in named for match in _matches(text, mention)]), scope)
    return sorted(matches, key=lambda match: (-match.score, -len(match.code), match.start))


def settled_place(matches: Iterable[PlaceMatch]) -> PlaceMatch | None:
    """Return the deepest place that no other one contradicts, None when the matches settle on nothing."""
    sure = [match for match in matches if match.score >= SURE]
    agreed = [match for match in sure if all(_on_one_line(match.code, other.code) for other in sure)]
    return max(agreed, key=lambda match: (len(match.code), match.score), default=None)


def _on_one_line(code: str, other: str) -> bool:
    return code.startswith(other) or other.startswith(code)


def _lower_mentions(text: str, gazetteer: Gazetteer, upper: list[Mention], scope: str) -> list[Mention]:
    """Return the townships and villages named in the writer's county and in counties that the text names."""
    by_sound = {scope[:_COUNTY]: True} if len(scope) >= _COUNTY else {}
    for mention in upper:
        if not mention.ordinary and len(mention.areas) <= _MOST_COUNTIES:
            for code in (one.area.code for one in mention.areas if len(one.area.code) == _COUNTY):
                by_sound[code] = by_sound.get(code, False) or not mention.weak
    mentions = [
        mention
        for county, heard in list(by_sound.items())[:_MOST_COUNTIES]
        for mention in county_mentions(text, gazetteer, county, by_sound=heard)
    ]
    if len(scope) < _COUNTY:
        mentions += township_mentions(text, gazetteer, scope)
    return mentions


def _without_overlaps(mentions: list[Mention]) -> list[Mention]:
    """Return the mentions in order of text, of overlapping ones the plainest and longest; equal ones together."""
    kept: dict[int, Mention] = {}
    holders: dict[int, int] = {}  # place in the text → start of the mention that holds it
    for mention in sorted(mentions, key=lambda one: (one.weak, one.start - one.end, -one.certainty)):
        rivals = {holders[place] for place in range(mention.start, mention.end) if place in holders}
        if not rivals:
            kept[mention.start] = mention
            holders |= dict.fromkeys(range(mention.start, mention.end), mention.start)
        elif len(rivals) == 1 and _alike(mention, kept[min(rivals)]):
            rival = kept[min(rivals)]
            kept[rival.start] = replace(rival, areas=tuple(dict.fromkeys(rival.areas + mention.areas)))
    return [kept[start] for start in sorted(kept)]


def _alike(one: Mention, other: Mention) -> bool:
    return (one.start, one.end, one.weak, one.certainty) == (other.start, other.end, other.weak, other.certainty)


def _linked(text: str, mentions: list[Mention]) -> list[Mention]:
    """
    Return the mentions with those that stand beside their parent joined to it (会宁县 / 会师镇 / 东河村).

    What stays weak names no place; what may be the end of a longer name is no longer sure.
    """
    linked: list[Mention] = []
    for mention in mentions:
        joined = _join(text, linked[-1], mention) if linked else None
        if joined:
            linked[-1] = joined
        else:
            beside = bool(linked) and linked[-1].end == mention.start
            linked.append(replace(mention, cut=False) if beside else mention)
    return [
        replace(mention, certainty=mention.certainty * _CUT) if mention.cut else mention
        for mention in linked
        if not mention.weak
    ]


def _join(text: str, parent: Mention, child: Mention) -> Mention | None:
    """Return the child as named beside its parent, None when they do not stand or do not lie together."""
    if not _LINK.fullmatch(text, parent.end, child.start) or (parent.ordinary and child.ordinary):
        return None
    if parent.weak and not before_allows(text, parent.start):
        return None
    inside = tuple(one for one in child.areas if one.area.code not in parent.codes and _lies_in(one, parent))
    if not inside:
        return None
    certainty = _JOINED_WEAK if child.weak else min(1.0, child.certainty + _WITH_PARENT)
    above = replace(
        parent,
        areas=tuple(one for one in parent.areas if inside[0].area.code.startswith(one.area.code)),
        certainty=max(parent.certainty, certainty),
    )
    return Mention(parent.start, child.end, inside, certainty, parent=above)


def _lies_in(one: Named, parent: Mention) -> bool:
    return one.area.code.startswith(parent.codes)


def _narrowed(mentions: list[Mention], scope: str) -> list[Mention]:
    """Return the mentions with open ones narrowed to what the rest of the text, or else the scope, allows."""
    known = dict.fromkeys([mention.codes[0] for mention in mentions if len(mention.areas) == 1] + [scope])
    narrowed = []
    for mention in mentions:
        areas = mention.areas
        for code in known if len(areas) > 1 else ():
            areas = tuple(one for one in areas if one.area.code.startswith(code)) or areas
        narrowed.append(replace(mention, areas=areas))
    return narrowed


def _matches(text: str, mention: Mention) -> Iterator[PlaceMatch]:
    """Yield a match for each area that the mention may name, and for those above that it names."""
    start, end, certainty = mention.start, mention.end, mention.certainty
    before = text[max(0, start - 1) : start]
    if (_AWAY_BEFORE.search(before) and _AWAY_AFTER.match(text, end)) or (
        _BOUND_FOR.search(before) and _THOSE.match(text, end)
    ):
        certainty *= _AWAY
    if mention.parent:
        yield from _matches(text, mention.parent)
    group = _GROUP.match(text, end) if mention.areas[0].area.level is Level.VILLAGE else None
    score = round(certainty / len(mention.areas), 3)
    for code in mention.codes:
        yield PlaceMatch(code, start, group.end() if group else end, score, group and group["group"])


def _outermost(matches: list[PlaceMatch]) -> list[PlaceMatch]:
    """Leave out what names only the group of a village: 陈庄村杨家湾社 is not the village 杨家湾."""
    groups = [match for match in matches if match.group]
    return [
        match
        for match in matches
        if not any(
            group.start < match.start and match.end <= group.end and not _on_one_line(match.code, group.code)
            for group in groups
        )
    ]


def _at_home(matches: list[PlaceMatch], scope: str) -> list[PlaceMatch]:
    """Return the matches, those elsewhere less sure when a place inside the writer's county is sure."""
    county = scope[:_COUNTY]
    home = [match for match in matches if match.score >= SURE and len(match.code) > _COUNTY]
    if len(county) < _COUNTY or not any(match.code.startswith(county) for match in home):
        return matches
    return [
        match if _on_one_line(match.code, county) else replace(match, score=round(match.score * _ELSEWHERE, 3))
        for match in matches
    ]
