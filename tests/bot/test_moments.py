"""A date is put down only when it is the hardship's own: a date of anything else dates nothing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.hearing import listen
from bot.conversation.moments import find_moment
from bot.conversation.people import find_relation

TODAY = date(2026, 3, 5)
MOMENTS = (
    "去年", "上个月", "前年八月", "2021年", "正月初六", "半年前", "前几天", "三月二号", "去年冬天", "大前年", "昨天",
)  # fmt: skip
HARDSHIPS = (
    "我爸得了肺癌", "儿子白血病要做移植", "地里的洋芋全烂了卖不出去", "媳妇瘫了下不了炕", "两个娃念大学供不起",
    "我家没劳力", "我眼睛看不见了", "厂里裁人没活干", "老伴尿毒症一直透析", "养的羊病死了一圈",
)  # fmt: skip
ELSEWHERE = (
    "我是{}生的", "女儿{}过的周岁", "{}我们结的婚", "我{}当的兵", "儿子{}毕业", "{}脱了贫", "我家{}搬到安置点的",
    "房子是{}盖的", "残疾证是{}办的", "合疗{}交的", "{}申请过一回低保", "{}村上来人登记过", "这个手机号{}换的",
    "合同{}签的", "听说{}邻村也遭了灾", "电视上讲{}发了洪水", "地{}流转给合作社了", "{}我妹妹出嫁",
    "{}的低保名单我看过", "户口{}迁来的", "医保卡{}补办的", "干部{}问过我", "支书{}换了人", "{}评的监测户",
    "贷款{}贷的", "身份证{}到期", "按{}的标准", "{}的文件上写着", "要赶{}之前交材料", "每{}都要交一回",
)  # fmt: skip
COMING = (
    "明年娃要上学", "下个月要交医药费", "后天去复查", "明天去县上", "下半年要还账", "三天两头住院",
    "十天半个月跑一回医院",
)  # fmt: skip


def when(said: str) -> str | None:
    heard = listen(said)
    return find_moment(heard, TODAY, find_relation(heard))


@given(
    moment=st.sampled_from(MOMENTS),
    hardship=st.sampled_from(HARDSHIPS),
    elsewhere=st.sampled_from(ELSEWHERE),
    mark=st.sampled_from("，。；"),
    first=st.booleans(),
)
def test_a_date_of_anything_else_dates_no_hardship(
    moment: str, hardship: str, elsewhere: str, mark: str, *, first: bool
) -> None:
    told = [elsewhere.format(moment), hardship]
    assert when(mark.join(told if first else told[::-1])) is None


@pytest.mark.parametrize("other", ["邻居{}出了车祸", "我表哥{}查出癌了", "隔壁家{}着了火", "同村的{}摔断了腿"])
@pytest.mark.parametrize("moment", MOMENTS)
def test_what_befell_others_dates_nothing_of_ones_own_household(other: str, moment: str) -> None:
    assert when(f"我爸得了肺癌，{other.format(moment)}") is None
    assert when(f"{other.format(moment)}，我家娃瘫了") is None


@pytest.mark.parametrize("hardship", HARDSHIPS)
@pytest.mark.parametrize("coming", COMING)
def test_what_is_to_come_or_comes_again_and_again_is_no_date(hardship: str, coming: str) -> None:
    assert when(f"{hardship}，{coming}") is None
    assert when(f"{coming}，{hardship}") is None


@given(moment=st.sampled_from(MOMENTS[:5]), hardship=st.sampled_from(HARDSHIPS))
def test_a_date_in_the_clause_of_the_hardship_or_leaning_on_it_is_its_own(moment: str, hardship: str) -> None:
    alone = when(f"{moment}{hardship}")
    assert alone is not None
    assert when(f"{moment}，{hardship}") == alone
    assert when(f"{moment}的时候，{hardship}") == alone
    assert when(f"{hardship}，{moment}的事") == alone
    assert when(f"{moment}{hardship}，我是1968年生的，前天换的手机号") == alone


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("我爸脑梗，去年花了三万", "2025"),
        ("我老婆昨天盖房时摔断了肋骨", "2026-03-04"),
        ("一月二十号着的火，三间房烧得只剩墙", "2026-01-20"),
        ("2019年脱的贫，去年娃他爸又得了癌", "2025"),
        ("我妈 上个月 脑溢血 花了五万", "2026-02"),
        ("我邻居去年得了癌", "2025"),
        ("得癌的老爹前年办的残疾证", None),
        ("去年的大病保险没报上，我爸瘫着", None),
    ],
)
def test_the_date_that_is_meant_is_chosen(said: str, expected: str | None) -> None:
    assert when(said) == expected
