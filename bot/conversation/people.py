"""Who writes, for whom, and the names given in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.conversation.causes import find_causes
from bot.conversation.lexicon import load_patterns
from cases.report import Relation

# The surnames of nearly everyone; a name that is not asked for must begin with one of them.
SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦"
    "邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤康易乔赖文洪季岳柴庞牛翟樊倪柳缪安常殷鲁左葛齐伍俞施聂冉焦穆窦蒲宁巩裴苟甘包景连关柯祁"
    "路邢梅阎苗骆艾蓝辛管耿盛凌盖卜阮党慕虎撒妥喇哈沙拜者吉卯第仇詹芦车屈符成卓池麻席荆师辜仲屠盘褚娄耶凤候尚解单寇滕闵强隋桑"
)
_COMPOUND: Final = ("欧阳", "司马", "上官", "诸葛", "尉迟", "东方", "皇甫", "慕容", "令狐")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_ETHNIC: Final = re.compile(r"[\u4e00-\u9fff]{1,10}(?:·[\u4e00-\u9fff]{1,10}){1,3}")


@dataclass(frozen=True)
class Names:
    """The names in a sentence: whose household it is, and who writes."""

    householder: str | None = None
    writer: str | None = None


def find_relation(text: str) -> Relation | None:
    """Return what the writer of *text* (folded) is to the household in hardship, None when nothing tells.

    Kin in the sentence are of the writer's own household unless he says that they live apart.
    """
    own = load_patterns("people", "own")
    told = {Relation[name] for name, pattern in load_patterns("people", "relation").items() if pattern.search(text)}
    order = [
        Relation.VILLAGE_CADRE, Relation.NEIGHBOUR, Relation.SPOUSE, Relation.PARENT, Relation.CHILD, Relation.KIN,
        Relation.OTHER,
    ]  # fmt: skip
    outright = own["told_outright"].search(text) is not None
    at_home = own["household"].search(text) is not None and not outright
    for relation in order:
        if relation in told and not (at_home and relation in _SAME_HOUSE):
            return relation
    return Relation.SELF if own["household"].search(text) else None


_SAME_HOUSE: Final = frozenset({Relation.SPOUSE, Relation.KIN})


def find_names(text: str, relation: Relation | None) -> Names:
    """Return the names that *text* (folded) gives. "我叫…" names the householder only of one's own household."""
    tables = load_patterns("people", "name")
    householder = _name_after(text, tables["householder"])
    writer = _name_after(text, tables["of_writer"])
    of_kin = _name_after(text, tables["of_kin"])
    if relation in (None, Relation.SELF):
        return Names(householder or writer or of_kin, None)
    return Names(householder or of_kin, writer)


def read_name(text: str) -> str | None:
    """Return the name that *text* gives when a name was asked for, None when it is something else."""
    bare = re.sub(r"[\s，。、！,.!]", "", text)
    named = _name_after(bare, load_patterns("people", "name")["householder"]) or _name_after(
        bare, load_patterns("people", "name")["of_writer"]
    )
    if named:
        return named
    if _ETHNIC.fullmatch(bare):
        return bare
    refused = load_patterns("people", "name")["not_a_name"].search(bare)
    return bare if _HAN.fullmatch(bare) and 2 <= len(bare) <= 4 and refused is None else None


def _name_after(text: str, leads: re.Pattern[str]) -> str | None:
    tables = load_patterns("people", "name")
    for lead in leads.finditer(text):
        if ethnic := _ETHNIC.match(text, lead.end()):
            return ethnic.group()
        for length in (4, 3, 2) if text[lead.end() : lead.end() + 2] in _COMPOUND else (3, 2):
            name = text[lead.end() : lead.end() + length]
            if (
                len(name) == length
                and (name[0] in SURNAMES or name[:2] in _COMPOUND)
                and _HAN.fullmatch(name)
                and not tables["not_a_name"].search(name[1:])
                and tables["after"].match(text, lead.end() + length)
                and not find_causes(name)
            ):
                return name
    return None
