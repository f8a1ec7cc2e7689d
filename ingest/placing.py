"""Which place a document is of: told by who publishes it and by the places it names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from ingest.labels import Label
from ingest.parsing import Draft, with_notes
from ingest.report import Found
from places.gazetteer import Gazetteer, Level, is_filler
from places.names import ordinary_words
from places.naming import bare_name

_NATION: Final = re.compile(
    r"中共中央|国务院|全国人民代表大会|全国人大|最高人民法院|中华人民共和国(?!.*(省|市|县))|国家[\u4e00-\u9fff]{2,10}[局委部]"
    r"|(?<![省市县区州])(民政|财政|农业农村|教育|人力资源(和)?社会保障|住房(和)?城乡建设|应急管理|司法|水利)部"
)
_NATION_NUMBER: Final = re.compile(
    r"^(中发|中办发|国发|国办发|国令|国乡振发|民发|财社|农[\u4e00-\u9fff]{0,3}发|医保发|人社部发|教[\u4e00-\u9fff]{0,2}〔)"
)
# How a document speaks of its own place.
_OWN: Final = {
    Level.TOWNSHIP: re.compile(r"全[镇乡]|我[镇乡]|本[镇乡]|镇党委|乡党委|镇政府|乡政府"),
    Level.COUNTY: re.compile(r"全县|我县|本县|县委|县政府|全区|我区|本区|区委"),
    Level.CITY: re.compile(r"全市|我市|本市|市委|市政府|各县区|各县市"),
    Level.PROVINCE: re.compile(r"全省|我省|本省|省委|省政府|全自治区"),
}
_DIGITS: Final = {Level.PROVINCE: 2, Level.CITY: 4, Level.COUNTY: 6, Level.TOWNSHIP: 9}
_LEVEL_NAMES: Final = {Level.PROVINCE: "省", Level.CITY: "市", Level.COUNTY: "县", Level.TOWNSHIP: "乡镇"}
_BEFORE: Final = re.compile(r"[^\u4e00-\u9fff]$|[在中和与及向由到从是的如对给为以省市州盟县区旗镇乡]$|中共$|国电$")
_BEHIND: Final = re.compile(r"[路街大道]|[\u4e00-\u9fff]{0,3}(大学|学院|银行|公司|经验|模式)")
# Not 农场, 街道, 分乡镇, which are words of every report.
_TOWNSHIP_NAME: Final = re.compile(r"[\u4e00-\u9fff]{2,}(?<!分)(?<!各)(镇|乡|街道|苏木)(?<!乡镇)")
_LONGEST_NAME: Final = 15
_BODY_READ: Final = 30_000
_STATED, _TITLED, _NAMED = 8.0, 6.0, 1.0  # how much a place counts in publisher, title, body
_FULL, _BARE = 2.0, 0.5  # 会宁县, 会宁
_UNCLEAR: Final = 0.25
_MOST_COUNTED: Final = 3
_DOMINANT: Final = 0.6
# What places in the body alone must weigh, and how many of them must agree on the province.
_BY_BODY: Final = 2.0
_FEWEST_NAMES: Final = 2


@dataclass(frozen=True)
class Placed:
    """A draft with the evidence of its place noted, and the area code: "" the nation, None not known."""

    draft: Draft
    area: str | None


@dataclass(frozen=True)
class _Vote:
    """A place name met: all areas it may mean share its weight."""

    name: str
    codes: tuple[str, ...]
    weight: float
    where: str


class Placer:
    """Places documents with the names of one gazetteer; made once, it serves any number of them."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._full: dict[str, list[str]] = defaultdict(list)
        self._bare: dict[str, list[str]] = defaultdict(list)
        for area in gazetteer.within(""):
            if is_filler(area.name) or area.level is Level.VILLAGE:
                continue
            if area.level < Level.TOWNSHIP or _TOWNSHIP_NAME.fullmatch(area.name):
                self._full[area.name].append(area.code)
            bare = bare_name(area.name)
            if area.level <= Level.COUNTY and bare != area.name and bare not in ordinary_words():
                self._bare[bare].append(area.code)

        self._beginnings = {name[:2] for name in (*self._full, *self._bare)}

    def place(self, draft: Draft) -> Placed:
        """Return the draft with its place; a place that only the body suggests is noted as inferred."""
        if nation := _is_of_the_nation(draft):
            return self._placed(draft, "", nation, "页面")
        votes = list(self._votes(draft))
        stated = [vote for vote in votes if vote.where != "正文"]
        own = _own_level(draft.composed.text)
        if stated:
            deepest = max(len(code) for vote in stated for code in vote.codes)
            code = self._winner(votes, deepest, least=_FULL)
        else:
            code = self._winner(votes, _DIGITS[own or Level.COUNTY], least=_BY_BODY)
        if code is None or (not stated and sum(_supports(vote, code[:2]) for vote in votes) < _FEWEST_NAMES):
            return Placed(draft, None)
        if stated and (village := self._village(draft, code)):
            return self._placed(draft, village, self._gazetteer.area(village).name, "标题")
        path = self._gazetteer.path(code)
        behind = max(votes, key=lambda vote: (code in vote.codes, _supports(vote, code), vote.weight))
        placed = self._placed(draft, code, behind.name, behind.where if stated else "推断")
        notes = [] if stated else [f"没有写明是哪里的，按文中地名推断为 {path}"]
        if own is not None and self._gazetteer.area(code).level < own:
            notes.append(f"文中自称本{_LEVEL_NAMES[own]}，没有写明名字")
        return Placed(with_notes(placed.draft, notes), code)

    def _village(self, draft: Draft, code: str) -> str | None:
        """Return the one village within a county or township that publisher, seal or title names."""
        if len(code) < _DIGITS[Level.COUNTY]:
            return None
        words = f"{draft.particulars.publisher} {draft.sign_off} {draft.title}"
        named = [
            area
            for area in self._gazetteer.within(code)
            if area.level is Level.VILLAGE and len(area.name) > len("某村") and area.name in words
        ]
        longest = max((len(area.name) for area in named), default=0)
        found = [area.code for area in named if len(area.name) == longest]
        return found[0] if len(found) == 1 else None

    def _placed(self, draft: Draft, code: str, evidence: str, where: str) -> Placed:
        found = Found("地点", self._gazetteer.path(code), evidence, where)
        report = replace(draft.report, found=(*draft.report.found, found))
        return Placed(replace(draft, report=report), code)

    def _votes(self, draft: Draft) -> Iterator[_Vote]:
        publishers = [
            one.value
            for one in draft.report.found
            if one.name in {Label.PUBLISHER, Label.OWNER} and one.where != "推断"
        ]
        for weight, where, text in (
            *((_STATED, "发布机构", publisher) for publisher in dict.fromkeys(publishers)),
            (_TITLED, "标题", draft.title),
            (_NAMED, "正文", draft.composed.text[:_BODY_READ]),
        ):
            for name, seen in self._mentions(text).items():
                yield self._vote(name, weight * min(seen, _MOST_COUNTED), where)

    def _vote(self, name: str, weight: float, where: str) -> _Vote:
        if codes := self._full.get(name):
            return _Vote(name, tuple(codes), weight * _FULL, where)
        return _Vote(name, tuple(self._bare[name]), weight * _BARE, where)

    def _mentions(self, text: str) -> dict[str, float]:
        """Count the names in a text, the longest at each place; one that may begin inside a word counts less."""
        seen: dict[str, float] = defaultdict(float)
        start = 0
        while start < len(text):
            name = self._name_at(text, start)
            if name:
                seen[name] += 1 if _begins_word(text, start) else _UNCLEAR
            start += len(name) or 1
        return seen

    def _name_at(self, text: str, start: int) -> str:
        """Return the longest name that begins at a place of the text, "" when none does."""
        if text[start : start + 2] not in self._beginnings:
            return ""
        for end in range(min(len(text), start + _LONGEST_NAME), start + 1, -1):
            name = text[start:end]
            if name in self._full or (name in self._bare and _begins_word(text, start) and not _goes_on(text, end)):
                return name
        return ""

    def _winner(self, votes: list[_Vote], deepest: int, *, least: float) -> str | None:
        """Descend from the nation as long as one area below holds most of the weight that reaches so deep."""
        code: str | None = None
        for digits in _DIGITS.values():
            weights: dict[str, float] = defaultdict(float)
            for vote in votes:
                for area in {one[:digits] for one in vote.codes if one.startswith(code or "") and len(one) >= digits}:
                    weights[area] += vote.weight / len(vote.codes)
            area, weight = max(weights.items(), key=lambda pair: (pair[1], pair[0]), default=("", 0.0))
            if digits > deepest or weight < least or weight < _DOMINANT * sum(weights.values()):
                break
            code = area
        return code


def _is_of_the_nation(draft: Draft) -> str:
    """Return the words by which a document is the nation's, "" when there are none."""
    issuers = f"{draft.particulars.publisher} {draft.sign_off}"
    match = _NATION.search(issuers) or _NATION_NUMBER.match(draft.particulars.number)
    if match is None and re.match(r"中华人民共和国|国务院", draft.title):
        match = re.match(r"中华人民共和国|国务院", draft.title)
    return match.group() if match else ""


def _supports(vote: _Vote, code: str) -> bool:
    return any(one.startswith(code) for one in vote.codes)


def _own_level(text: str) -> Level | None:
    """Return the level at which a text speaks of its own place, the one it does most often."""
    counts = {level: len(pattern.findall(text[:_BODY_READ])) for level, pattern in _OWN.items()}
    level = max(counts, key=lambda one: counts[one])
    return level if counts[level] else None


def _begins_word(text: str, start: int) -> bool:
    """Whether a name may begin here: at an edge, or behind a word or name that stands before places."""
    return start == 0 or bool(_BEFORE.search(text[max(0, start - 2) : start]))


def _goes_on(text: str, end: int) -> bool:
    """Whether a short name is but the beginning of another: 会宁 in 会宁路."""
    return bool(_BEHIND.match(text[end : end + 6]))
