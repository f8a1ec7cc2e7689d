"""The invented county: its areas, and the officers who serve there. No place or person of it exists."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from cases.actions.appoint_officer import appoint_officer, issue_link
from cases.actions.bind_officer import bind_officer
from cases.actions.record_leave import record_leave
from cases.actors import SCOPE_DIGITS, Grant, Officer, Operator, Reporter, Role
from cases.presence import Leave
from cases.referrals import Department
from storage.database import transaction
from storage.store import Store
from web.officers.notices import open_chat

PROVINCE: Final = "62"
# Where the officers are told: ``bangfu chat --chat 姓名`` is an officer's own chat.
OFFICERS_CHANNEL: Final = "terminal"
CODE: Final = "629901"
PATH: Final = "甘肃省/示范市/青禾县"
_TOWNSHIPS: Final = {
    "柳湾镇": ("上柳村", "下柳村", "石桥村", "沙沟村", "赵家台村"),
    "红崖镇": ("红崖村", "白杨村", "东岔村", "马莲滩村"),
    "清水塬乡": ("塬头村", "大坪村", "梁家咀村", "双泉村"),
    "南岭乡": ("南岭村", "松树沟村", "阳坡村"),
}
_SURNAMES: Final = "王李张刘陈杨赵黄周吴马苏何孙石田雷安"
_GIVEN: Final = (
    "建国", "秀兰", "志强", "桂英", "永福", "玉梅", "国栋", "小霞", "文斌", "彩霞", "得胜", "淑珍", "海军", "晓燕",
    "满仓", "改莲", "宏伟", "雪梅", "有财", "春花", "世平", "丽娟", "生福", "巧玲", "成林", "爱琴", "福海", "月娥",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """An area of the county."""

    code: str
    name: str


def areas() -> dict[str, str]:
    """Return code → name of the county, of what holds it, and of all it holds, each after its parent."""
    names = {CODE[:4]: "示范市", CODE: "青禾县"}
    for township in townships():
        names[township.code] = township.name
        names.update((village.code, village.name) for village in villages(township.code))
    return names


def townships() -> list[Place]:
    """Return the townships in order of code."""
    return [Place(f"{CODE}{101 + number}", name) for number, name in enumerate(_TOWNSHIPS)]


def villages(within: str = CODE) -> list[Place]:
    """Return the villages of the county or of one township."""
    every = (
        Place(f"{township.code}{201 + number}", name)
        for township in townships()
        for number, name in enumerate(_TOWNSHIPS[township.name])
    )
    return [village for village in every if village.code.startswith(within)]


def person(dice: random.Random) -> str:
    """Return an invented name."""
    return dice.choice(_SURNAMES) + dice.choice(_GIVEN)


def phone(number: int) -> str:
    """Return a number of the 140 range, which no person's telephone has."""
    return f"1400000{number % 10_000:04d}"


def appoint(store: Store, dice: random.Random, first_day: date, now: datetime) -> list[Officer]:
    """Appoint officers of every role, and send some of them on leave once."""
    names: set[str] = set()
    with transaction(store):
        officers = [
            appoint_officer(
                store, _new_name(dice, names), list(grants), actor=Operator(), now=now, department=_department(grants)
            )
            for grants in _offices()
        ]
        for officer in officers:
            code = issue_link(store, officer, actor=Operator(), now=now)
            bind_officer(store, code, actor=Reporter(OFFICERS_CHANNEL, officer.name), now=now)
            open_chat(store, officer, now=now)
        for officer in dice.sample(officers, len(officers) // 6):
            left = first_day + timedelta(days=dice.randrange(20, 100))
            deputy = next((one for one in officers if one != officer and one.grants == officer.grants), None)
            leave = Leave(left, left + timedelta(days=dice.randrange(3, 8)), deputy)
            record_leave(store, officer, leave, actor=Operator(), now=now)
    return officers


def _department(grants: tuple[Grant, ...]) -> str:
    return Department.CIVIL_AFFAIRS.value if any(grant.role is Role.DEPARTMENT for grant in grants) else ""


def _offices() -> Iterator[tuple[Grant, ...]]:
    """Yield what each officer is granted: the county's people first, then township by township."""
    yield from [(Grant(Role.COUNTY, CODE),)] * 2
    for role, digits in SCOPE_DIGITS.items():
        if digits <= len(CODE):
            yield (Grant(role, CODE[:digits]),)
    for township in townships():
        yield from [(Grant(Role.TOWNSHIP, township.code),)] * 2
        for village in villages(township.code):
            yield (Grant(Role.VILLAGE, village.code),)
            yield (Grant(Role.WORK_TEAM, village.code),)
            yield Grant(Role.GRID_WORKER, village.code), Grant(Role.VILLAGE, village.code)


def _new_name(dice: random.Random, taken: set[str]) -> str:
    name = next(name for name in iter(lambda: person(dice), "") if name not in taken)
    taken.add(name)
    return name
