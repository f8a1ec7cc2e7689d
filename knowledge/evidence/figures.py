"""Figures of a text: how much, of what, at least or at most, per year or per head, on which date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from typing import Final

from language.numerals import find_numbers

_UNIT: Final = re.compile(
    r"\s*(个百分点|个工作日|工作日|自然日|个月|小时|分钟|平方米|公里|公斤|块钱|周岁|学年|学期|年度|年级"
    r"|%|％|元|块|天|日|号|月份|月|年|岁|周|人|户|亩|只|头|箱|羽|升|次|份|项|类|条|档|级|倍|米|里|间|名|位|口|张|步|样|组|斤|吨"
    r"|个(?=[\u3400-\u9fff]))"
)
_SAME_UNIT: Final = {
    "块": "元", "块钱": "元", "％": "%", "周岁": "岁", "日": "天", "个工作日": "工作日", "月份": "月", "号": "天",
    "名": "人", "位": "人", "口": "人", "年度": "年", "自然日": "天",
}  # fmt: skip
_DAY_UNITS: Final = ("日", "号")
_RANKED: Final = ("类", "项", "条", "步", "样")  # 第二类 ranks, it does not count
_LIMITED: Final = ("天", "工作日", "小时", "分钟", "月", "个月")
_WITHIN: Final = re.compile("以内|之内|内")
_SPAN: Final = re.compile("(?:[前近]|过去)$")  # 前12个月里 is 前12个月
_INSIDE: Final = re.compile("以内|之内|内|里(?!面)")
_FIRST_YEAR, _LAST_YEAR, _MONTHS, _DAYS = 1900, 2100, 12, 31
_RANGE: Final = re.compile(
    r"\s*(?:个?(?:元|块|天|日|月|年|岁|%|％|人|户)?\s*(?:到|至|~|-|—|–|－|、)(?:每[年月人户])?)\s*$"
)
_ONES: Final = re.compile(r"一(?:年|个?月|天|日|周|次|人|户|项|条|份|样|步|类|口|位|张|块|个)$")
_NEAR: Final = r"[^，。；：、！？\d]{0,4}$"
_BEFORE: Final = (
    ("≥", re.compile(rf"(?:不低于|不小于|至少|最少|最低|起码|(?<![不未])满|(?<![不得])超过|不得低于){_NEAR}")),
    ("≤", re.compile(rf"(?:不超过|不高于|不多于|不得超过|至多|最多|最高|最长|最晚|最迟|封顶|顶多){_NEAR}")),
    ("≤", re.compile(rf"(?:低于|不满|未满){_NEAR}")),
    ("~", re.compile(rf"(?:平均|大约|大概|约){_NEAR}")),
)
_SIGNS: Final = (
    ("-", re.compile(r"(?:减|减少|降低|下降|下调|少)了?$")),
    ("+", re.compile(r"(?:加|增加|提高|上升|上调|多)了?$")),
)
_PART: Final = "(?:[春夏秋冬]季|年?[底初]|[上下]半年|学期)?"
_AFTER: Final = (
    ("≥", re.compile(rf"{_PART}(?:及以上|以上|以后|之后|后(?!年)|起(?!付))")),
    ("≤", re.compile(rf"{_PART}(?:及以下|以下|以内|之内|内|里(?!面)|以前|之前|前(?!后)|为止|封顶)")),
    ("~", re.compile(r"左右|上下")),
)
_PER: Final = re.compile(r"每(学年|学期|年|月|天|日|周|人|户|亩|头|只|次|间|羽|箱|组|档)")


@dataclass(frozen=True)
class Figure:
    """
    A number with its unit, or a date.

    ``bound`` is "≥", "≤", "~" (about, on average) or nothing, the ends of a range being bounds; ``per`` is what it
    is counted by (每年, 每户). ``within`` tells that a time limit is named as such (5天内), which may stay unsaid.
    ``sign`` is "+" or "-" where something is said to grow or to shrink by it. A date is (year, month, day) with 0 for
    what is not said.
    """

    value: Decimal
    unit: str
    start: int
    stop: int
    words: str
    bound: str = ""
    per: frozenset[str] = frozenset()
    end: str = ""
    date: tuple[int, int, int] | None = None
    within: bool = False
    sign: str = ""

    def measures_like(self, other: Figure) -> bool:
        """Tell whether the other figure measures the same kind of thing."""
        if self.date or other.date:
            return bool(self.date) and bool(other.date)
        return self.unit == other.unit

    def says(self, other: Figure, lent: str = "") -> bool:
        """Tell whether the other figure is the same and as exactly bounded; ``lent`` may bound the other one."""
        if self.sign and other.sign and self.sign != other.sign:
            return False
        unsaid = other.within and not self.bound
        if not self.measures_like(other) or not (unsaid or self.bound in (other.bound, other.bound or lent)):
            return False
        if self.date and other.date:
            return all(mine in (0, given) for mine, given in zip(self.date, other.date, strict=True))
        return self.value == other.value


def find_figures(text: str) -> list[Figure]:
    """Return the figures of a text, first to last."""
    dated = list(_dated(list(_bare(text))))
    ranged = _ranged(text, dated)
    bounded = [_bounded(text, one, dated[place - 1].stop if place else 0) for place, one in enumerate(ranged)]
    # "一年1250元" counts nothing, "至少一项" does.
    return [one for one in bounded if one.bound or not _ONES.match(one.words)]


def pers(text: str) -> frozenset[str]:
    """Return what a text counts by: 年 for 每年, 户 for 每户."""
    return frozenset("天" if one[1] == "日" else one[1] for one in _PER.finditer(text))


def _counted_behind(after: str) -> frozenset[str]:
    """Return what a figure is counted by when that stands behind it and nothing more: 80元每月."""
    return pers(after) if _PER.fullmatch(after.rstrip("，。；、！？）")) else frozenset()


def _bare(text: str) -> Iterator[Figure]:
    for number in find_numbers(text):
        unit = _UNIT.match(text, number.end)
        stop = unit.end() if unit else number.end
        words = text[number.start : stop]
        if not unit and not re.search(r"\d", words):
            continue
        if "几" in words or (text[: number.start].endswith("第") and unit and unit[1] in _RANKED):
            continue
        name = unit[1] if unit else ""
        month = name == "月" and number.value <= _MONTHS
        day = name in _DAY_UNITS and number.value <= _DAYS
        year = name in ("年", "年度") and _FIRST_YEAR <= number.value <= _LAST_YEAR
        whole = int(number.value)
        date = (whole, 0, 0) if year else (0, whole, 0) if month else None
        kept = name if day else _SAME_UNIT.get(name, name)
        yield Figure(number.value, kept, number.start, stop, words, "~" if number.approximate else "", date=date)


def _dated(bare: list[Figure]) -> Iterator[Figure]:
    """Join year, month and day that stand together; a day alone is a number of days."""
    open_date: Figure | None = None
    for figure in bare:
        touching = open_date is not None and open_date.stop == figure.start
        if open_date is not None and open_date.date and touching:
            year, month, day = open_date.date
            if figure.date and figure.date[1] and not month:
                open_date = _joined(open_date, figure, (year, figure.date[1], 0))
                continue
            if figure.unit in _DAY_UNITS and month and not day:
                open_date = _joined(open_date, figure, (year, month, int(figure.value)))
                continue
        if open_date is not None:
            yield open_date
        open_date = replace(figure, unit=_SAME_UNIT.get(figure.unit, figure.unit))
    if open_date is not None:
        yield open_date


def _joined(first: Figure, second: Figure, date: tuple[int, int, int]) -> Figure:
    return replace(first, stop=second.stop, words=first.words + second.words, date=date, bound=second.bound)


def _ranged(text: str, figures: list[Figure]) -> list[Figure]:
    """Mark the ends of ranges (2500到5000元, 2021—2025年); the low end takes the unit of the high one."""
    found = list(figures)
    for place in range(len(found) - 1):
        low, high = found[place], found[place + 1]
        between = text[low.stop : high.start]
        if not _RANGE.fullmatch(between) or between.strip() == "、":
            continue
        if not low.unit and high.date and not high.date[1] and _FIRST_YEAR <= low.value <= _LAST_YEAR:
            low = replace(low, date=(int(low.value), 0, 0), unit=high.unit)
        elif not low.unit:
            low = replace(low, unit=high.unit)
        if low.measures_like(high):
            found[place], found[place + 1] = replace(low, end="≥"), replace(high, end="≤")
    return found


def _bounded(text: str, figure: Figure, earliest: int) -> Figure:
    before, after = text[max(earliest, figure.start - 12) : figure.start], text[figure.stop : figure.stop + 8]
    bound = figure.bound
    if figure.end:
        bound = "" if figure.date else figure.end
    else:
        ahead = (name for name, pattern in _BEFORE if pattern.search(before))
        behind = (name for name, pattern in _AFTER if pattern.match(after))
        bound = next(chain(ahead, behind, [bound]))
    if _SPAN.search(before) and _INSIDE.match(after):
        bound = ""
    within = not figure.date and figure.unit in _LIMITED and bool(_WITHIN.match(after))
    sign = next((name for name, pattern in _SIGNS if pattern.search(before)), "")
    return replace(
        figure, bound=bound, within=within, sign=sign, per=pers(text[earliest : figure.stop]) or _counted_behind(after)
    )
