import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.amounts import find_amounts


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("八万多", [(80000, True)]),
        ("十几块", [(10, True)]),
        ("两毛", [(0.2, False)]),
        ("三块五毛二", [(3.52, False)]),
        ("一块半", [(1.5, False)]),
        ("五分钱", [(0.05, False)]),
        ("三元五角二分", [(3.52, False)]),
        ("花了八万多，报销完还欠亲戚三万", [(80000, True), (30000, False)]),
        ("2024年3月借了3500", [(3500, False)]),
        ("学费一年8000，生活费每月1200", [(8000, False), (1200, False)]),
        ("60岁以上老人145元", [(145, False)]),
        ("三块五个人分", [(3, False)]),
        ("收入不足7800元/年", [(7800, False)]),
        ("要修得五六万", [(50000, True)]),
        ("12,000元", [(12000, False)]),
    ],
)
def test_money_is_found(text: str, amounts: list[tuple[float, bool]]) -> None:
    assert [(amount.value, amount.approximate) for amount in find_amounts(text)] == amounts


@pytest.mark.parametrize(
    "text",
    [
        "家里五口人，三千亩地",
        "八百户村",
        "我今年45岁",
        "电话13800138000",
        "第三百条",
        "百分之三十",
        "三块地",
        "二〇二四年",
        "离县城四十里",
        "千万别",
        "给了13800138000",
        "存款" + "9" * 400 + "元",
    ],
)
def test_what_is_not_money_is_left(text: str) -> None:
    assert find_amounts(text) == ()


def test_the_span_holds_the_words_of_the_amount() -> None:
    text = "买药花了三块五毛，还剩两百多块钱"
    assert [text[amount.start : amount.end] for amount in find_amounts(text)] == ["三块五毛", "两百多块钱"]


@given(st.text(st.sampled_from("一二十百千万几多花欠元块毛角分钱个户8.5 ，"), max_size=60))
def test_amounts_are_finite_and_never_overlap(text: str) -> None:
    found = find_amounts(text)
    ends = [0, *(amount.end for amount in found)]
    assert all(ends[i] <= amount.start < amount.end <= len(text) for i, amount in enumerate(found))
    assert all(math.isfinite(amount.value) and amount.value >= 0 for amount in found)
