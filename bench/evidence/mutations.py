"""Falsehoods made of true texts: one change each, of a kind that would mislead whoever reads it."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Change(StrEnum):
    """What is changed."""

    DIGIT = "数字"
    UNIT = "单位"
    DATE = "日期"
    SWAP = "同一段里的数对调"
    AGENCY = "部门"
    PLACE = "地名"
    NEGATION = "否定"
    MODAL = "可以、必须、不得"
    CONDITION = "条件"


@dataclass(frozen=True)
class Mutation:
    """A false text with the span that it claims to render."""

    change: Change
    text: str
    span: str


_NUMBER: Final = re.compile(
    r"(?P<number>\d+(?:\.\d+)?万?)(?P<unit>个工作日|个月|工作日|小时|分钟|元|天|日|岁|%|户|人|亩|次|升|米|倍|级|项|类|周|块)"
)
_UNITS: Final = {
    "个工作日": ("天", "个月"), "工作日": ("天",), "天": ("个工作日", "个月"), "个月": ("年", "天"),
    "元": ("万元", "%"),
    "日": ("个工作日",), "岁": ("个月",), "%": ("元", "倍"), "户": ("人",), "人": ("户",), "亩": ("户",), "次": ("天",),
    "升": ("吨",), "米": ("公里",), "倍": ("%",), "周": ("个月",), "小时": ("天",), "分钟": ("小时",), "项": ("年",),
    "块": ("万元",), "类": ("年",), "级": ("倍",),
}  # fmt: skip
_PERIODS: Final = {
    "每年": "每月",
    "一年": "一个月",
    "每月": "每年",
    "每学年": "每学期",
    "每学期": "每月",
    "每户": "每人",
    "每人": "每户",
}
_DATE: Final = re.compile(r"(?P<year>20[012]\d)年(?:(?P<month>1[0-2]|[1-9])月)?(?:(?P<day>[123]?\d)日)?")
_AGENCIES: Final = (
    "民政", "医保", "教育", "残联", "住建", "应急", "水务", "人社", "农业农村", "纪检监察", "公安", "财政", "税务",
    "法院",
    "村委会", "驻村工作队", "乡镇", "街道", "学校", "银行", "医院", "班主任",
)  # fmt: skip
_PLACES: Final = (
    "会宁县", "兰州新区", "甘肃省", "甘肃", "安徽", "枞阳县", "清水县", "德化县", "南康区", "孝南区", "元谋县",
    "湖北", "湖南",
    "云南", "海南", "福建", "江西", "辽宁", "青海", "固镇县", "永城市", "华容县", "平江县", "旌德县", "凌源市",
    "崇信县",
    "临猗县", "舟曲县", "平利县", "彭水县", "青阳县", "涡阳县", "兰州", "陕西", "宁夏", "广元", "咸丰", "贵港市",
    "花溪区",
)  # fmt: skip
_DENIALS: Final = re.compile(
    r"不(?=用|能|得|许|算|收|是|等于|符合|服|同意|公开|限|贴|免|再|超过|少于|低于|消除|会|列|还|该|要|说|住校|满)|没有(?!拿)|没(?=[授查写接])"
    r"|别(?=[扫转等按断急说下先])"
)
_EITHER: Final = re.compile(r"([\u3400-\u9fff])[不没]\1")
_DENIABLE: Final = re.compile(
    r"(?<![不没能是否])(?:可以(?!的)|能(?=[报贷领算申])|要(?=[还签书入告上按让写])|应当|会(?=告)|算(?=突)|属于|纳入(?=了|的)|贴(?=出))"
)
_MODALS: Final = (
    ("可以", "必须"),
    ("必须", "可以"),
    ("应当", "可以"),
    ("不得", "可以"),
    ("不许", "可以"),
    ("不能", "可以"),
    ("严禁", "可以"),
)
_KINDS: Final = (
    ("小学", "初中", "高中"), ("本科", "研究生", "专科"), ("中职", "本科"), ("脱贫户", "监测户", "一般农户"),
    ("春季", "秋季"),
    ("住校", "不住校"), ("寄宿生", "走读生"), ("低保对象", "特困人员"), ("本人", "邻居"), ("户籍地", "居住地"),
    ("公办", "民办"),
    ("农村", "城市"), ("高于", "低于"), ("超过", "低于"), ("以上", "以下"), ("以前", "以后"), ("不少于", "不超过"),
    ("最多", "最少"),
    ("最高", "最低"), ("一级", "三级"), ("重建", "修缮"), ("省外", "省内"), ("上年", "今年"), ("当年", "去年"),
    ("收入", "支出"),
    ("大病保险", "医疗救助"), ("支出型", "急难型"), ("C级", "D级"), ("以内", "以上"), ("重度", "轻度"),
    ("唯一", "任何"),
    ("近亲属", "邻居"), ("户主", "村干部"), ("至少", "最多"), ("先保险后救助", "先救助后保险"), ("按户", "按人"),
)  # fmt: skip


def mutations(text: str, span: str, draw: random.Random) -> Iterator[Mutation]:
    """Yield the falsehoods that can be made of a true text about a span, at most two of each kind."""
    for change, make in _MAKERS.items():
        made = [one for one in dict.fromkeys(make(text, span)) if one != text and one not in span]
        for one in draw.sample(made, min(2, len(made))):
            yield Mutation(change, one, span)


def _digits(text: str, _span: str) -> Iterator[str]:
    for found in _NUMBER.finditer(text):
        digits = found["number"]
        for place, old in enumerate(digits):
            if old.isdigit():
                new = str((int(old) + 3) % 9 + 1)
                if new != old:
                    yield _put(text, found.start() + place, found.start() + place + 1, new)


def _units(text: str, _span: str) -> Iterator[str]:
    for found in _NUMBER.finditer(text):
        for unit in _UNITS.get(found["unit"], ()):
            yield _put(text, found.start("unit"), found.end("unit"), unit)
    for old, new in _PERIODS.items():
        yield from (_put(text, found.start(), found.end(), new) for found in re.finditer(f"{old}(?=\\d)", text))


def _dates(text: str, span: str) -> Iterator[str]:
    for found in _DATE.finditer(text):
        for part, new in (
            ("year", str(int(found["year"]) + 1)),
            ("month", str(int(found["month"] or 1) % 12 + 1)),
            ("day", str(int(found["day"] or 1) % 28 + 1)),
        ):
            if found[part] and (part != "year" or f"{new}年" not in span):
                yield _put(text, found.start(part), found.end(part), new)


def _swaps(text: str, span: str) -> Iterator[str]:
    """Put another figure of the span, with the same unit, in a figure's place."""
    for found in _NUMBER.finditer(text):
        for other in _NUMBER.finditer(span):
            if other["unit"] == found["unit"] and other["number"] != found["number"]:
                yield _put(text, found.start("number"), found.end("number"), other["number"])


def _agencies(text: str, span: str) -> Iterator[str]:
    absent = [one for one in _AGENCIES if one not in span]
    for old in _AGENCIES:
        for found in re.finditer(old, text):
            yield from (_put(text, found.start(), found.end(), new) for new in absent)
    present = [one for one in _AGENCIES if text.count(one) == 1]
    for place, one in enumerate(present):
        for other in present[place + 1 :]:
            if not _same_clause(text, one, other):
                yield text.replace(one, "\x00").replace(other, one).replace("\x00", other)


def _places(text: str, span: str) -> Iterator[str]:
    absent = [one for one in _PLACES if one not in span and one.rstrip("省市县区") not in span]
    for old in _PLACES:
        for found in re.finditer(old, text):
            yield from (_put(text, found.start(), found.end(), new) for new in absent)


def _negations(text: str, _span: str) -> Iterator[str]:
    asked = {found.start() + 1 for found in _EITHER.finditer(text)}
    for found in _DENIALS.finditer(text):
        if found.start() in asked:
            continue
        yield _put(text, found.start(), found.end(), "有" if found[0] == "没有" else "")
    for found in _DENIABLE.finditer(text):
        if {found.start() - 2, found.start() + 1} & asked:
            continue
        yield _put(text, found.start(), found.start(), "不")


def _modals(text: str, _span: str) -> Iterator[str]:
    for old, new in _MODALS:
        yield from (_put(text, found.start(), found.end(), new) for found in re.finditer(f"(?<![不能]){old}", text))


def _conditions(text: str, _span: str) -> Iterator[str]:
    """Exchange a condition for one of its kind, or two of a kind for each other."""
    for kind in _KINDS:
        held = [one for one in kind if one in text]
        for old in held:
            for new in kind:
                if new != old and new not in text and old not in new:
                    yield from (
                        _put(text, found.start(), found.end(), new)
                        for found in re.finditer(f"(?<![不])(?:{old})", text)
                    )
        for one, other in itertools.pairwise(held):
            if one not in other and other not in one and not _same_clause(text, one, other):
                yield text.replace(one, "\x00").replace(other, one).replace("\x00", other)


def _same_clause(text: str, one: str, other: str) -> bool:
    first, second = sorted((text.index(one), text.index(other)))
    return not re.search("[，；。！？\n]", text[first:second])


def _put(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


_MAKERS: Final[dict[Change, Callable[[str, str], Iterator[str]]]] = {
    Change.DIGIT: _digits,
    Change.UNIT: _units,
    Change.DATE: _dates,
    Change.SWAP: _swaps,
    Change.AGENCY: _agencies,
    Change.PLACE: _places,
    Change.NEGATION: _negations,
    Change.MODAL: _modals,
    Change.CONDITION: _conditions,
}
