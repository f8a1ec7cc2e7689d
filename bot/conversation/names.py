"""The names given in a sentence: whose household it is, and who writes. A name is read, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Final

from bot.conversation.causes import find_causes, told_causes
from bot.conversation.lexicon import load_patterns
from cases.report import Relation

# The surnames of nearly everyone; a name that is not asked for must begin with one of them.
SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦"
    "邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤康易乔赖文洪季岳柴庞牛翟樊倪柳缪安常殷鲁左葛齐伍俞施聂冉焦穆窦蒲宁巩裴苟甘包景连关柯祁"
    "路邢梅阎苗骆艾蓝辛管耿盛凌盖卜阮党慕虎撒妥喇哈沙拜者吉卯第仇詹芦车屈符成卓池麻席荆师辜仲屠盘褚娄耶凤候尚解单寇滕闵强隋桑"
)
# Surnames that are words of their own, or seldom: a name only right behind what says that a name follows.
RARE_SURNAMES: Final = frozenset(
    "雒逯厚贵佟鲍闻阳甄项漆邬涂权仝冀冷冼佘冶刁匡古司呼奚宓宗宣容宿尉尕居岑崇巢帅幸应庾弓弋戚戎戈房扈承拓敖敬於旷昝晁晏暴朴朵杭束柏栗栾桂桓楚"
    "楼欧殳毋毕水池汲沃沐洛海湛游滑潭濮焉燕牟牧狄玄班皮益瞿祖祝禄禹税竺笪简米糜索练缑罕翁胥臧舒芮花苍苑茅茹荀荣莘菅萨蒙蔚蔺薄虞衡訾诸谈谌谷豆贡费资赫边达"
    "迟逄郁郗郜郏鄂鄢酆钮铁锁锺门闭闾阙阚阴随隗雍靳鞠须颉颜饶香鱼鲜鹿麦黑明元乌"
)
# What a name of two letters ends with where nothing says that one follows: 王强 is one, 路滑 is none.
_GIVEN: Final = frozenset(
    "强红洋军伟芳丽静敏艳娟霞勇磊杰涛超鹏斌波辉刚健峰龙飞凯亮俊宁明华英兰梅珍秀玲琴燕萍莉娜云凤菊莲桂芬蓉琼慧颖倩雪琳洁玉婷瑞林森海江河川山岩峻岭东西南北春夏秋冬"
    "富贵财福禄寿喜旺兴发达昌盛荣耀光宗祖德义仁信忠孝礼智勤俭才文武斗星月娥兵钢铁柱栋梁宝玺银根栓锁虎豹牛娃蛋妮花香草翠彩巧枝叶苗青松柏杨柳桐建国民权胜利全丰田生平安康"
)
_COMPOUND: Final = ("欧阳", "司马", "上官", "诸葛", "尉迟", "东方", "皇甫", "慕容", "令狐")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_ETHNIC: Final = re.compile(r"[\u4e00-\u9fff]{1,10}(?:·[\u4e00-\u9fff]{1,10}){1,3}")
# What people put between the parts of a list: "东河村 王建国 139…".
_PARTED: Final = re.compile(r"[\s，。；、：！？()（）/]+|(?=[\d幺零〇一二三四五六七八九]{7,})|(?<=\d{7})(?!\d)")
_NUMBER: Final = re.compile(r"[\d幺零〇一二三四五六七八九 -]{7,}")
_PLACE: Final = re.compile(r"(?:[村社组队镇乡县]|社区)(?:的|里)?$|[湾沟岔坪川梁峁岘]$")
_WHOLE_NAME: Final = 3
# What a name that somebody is said to bear reaches to: 户主叫强巴扎西，.
_SAID: Final = re.compile(r"[\u4e00-\u9fff]{3,4}(?=$|[，。、；！？;\s\d（()）])")
# What a lead ends with that can only be followed by a name.
_NAMED: Final = tuple("叫是为写：字名")
_NAMING: Final = re.compile(
    r"(?:户主|名字|姓名|名叫|叫做|[他她]|老人|家长|[爸妈爹娘]).{0,3}(?:叫|：|名字是|姓名是)$|(?:姓名|名字|名叫|叫做|户主：)$"
)


@dataclass(frozen=True)
class Names:
    """The names in a sentence: whose household it is, and who writes."""

    householder: str | None = None
    writer: str | None = None


def find_names(text: str, relation: Relation | None) -> Names:
    """Return the names that *text* (folded) gives. "我叫…" names the householder only of one's own household."""
    tables = load_patterns("people", "name")
    householder = _name_after(text, tables["householder"], outright=True)
    writer = _name_after(text, tables["of_writer"], outright=True)
    of_kin = _name_after(text, tables["of_kin"]) or _name_after(text, tables["of_place"])
    if relation in (None, Relation.SELF):
        return Names(householder or writer or of_kin or _listed_name(text) or _household_named(text), None)
    return Names(householder or of_kin or _listed_name(text) or _household_named(text), writer)


def read_name(text: str) -> str | None:
    """Return the name that *text* gives when a name was asked for, None when it is something else."""
    bare = re.sub(r"[\s，。、！,.!]", "", text)
    tables = load_patterns("people", "name")
    named = _name_after(bare, tables["householder"]) or _name_after(bare, tables["of_writer"])
    if named:
        return named
    if _ETHNIC.fullmatch(bare):
        return bare
    refused = tables["not_a_name"].search(bare)
    return bare if _HAN.fullmatch(bare) and 2 <= len(bare) <= 4 and refused is None else None


def _name_after(text: str, leads: re.Pattern[str], *, outright: bool = False) -> str | None:
    """Return the first name right behind one of *leads*; *outright*: the lead leaves no doubt that one follows."""
    for lead in leads.finditer(text):
        if ethnic := _ETHNIC.match(text, lead.end()):
            return ethnic.group()
        names = list(_names_at(text, lead.end(), SURNAMES | RARE_SURNAMES))
        named = lead.group()[-1:] in _NAMED
        if not named:
            names = [name for name in names if len(name) >= _WHOLE_NAME or _is_plain(name)]
        ended = [name for name in names if _ends(text, lead.end() + len(name), whole=len(name) >= _WHOLE_NAME)]
        if ended:
            return _without_home(ended)
        said = _SAID.match(text, lead.end())
        if said:
            # Of four letters up to a stop nobody knows where the name ends, unless it is said to be the name.
            if _NAMING.search(text[: lead.end()]) and _may_be_name(said.group(), 0):
                return said.group()
        elif outright and named and names and len(names[0]) >= _WHOLE_NAME:
            return names[0]
    return None


def _is_plain(name: str) -> bool:
    """Tell whether *name* (two letters) can hardly be anything but a name."""
    return name[0] in SURNAMES and name[1] in _GIVEN


def _ends(text: str, end: int, *, whole: bool) -> bool:
    """Tell whether a name may end at *end*: something closes it, or what befell its bearer follows a *whole* one."""
    if load_patterns("people", "name")["after"].match(text, end):
        return True
    befell = told_causes(text[end : end + _REACH]).values()
    return whole and any(match.start() == 0 for matches in befell for match in matches)


_REACH: Final = 8


def _without_home(names: Sequence[str]) -> str:
    """Return the longest of *names* that ended; "刘洋家没劳力" tells of the home of 刘洋."""
    longest, *shorter = names
    return shorter[0] if shorter and longest == f"{shorter[0]}家" else longest


def _names_at(text: str, start: int, surnames: Set[str] = SURNAMES) -> Iterator[str]:
    """Yield what may be a name at *start*, the longest first."""
    compound = text[start : start + 2] in _COMPOUND
    for length in (4, 3) if compound else (3, 2):
        name = text[start : start + length]
        if len(name) == length and (compound or name[0] in surnames) and _may_be_name(name, 1 + compound):
            yield name


def _may_be_name(name: str, family: int) -> bool:
    tables = load_patterns("people", "name")
    if tables["not_a_name"].search(name[family:]) or tables["not_listed"].search(name):
        return False
    return bool(_HAN.fullmatch(name)) and not find_causes(name)


def _household_named(text: str) -> str | None:
    """Return the name of which a household is told: "苏宏伟家里五口人"."""
    for home in _HOME.finditer(text):
        for length in (4, 3):
            name = text[max(0, home.start() - length + 1) : home.start() + 1]
            before = text[: max(0, home.start() - length + 1)]
            if (not before or before[-1] in _BEFORE_NAME) and name in _names_at(name, 0):
                return name
    return None


_HOME: Final = re.compile(
    r"[\u4e00-\u9fff](?=家(?:里|的|困难|遭|有|一共|情况|报|房|出|没|男人|男的|媳妇|老[汉婆伴人公两]|娃|儿子|女儿|孩子|婆婆|公公|两口|去年|今年|前年|上个?月|最近|$|[，。])|那一?家|这一?[户家]|屋里|屋头|老汉|一家)"
)
_BEFORE_NAME: Final = "，。、 的村社组队镇乡是：给替帮报下头"


def _listed_name(text: str) -> str | None:
    """Return the name that stands alone in a list, beside a telephone or a place; or alone at either end."""
    parts = [part for part in _PARTED.split(text) if part]
    not_listed = load_patterns("people", "name")["not_listed"]
    for at, part in enumerate(parts):
        if not_listed.search(part) or part not in _names_at(part, 0):
            continue
        beside = [parts[near] for near in (at - 1, at + 1) if 0 <= near < len(parts)]
        stands_out = at in (0, len(parts) - 1) and len(part) == _WHOLE_NAME and len(parts) > 1
        if stands_out or any(_NUMBER.fullmatch(near) or _PLACE.search(near) for near in beside):
            return part
    return None
