"""Find amounts of money in villagers' words: 八万多, 三千五, 1.2万, 十几块, 两毛, 花了3500."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from language.numerals import Number, find_numbers, parse_number

_DIGIT = r"[一二两三四五六七八九\d]"
# 三块五, 三块五毛, 三元五角二分; but not 三块五个.
_YUAN = re.compile(
    rf"\s?(?:块钱|元钱|块|元|圆)(?P<half>半)?"
    rf"(?:(?P<mao>{_DIGIT})(?:[毛角](?:(?P<fen>{_DIGIT})分?)?|(?![\d一二两三四五六七八九十百千万个口人天斤年月岁])))?"
)
_MAO = re.compile(rf"[毛角](?P<fen>{_DIGIT}(?=分))?[钱分]?")
_FEN = re.compile(r"分钱")
_THING_AFTER_UNIT = re.compile(r"[地田儿石砖板玻布牌肉木瓦铁形债洲色豆料糖]")
# What a number counts when it is not money.
_COUNTED = re.compile(
    r"\s?(?:屁股|身(?=债|病)|家(?![在住里中户])|[个口人名位户亩斤两吨头只条项款号株棵次趟天日年月岁周里米平方度份套台辆间孔眼栋层楼车袋克升片副把场届期步段根颗粒分%℃队"
    r"社组乡镇村县区铺班级届时点A-Za-z\d.:~\-/]|公里|公斤|毫|厘米|小时|来[户个人]|多[户个人亩斤里公])"
)
_NOT_COUNTING_MONEY = re.compile(r"(?:第|分之|[A-Za-z\d.:/\-])$")
_MONEY_BEFORE = re.compile(
    r"(?:花|欠|借|贷|付|交|赔|挣|赚|收入|工资|费|钱|款|补|贴|领|给|要|价|押金|成本|存|剩|罚|亏|损失|一共|总共|账|债|金|每个?月|每年|一个月|一年|一天|一学期|[¥￥])"
    r"[^，。；！？,;!?\n\d]{0,4}$"
)
_LEAST_IN_WORDS, _LEAST_BARE, _MOST_BARE, _MOST = 100, 10, 10**8, 10**12


@dataclass(frozen=True)
class Amount:
    """An amount of money in a text. ``value`` is in yuan and the least that the words allow."""

    value: float
    approximate: bool
    start: int
    end: int


def find_amounts(text: str) -> tuple[Amount, ...]:
    """
    Return the amounts of money in ``text``, first to last.

    A number is money when a unit of money follows; when it is a hundred or more in words and counts nothing else
    (借了三千五, but not 三千亩); or when it is bare and a word of money stands shortly before it (花了3500).
    """
    found: list[Amount] = []
    for number in find_numbers(text):
        if not found or number.start >= found[-1].end:
            amount = _amount(text, number)
            found += [amount] if amount else []
    return tuple(found)


def _amount(text: str, number: Number) -> Amount | None:
    if number.value > _MOST:
        return None
    for unit, reckon in ((_YUAN, _yuan), (_MAO, _mao), (_FEN, _fen)):
        found = unit.match(text, number.end)
        if found and not _THING_AFTER_UNIT.match(text, found.end()):
            value = reckon(number.value, found)
            return Amount(float(value), number.approximate, number.start, found.end())
    return _bare_amount(text, number)


def _yuan(value: Decimal, unit: re.Match[str]) -> Decimal:
    half = Decimal("0.5") if unit["half"] else Decimal(0)
    return value + half + _digit(unit["mao"]) / 10 + _digit(unit["fen"]) / 100


def _mao(value: Decimal, unit: re.Match[str]) -> Decimal:
    return value / 10 + _digit(unit["fen"]) / 100


def _fen(value: Decimal, _unit: re.Match[str]) -> Decimal:
    return value / 100


def _digit(text: str | None) -> Decimal:
    number = parse_number(text) if text else None
    return number.value if number else Decimal(0)


def _bare_amount(text: str, number: Number) -> Amount | None:
    """Return the amount a number without a unit stands for, None when it counts something else."""
    words, before = text[number.start : number.end], text[max(0, number.start - 12) : number.start]
    if _COUNTED.match(text, number.end) or _NOT_COUNTING_MONEY.search(before):
        return None
    in_words = bool(re.search("[百千万亿佰仟wWkK]", words)) and number.value >= _LEAST_IN_WORDS
    if not (in_words or _MONEY_BEFORE.search(before)) or not _LEAST_BARE <= number.value < _MOST_BARE:
        return None
    return Amount(float(number.value), number.approximate, number.start, number.end)
