"""Finds in the fields of a public notice what must not hang in public.

No identity number, telephone, bank card, state of health, risk type ("因病" is health data), address below the
villagers' group, nor a child's or another person's name (dossier of the policy: the Qin'an notice's list of what may
not stand in a public notice, and article 28 of the law on personal information). What a field may look like is an
allow-list; the word lists say in plain words why something was refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cases.report import Cause
from language.masking import PersonalNumberKind, find_personal_numbers, mask
from language.normalise import normalise


class LeakKind(StrEnum):
    """What was found."""

    ID_NUMBER = "id_number"
    PHONE = "phone"
    BANK_CARD = "bank_card"
    HEALTH = "health"
    RISK_TYPE = "risk_type"
    ADDRESS = "address"
    MINOR = "minor"
    OTHER_PERSON = "other_person"
    NOT_A_NAME = "not_a_name"


@dataclass(frozen=True)
class Leak:
    """Something that must not hang in public. ``what`` is the place in the text, numbers masked."""

    receipt: str
    field: str
    kind: LeakKind
    what: str


@dataclass(frozen=True)
class Entry:
    """All that a notice says of a household: this is the allow-list."""

    householder: str
    group: str


_NUMBERS: Final = {
    PersonalNumberKind.ID_NUMBER: LeakKind.ID_NUMBER,
    PersonalNumberKind.MOBILE: LeakKind.PHONE,
    PersonalNumberKind.LANDLINE: LeakKind.PHONE,
    PersonalNumberKind.BANK_CARD: LeakKind.BANK_CARD,
}
_HEALTH: Final = re.compile(
    "病|癌|瘤|症|残疾|伤残|致残|住院|手术|透析|化疗|放疗|肾衰|中风|脑梗|脑瘫|瘫痪|截肢|骨折|失明|盲人|聋|哑|智障|弱智|"
    "精神障碍|智力|听力|视力|肢体|失能|残障|糖尿|高血压|肝炎|艾滋|结核|尿毒|肺炎|心脏|怀孕|流产|医院|医疗|吃药|护理|健康"
)
_RISK_TYPES: Final = re.compile(
    "|".join(
        [*(cause.value for cause in Cause if cause is not Cause.OTHER), "因灾", "因意外", "因产业", "因务工", "缺劳力"]
    )
)
_MINOR: Final = re.compile(
    "未成年|儿童|孤儿|幼儿|婴儿|留守|学生|小学|初中|高中|幼儿园|上学|读书|之子|之女|儿子|女儿|孙子|孙女|娃|孩子|周岁"
)
_ADDRESS: Final = re.compile(
    "门牌|号院|[0-9一二三四五六七八九十百零〇]+(?:号|栋|幢|单元|室|巷|弄|排)|隔壁|对面|旁边|附近|路口|街"
)
# A Chinese name, or one with a dot as many minorities write it.
_NAME: Final = re.compile(
    r"[\u3400-\u9fff\U00020000-\U000323af]{2,4}|(?=.{4,20}$)[\u3400-\u9fff]{1,10}(?:·[\u3400-\u9fff]{1,10}){1,3}"
)
_GROUP: Final = re.compile(
    r"(?:第?[0-9一二三四五六七八九十百零〇]{1,4}|[\u4e00-\u9fff]{1,5})(?:村民小组|小组|组|社|队|自然村|屯|寨|庄|湾|沟|庄子)"
)


def find_leaks(receipt: str, entry: Entry, *, others: Collection[str], minors: Collection[str]) -> Iterator[Leak]:
    """Yield everything in *entry* that must not hang in public.

    *others* are the names of other people of the case, *minors* of its children. An empty group is left out of the
    notice, and is no leak.
    """
    for field, text in (("householder", entry.householder), ("group", entry.group)):
        found = list(_in_text(text, others, minors))
        if not found and field == "householder" and not _NAME.fullmatch(folded(text)):
            found = [(LeakKind.NOT_A_NAME, text)]
        if not found and field == "group" and text and not _GROUP.fullmatch(folded(text)):
            found = [(LeakKind.ADDRESS, text)]
        yield from (Leak(receipt, field, kind, mask(what)) for kind, what in found)


def _in_text(text: str, others: Collection[str], minors: Collection[str]) -> Iterator[tuple[LeakKind, str]]:
    for number in find_personal_numbers(normalise(text)):
        yield _NUMBERS[number.kind], normalise(text)[number.start : number.end]
    bare = folded(text)
    for kind, pattern in (
        (LeakKind.RISK_TYPE, _RISK_TYPES),
        (LeakKind.HEALTH, _HEALTH),
        (LeakKind.MINOR, _MINOR),
        (LeakKind.ADDRESS, _ADDRESS),
    ):
        if match := pattern.search(bare):
            yield kind, match[0]
    yield from ((LeakKind.MINOR, name) for name in minors if folded(name) in bare)
    yield from ((LeakKind.OTHER_PERSON, name) for name in others if folded(name) in bare)


def folded(text: str) -> str:
    """Return the text as it is judged and printed, without blanks and signs: 因 病 and 因-病 are 因病."""
    return re.sub(r"[^\w·]|_", "", normalise(text))
