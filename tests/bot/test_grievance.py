"""A complaint of an official is known by who did what, not by set phrases."""

from __future__ import annotations

import pytest

from bot.conversation.grievance import clauses_beside, complains, is_blameless
from bot.conversation.hearing import listen
from bot.conversation.routing import Route, find_route

WRONGED = [
    "我男人得了癌，去找村主任登记，他叫我先拿两条烟来",
    "报困难报了三回，社长都说没名额，他侄儿家盖着楼倒吃低保",
    "我妈瘫了三年，支书嫌我们家没给他拜年，一直不给往上报",
    "会计说要办困难户先交二百块钱",
    "低保卡在组长手里，两年没见着一分钱",
    "前年的危房补助两万四，村上只给了我一万",
    "办事的女的把我的材料摔地上，说不归她管",
    "我的补贴存折被村文书收去三年不还",
]
NOT_WRONGED = [
    "村支书叫我来报困难，我男人瘫了花了五万",
    "村主任说我家能报，让我在这里登记",
    "驻村干部给我娃送过书包，娃考上大学了学费还差六千",
    "我是村支书的邻居，我们家娃上大学没钱",
    "文书帮我填的表，电话写错了",
    "老板拿了我的工钱跑了，家里两个娃上学",
    "医院收了我三万押金，家里掏空了",
    "主任说要交医保，我没钱交，娃还病着",
    "儿子不给我钱，不让我进门，我七十了",
    "村干部能收钱吗",
    "村书记不给我家评低保怎么办",
]


@pytest.mark.parametrize("said", WRONGED)
def test_who_did_what_is_heard(said: str) -> None:
    assert find_route(listen(said)) is Route.COMPLAINT


@pytest.mark.parametrize("said", NOT_WRONGED)
def test_an_official_alone_or_a_deed_alone_is_no_complaint(said: str) -> None:
    assert find_route(listen(said)) is not Route.COMPLAINT


def test_the_official_of_the_clause_before_goes_on_acting_until_somebody_else_does() -> None:
    assert complains("村支书来过，收了两条烟", asks=False)
    assert not complains("村支书来过，老板收了两条烟", asks=False)


def test_a_deed_of_kindness_is_told_from_a_wrong() -> None:
    assert is_blameless("村支书叫我来报困难")
    assert not is_blameless("村支书叫我来报困难，又收了两条烟")
    assert not is_blameless("我男人瘫了")


def test_what_the_writer_handed_in_blames_nobody_until_an_official_is_named() -> None:
    assert is_blameless("我填的时候把地少写了两亩，心里不踏实")
    assert not is_blameless("报了两回，会计都给我撕了")


def test_what_stands_beside_a_complaint_names_no_official() -> None:
    told = "支书不给我报，我男人瘫在床上，娃上学没钱，会计还骂人"
    assert clauses_beside(told) == ["我男人瘫在床上", "娃上学没钱"]
