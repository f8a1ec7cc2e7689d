"""Pairs of reports about one household, or about two, made from one seed with stated rates of noise.

The halves have their own names, villages and stories.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from app.evaluation.drafts.slips import same_sound
from app.evaluation.split import Half
from cases.likeness import Household
from cases.report import Cause
from language.sounds import sound_key

PAIRS: Final = 600
"""Pairs about one household in a half; there are three times as many about two."""

HOMOPHONE: Final = 0.15
PHONE_CHANGED: Final = 0.20
PHONE_MISTYPED: Final = 0.05
SPOUSE_REPORTS: Final = 0.15
SPOUSE_NAMES_HOUSEHOLDER: Final = 0.6
SPOUSE_SAME_PHONE: Final = 0.6
SPOUSE_WITHOUT_A_TIE: Final = 0.1
NICKNAME: Final = 0.04
OTHER_VILLAGE: Final = 0.02
VILLAGE_UNKNOWN: Final = 0.05
GROUP_LEFT_OUT: Final = 0.4
OTHER_CAUSE_FIRST: Final = 0.1
"""What happens between two reports about one household, and how often."""

BROTHERS: Final = 0.2
BROTHERS_SAME_PHONE: Final = 0.1
NEIGHBOURS: Final = 0.3
SAME_NAME_AWAY: Final = 0.15
SAME_NAME_IN_VILLAGE: Final = 0.01
CADRE_PHONE: Final = 0.1
"""What two households have in common, and how often: a generation name in one group, a family name in one village, a
whole name, a cadre's telephone that serves many."""

_SEED: Final = 731
_FAMILIES: Final = {Half.TUNE: "王李张刘陈杨马赵", Half.REPORT: "田牛曹魏邓彭石柴康冉"}
_GIVEN: Final = {
    Half.TUNE: (
        "建国",
        "秀英",
        "明远",
        "占海",
        "桂兰",
        "有财",
        "志强",
        "玉梅",
        "世荣",
        "海龙",
        "彩霞",
        "振华",
        "桂花",
        "永红",
        "秀莲",
        "万仓",
        "文军",
        "翠花",
        "福林",
        "小红",
    ),
    Half.REPORT: (
        "占彪",
        "翠玲",
        "德福",
        "淑珍",
        "小军",
        "水生",
        "满秀",
        "国栋",
        "桂英",
        "满仓",
        "玉兰",
        "俊峰",
        "文学",
        "有福",
        "秋菊",
        "志刚",
        "存良",
        "改霞",
        "兴旺",
        "雪梅",
    ),
}
_WIVES: Final = {Half.TUNE: ("秀芳", "玉珍", "春梅", "巧云"), Half.REPORT: ("兰芳", "月娥", "银花", "爱琴")}
_STORIES: Final = {
    Half.TUNE: {
        Cause.ILLNESS: [
            "{who}得了脑梗住院花了八万多", "上个月{who}脑梗住的院，前后八万多，借遍了", "{who}脑梗了，看病把钱花光了",
        ],
        Cause.DISASTER: ["冰雹把苹果全打了，一年白干", "雹灾，苹果没了，损失三万", "下冰雹打光了果园"],
        Cause.ACCIDENT: ["{who}骑三轮翻沟里摔断了腿", "{who}三轮车翻了，腿断了，干不了活", "车翻到沟里，{who}断了腿"],
        Cause.SCHOOLING: ["两个娃念大学供不起", "大学生两个，学费凑不够", "娃上大学没钱"],
    },
    Half.REPORT: {
        Cause.ILLNESS: [
            "{who}查出肺癌化疗自费七万", "肺癌，{who}一直在化疗，已经掏了七万多", "{who}得肺癌，家里掏空了",
        ],
        Cause.DISASTER: ["霜冻把杏花冻了没收成", "今年杏子遭了霜冻，绝收", "倒春寒，杏树一个果没结"],
        Cause.ACCIDENT: ["{who}在矿上让石头砸了腰", "{who}矿上出事，腰砸坏了", "石头砸伤了腰，{who}起不来"],
        Cause.BUSINESS_FAILURE: ["养的猪全瘟死了赔五万", "猪瘟，一圈猪死光，赔了五万多", "猪病死了，本钱没了"],
    },
}  # fmt: skip


class Noise(StrEnum):
    """What a pair was made to be, for the table."""

    PLAIN = "同一户，各说各的"
    SPOUSE = "同一户，换了爱人来报"
    BROTHERS = "同村同社同字辈的兄弟"
    NEIGHBOUR = "同村同姓的邻居"
    SAME_NAME_HERE = "同村同名的两户"
    SAME_NAME_AWAY = "同名，在别的乡镇"
    SHARED_PHONE = "同村两户都留干部电话"
    OTHER = "别的两户"


@dataclass(frozen=True)
class Pair:
    """Two reports and whether they are about one household."""

    one: Household
    other: Household
    same: bool
    noise: Noise


def make_pairs(half: Half) -> list[Pair]:
    """Return the pairs of a half."""
    maker = _Maker(half)
    positives = [maker.same() for _ in range(PAIRS)]
    return [*positives, *(maker.different() for _ in range(3 * PAIRS))]


class _Maker:
    def __init__(self, half: Half) -> None:
        self._half, self._rng = half, random.Random(f"{_SEED}{half}")  # noqa: S311 - a fixed set, no secret

    def same(self) -> Pair:
        """Return two reports about one household."""
        first = self._household()
        if self._rng.random() < SPOUSE_REPORTS:
            return Pair(first, self._by_spouse(first), same=True, noise=Noise.SPOUSE)
        again = self._retold(first, "我")
        if self._rng.random() < NICKNAME:
            again = replace(again, name=f"{first.name[0]}老{self._rng.choice('二三四五六')}")
        elif self._rng.random() < HOMOPHONE:
            at = self._rng.randrange(1, len(first.name))
            again = replace(again, name=first.name[:at] + same_sound(first.name[at], self._rng) + first.name[at + 1 :])
        return Pair(first, self._elsewhere(again), same=True, noise=Noise.PLAIN)

    def different(self) -> Pair:
        """Return reports about two households."""
        first, second = self._household(), self._household()
        kinds = {
            Noise.BROTHERS: BROTHERS,
            Noise.NEIGHBOUR: NEIGHBOURS,
            Noise.SAME_NAME_AWAY: SAME_NAME_AWAY,
            Noise.SAME_NAME_HERE: SAME_NAME_IN_VILLAGE,
            Noise.SHARED_PHONE: CADRE_PHONE,
        }
        kinds[Noise.OTHER] = 1 - sum(kinds.values())
        noise = self._rng.choices(list(kinds), list(kinds.values()))[0]
        return Pair(first, self._second(first, second, noise), same=False, noise=noise)

    def _second(self, first: Household, second: Household, noise: Noise) -> Household:
        here = replace(second, area_code=first.area_code)
        match noise:
            case Noise.BROTHERS:
                last = [one for one in "军民平安成华强生" if sound_key(one) != sound_key(first.name[2:])]
                brother = replace(first, name=first.name[:2] + self._rng.choice(last), phone=self._phone())
                if self._rng.random() < BROTHERS_SAME_PHONE:
                    brother = replace(brother, phone=first.phone)
                return self._retold(brother, "我")
            case Noise.NEIGHBOUR:
                told = replace(here, name=first.name[0] + self._given(first.name[1:]), causes=first.causes)
                return self._retold(told, "我")
            case Noise.SAME_NAME_AWAY:
                area = f"620422{200 + self._rng.randrange(9)}{self._rng.randrange(200, 240)}"
                return replace(second, name=first.name, area_code=area)
            case Noise.SAME_NAME_HERE:
                return replace(here, name=first.name)
            case Noise.SHARED_PHONE:
                name = self._other_family(first.name) + second.name[1:]
                return replace(here, name=name, phone=first.phone, shared_phone=True)
            case _:
                return second

    def _household(self) -> Household:
        cause = self._rng.choice(list(_STORIES[self._half]))
        household = Household(
            name=self._rng.choice(_FAMILIES[self._half]) + self._rng.choice(_GIVEN[self._half]),
            phone=self._phone(),
            area_code=f"620422{100 + self._rng.randrange(20)}{self._rng.randrange(200, 215)}",
            group="" if self._rng.random() < GROUP_LEFT_OUT else f"{self._rng.choice('一二三四五六')}社",
            causes=(cause,),
        )
        return replace(household, story=self._story(cause, "我"))

    def _retold(self, household: Household, who: str) -> Household:
        causes = household.causes
        if self._rng.random() < OTHER_CAUSE_FIRST:
            causes = (Cause.LACK_OF_LABOUR, *causes)
        group = "" if self._rng.random() < GROUP_LEFT_OUT else household.group
        return replace(household, causes=causes, group=group, story=self._story(household.causes[0], who))

    def _elsewhere(self, household: Household) -> Household:
        """Return the report with its telephone or village as it may be the second time."""
        drawn, phone = self._rng.random(), household.phone
        if drawn < PHONE_CHANGED:
            phone = self._phone()
        elif drawn < PHONE_CHANGED + PHONE_MISTYPED:
            at = self._rng.randrange(3, 11)
            phone = f"{phone[:at]}{(int(phone[at]) + 1) % 10}{phone[at + 1 :]}"
        area, drawn = household.area_code, self._rng.random()
        if drawn < VILLAGE_UNKNOWN:
            area = area[:9]
        elif drawn < VILLAGE_UNKNOWN + OTHER_VILLAGE:
            area = f"{area[:9]}{self._rng.randrange(215, 230)}"
        return replace(household, phone=phone, area_code=area)

    def _by_spouse(self, first: Household) -> Household:
        """Return the report that the householder's wife makes in her own name, mostly with a tie to his."""
        tied = self._rng.random() >= SPOUSE_WITHOUT_A_TIE
        named = tied and self._rng.random() < SPOUSE_NAMES_HOUSEHOLDER
        same_phone = tied and (not named or self._rng.random() < SPOUSE_SAME_PHONE)
        told = self._retold(first, f"我男人{first.name}" if named else "我男人")
        name = self._other_family(first.name) + self._rng.choice(_WIVES[self._half])
        story = told.story if not named or first.name in told.story else f"我男人{first.name}，{told.story}"
        return replace(told, name=name, phone=first.phone if same_phone else self._phone(), story=story)

    def _story(self, cause: Cause, who: str) -> str:
        return str(self._rng.choice(_STORIES[self._half][cause])).format(who=who)

    def _given(self, unlike: str) -> str:
        return self._rng.choice([given for given in _GIVEN[self._half] if given != unlike])

    def _other_family(self, name: str) -> str:
        families: Sequence[str] = [family for family in _FAMILIES[self._half] if family != name[0]]
        return self._rng.choice(families)

    def _phone(self) -> str:
        return f"1{self._rng.choice('3589')}{self._rng.randrange(10**9):09d}"
