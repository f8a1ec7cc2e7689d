"""What a person says before it is asked is not asked again, and nothing is taken for what it is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.conversation.state import Asking, Draft
from cases.actors import Role
from cases.report import Approach, Relation
from tests.bot.conftest import VILLAGE, Person

NEIGHBOUR = "我邻居李桂花家男人得了尿毒症花了三万，她家在会师镇南家咀头村，电话13812345678"
DOOR = "南家咀头村苏小军家去年冬天火灾烧了房，损失六万，电话13612345678"


def draft(person: Person) -> Draft:
    """Return the report that is worked on."""
    assert person.state.draft is not None
    return person.state.draft


@pytest.mark.parametrize(
    ("said", "approach"),
    [
        ("，别让他家知道是我", Approach.HIDDEN),
        ("，我没问过他们", Approach.UNASKED),
        ("，没问", Approach.UNASKED),
        ("，她让我替她报的", Approach.AGREED),
        ("，联系不上她", Approach.UNREACHABLE),
    ],
)
def test_whether_the_household_knows_is_not_asked_when_it_was_told(
    villager: Person, said: str, approach: Approach
) -> None:
    villager.say("一键报贫")
    assert villager.say(NEIGHBOUR + said) == ["report.review"]
    assert draft(villager).approach is approach
    assert approach.value in villager.text
    assert villager.tap("改他们知不知道") == ["report.ask_approached"]


def test_words_with_which_a_report_begins_are_kept(villager: Person) -> None:
    assert villager.say("我想给邻居家报一下，别让他知道是我") == ["report.ask_story"]
    assert "这家人" in villager.text
    assert (draft(villager).relation, draft(villager).approach) == (Relation.NEIGHBOUR, Approach.HIDDEN)
    assert villager.say("她男人得了尿毒症花了三万") == ["report.ask_place"]


def test_a_report_that_begins_with_its_story_is_not_asked_for_it(villager: Person) -> None:
    said = "替我姑姑报一下，她叫李秀英，瘫在床上，一个人过，在河畔镇河畔村"
    kinds = villager.say(said)
    assert "report.ask_story" not in kinds
    assert said in draft(villager).story


def test_secrecy_within_ones_own_household_hides_nobody(villager: Person) -> None:
    villager.say("一键报贫")
    villager.say("我家在会师镇南家咀头村，我得了癌花了三万，别让他知道，户主王建国，电话13812345678")
    assert draft(villager).approach is None
    assert "这家知道吗" not in villager.text


def test_where_only_he_is_told_of_it_is_asked_whose_he_is(villager: Person) -> None:
    villager.say("一键报贫")
    assert villager.say("他在老家一个人，去年摔断了腿") == ["report.ask_relation"]
    assert villager.tap("我父母家") == ["report.ask_place"]
    assert draft(villager).relation is Relation.CHILD


def test_what_an_officer_enters_is_anothers_household_unless_he_speaks_of_his_own(
    officer: Callable[..., Person],
) -> None:
    cadre = officer("马志远", Role.VILLAGE, VILLAGE)
    assert cadre.say("一键报贫") == ["report.ask_story"]
    assert cadre.say(DOOR) == ["report.review"]
    assert draft(cadre).relation is Relation.VILLAGE_CADRE
    cadre.say("重来")
    cadre.say("是")
    cadre.say("我爸脑梗住院花了八万，我们在会师镇南家咀头村")
    assert draft(cadre).relation is Relation.SELF


@pytest.mark.parametrize("said", ["这是3月2日交来的纸条", "3月2日打来电话说的", "3月2日"])
def test_the_day_of_a_slip_is_taken_when_it_is_said(officer: Callable[..., Person], said: str) -> None:
    cadre = officer("马志远", Role.VILLAGE, VILLAGE)
    cadre.say("一键报贫")
    cadre.say(DOOR)
    assert cadre.say(said) == ["report.review"]
    assert draft(cadre).applied_on == "2026-03-02"
    assert said not in draft(cadre).story


def test_what_a_question_told_is_not_asked_again(villager: Person) -> None:
    said = "我老伴住院花了五万，报销完还剩三万多，低保能不能申请"
    assert villager.say(said) == ["answer.given"]
    assert villager.tap("一键报贫") == ["report.ask_place"]
    assert draft(villager).story == said


def test_a_question_of_nobody_leaves_no_story(villager: Person) -> None:
    assert villager.say("低保要什么材料？") == ["answer.given"]
    assert villager.state.drafts == ()


def test_a_place_alone_is_no_story_and_is_kept(villager: Person) -> None:
    villager.say("一键报贫")
    assert villager.say("会师镇南家咀头村") == ["report.ask_story"]
    assert "这些记下了" in villager.text
    assert villager.say("我男人得了尿毒症") == ["report.ask_householder"]
    assert draft(villager).story == "我男人得了尿毒症"


def test_a_short_name_of_a_village_is_found_and_what_was_no_place_is_not_kept(villager: Person) -> None:
    villager.say("一键报贫")
    villager.say("我男人得了尿毒症")
    assert villager.say("我不识字") == ["report.place_unknown"]
    assert villager.say("南家咀头") == ["report.ask_householder"]
    assert draft(villager).place is not None
    assert draft(villager).place_text == ""


def test_a_deeper_place_is_taken_though_a_name_was_asked_for(villager: Person) -> None:
    villager.say("一键报贫")
    villager.say("我男人得了尿毒症，我家在会师镇")
    villager.say("没有")
    assert villager.state.asking is Asking.HOUSEHOLDER
    assert villager.say("南家咀头村") == ["report.ask_householder"]
    place = draft(villager).place
    assert place is not None
    assert place.code == VILLAGE


@pytest.mark.parametrize(
    ("asked", "words"), [("啥叫户主", "第一页"), ("用我儿子的行不行", "谁的都行"), ("哪个村？", "按户口本")]
)
def test_what_is_asked_about_the_question_itself_is_explained(villager: Person, asked: str, words: str) -> None:
    villager.say("一键报贫")
    villager.say("我男人得了尿毒症")
    for answer in {"第一页": ["会师镇南家咀头村"], "谁的都行": ["会师镇南家咀头村", "王建国"]}.get(words, []):
        villager.say(answer)
    waiting = villager.state.asking
    assert villager.say(asked)[0] == "report.explained"
    assert words in villager.text
    assert villager.state.asking is waiting


@pytest.mark.parametrize("said", ["没有电话", "没有", "记不得号码"])
def test_who_has_no_telephone_is_told_whose_will_do(villager: Person, said: str) -> None:
    villager.say("一键报贫")
    villager.say("我男人得了尿毒症，我家在会师镇南家咀头村，户主王建国")
    assert villager.say(said) == ["report.phone_wrong"]
    assert "亲戚、邻居" in villager.text
    assert villager.say("1391234567") == ["report.phone_wrong"]
    assert "11 位数" in villager.text
    assert villager.say("13912345678") == ["report.review"]


def test_sums_told_beside_an_answer_are_counted_once(villager: Person) -> None:
    villager.say("一键报贫")
    villager.say("我男人得了尿毒症，我家在会师镇南家咀头村，户主王建国")
    assert villager.say("我的电话13912345678，住院又借了三万块钱") == ["report.review"]
    assert [told.value for told in draft(villager).sums] == [30000]


def test_hardship_beside_a_complaint_keeps_its_words_and_none_about_officials(villager: Person) -> None:
    villager.say("村支书把低保给他兄弟，我家真的困难，男人瘫在床上，就不给我报")
    assert villager.tap("一键报贫") == ["report.ask_place"]
    assert draft(villager).story == "男人瘫在床上"
    assert draft(villager).township_first


@pytest.mark.parametrize("said", ["我要撤回", "没人来过啊", "到现在都没人来我家", "我不服"])
def test_set_phrases_about_a_report_lead_to_it(villager: Person, said: str) -> None:
    assert villager.say(said) == ["progress.ask_receipt"]
