"""Nothing that must not hang in public passes into a public notice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.public_notice.leaks import Entry, Leak, LeakKind, find_leaks
from cases.report import Cause

RECEIPT = "39205933749"


def leaks(householder: str = "苏秀英", group: str = "三社") -> list[Leak]:
    return list(find_leaks(RECEIPT, Entry(householder, group), others={"王建国"}, minors={"苏小宝"}))


def kinds(householder: str = "苏秀英", group: str = "三社") -> set[LeakKind]:
    return {leak.kind for leak in leaks(householder, group)}


@pytest.mark.parametrize("name", ["苏秀英", "欧阳兰", "司马长风", "马学", "艾力·买买提", "阿卜杜拉·艾合买提江"])
@pytest.mark.parametrize("group", ["", "三社", "第3村民小组", "十二组", "2队", "上河湾", "王家庄", "南山自然村"])
def test_a_name_and_a_group_may_hang(name: str, group: str) -> None:
    assert leaks(name, group) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("苏秀英 620422197503124526", LeakKind.ID_NUMBER),
        ("苏秀英６２０４２２１９７５０３１２４５２６", LeakKind.ID_NUMBER),
        ("苏秀英13800138000", LeakKind.PHONE),
        ("苏秀英 一三八零零一三八零零零", LeakKind.PHONE),
        ("苏秀英 0943-3221234", LeakKind.PHONE),
        ("苏秀英 6228480402564890018", LeakKind.BANK_CARD),
        ("苏秀英尿毒症", LeakKind.HEALTH),
        ("苏秀英（二级殘疾）", LeakKind.HEALTH),
        ("苏秀英住 院", LeakKind.HEALTH),
        ("苏秀英因病", LeakKind.RISK_TYPE),
        ("苏秀英因-学", LeakKind.RISK_TYPE),
        ("苏秀英缺勞動力", LeakKind.RISK_TYPE),
        ("苏秀英村头12号", LeakKind.ADDRESS),
        ("苏小宝", LeakKind.MINOR),
        ("苏秀英之子", LeakKind.MINOR),
        ("王建国", LeakKind.OTHER_PERSON),
        ("户主就是我本人啊", LeakKind.NOT_A_NAME),
        ("Su Xiuying", LeakKind.NOT_A_NAME),
        ("", LeakKind.NOT_A_NAME),
    ],
)
def test_a_name_with_more_in_it_is_refused_for_what_it_is(text: str, kind: LeakKind) -> None:
    assert kind in kinds(householder=text)


@pytest.mark.parametrize("group", ["三社12号", "老槐树下", "三社王家隔壁", "三社3排2号", "学校对面", "三社，电话另问"])
def test_an_address_below_the_group_is_refused(group: str) -> None:
    assert kinds(group=group) == {LeakKind.ADDRESS}


def test_the_refusal_says_where_and_keeps_numbers_masked() -> None:
    (leak,) = leaks(householder="苏秀英13800138000")
    assert (leak.receipt, leak.field) == (RECEIPT, "householder")
    assert leak.what == "138****8000"


DIGITS = st.text("0123456789", min_size=8, max_size=8)
CANARIES = st.one_of(
    st.builds("1{}{}{}".format, st.sampled_from("3456789"), DIGITS, st.sampled_from("0123456789")),
    st.builds("62042219{}0315{}X".format, st.integers(30, 99), st.integers(100, 999)),
    st.builds("622848040256{}{}".format, st.integers(1000, 9999), st.integers(100, 999)),
    st.sampled_from([cause.value for cause in Cause if cause is not Cause.OTHER]),
    st.sampled_from(["尿毒症", "肺癌", "二级残疾", "住院", "糖尿病", "精神障碍", "脑梗", "透析"]),
    st.sampled_from(["王建国", "苏小宝", "三号院", "17号", "2单元", "学生", "孙女"]),
)
SEPARATORS = st.sampled_from(["", " ", "　", "，", "（", "-", "\u200b", "\n"])
WORDS = st.text("苏秀英马志远户主在家的人三社", max_size=6)


@given(
    canary=CANARIES, before=WORDS, after=WORDS, separator=SEPARATORS, where=st.sampled_from(["householder", "group"])
)
@settings(max_examples=400, deadline=None)
def test_no_canary_passes_wherever_it_stands(canary: str, before: str, after: str, separator: str, where: str) -> None:
    text = f"{before}{separator}{canary}{separator}{after}"
    entry = {"householder": "苏秀英", "group": "三社", where: text}
    assert list(find_leaks(RECEIPT, Entry(**entry), others={"王建国"}, minors={"苏小宝"}))


@given(text=st.text(max_size=40), where=st.sampled_from(["householder", "group"]))
@settings(max_examples=300, deadline=None)
def test_what_passes_is_only_ever_a_name_or_a_group(text: str, where: str) -> None:
    entry = {"householder": "苏秀英", "group": "三社", where: text}
    if not list(find_leaks(RECEIPT, Entry(**entry), others=(), minors=())):
        assert len(text.strip()) <= 20
        assert not any(character.isascii() and character.isalnum() and not character.isdigit() for character in text)
