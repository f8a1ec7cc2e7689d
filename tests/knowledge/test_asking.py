"""The place, the day and the missing half of a question."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.answer import Question
from knowledge.asking import LONGEST, readings, settle
from knowledge.search import Search
from places.gazetteer import load_gazetteer
from tests.knowledge.corpus import HUINING

TODAY = date(2026, 3, 10)


def settled(text: str, *history: str, area: str | None = HUINING) -> Search:
    return settle(Question(text, TODAY, area, history=history), load_gazetteer())


def test_a_place_named_in_the_question_decides_over_the_askers_own() -> None:
    assert settled("德化县2024年监测线多少").area == "350526"


def test_a_wider_place_named_leaves_the_askers_own() -> None:
    assert settled("甘肃省的监测线是多少").area == HUINING


def test_a_message_too_long_for_a_question_is_read_at_its_beginning_and_its_end() -> None:
    story = "家里的事说来话长。" * 10_000
    text = settled(f"德化县2024年监测线多少，{story}娃上学补多少").text
    assert len(text) <= LONGEST + 1
    assert text.startswith("德化县2024年监测线多少")
    assert text.endswith("娃上学补多少")
    assert settled("公示几天").text == "公示几天"


def test_without_a_place_the_askers_own_stays() -> None:
    assert settled("公示几天").area == HUINING
    assert settled("公示几天", area=None).area is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023年的寄宿补助标准是多少", date(2023, 12, 31)),
        ("2026年的监测线是多少", TODAY),
        ("2027年的标准是多少", TODAY),
        ("寄宿补助标准是多少", TODAY),
        ("我2021年做的手术，现在能报吗", TODAY),
    ],
)
def test_a_past_year_named_for_a_rule_decides_over_today(text: str, day: date) -> None:
    assert settled(text).day_meant == day


@pytest.mark.parametrize("text", ["那要什么材料？", "那够不上的呢", "中职的呢？"])
def test_a_short_question_that_leans_back_follows_the_one_before_and_weighs_more(text: str) -> None:
    assert settled(text, "低保咋申请", "临时救助怎么申请").text == f"临时救助怎么申请 {text} {text}"


def test_a_short_question_is_taken_both_ways_likelier_first() -> None:
    def ways(text: str, *history: str) -> list[tuple[str, str]]:
        question = Question(text, TODAY, HUINING, history=history)
        return [(way.text, way.own) for way in readings(question, load_gazetteer())]

    behind = ("低保咋申请 那要几天 那要几天", "那要几天")
    assert ways("那要几天", "低保咋申请") == [behind, ("那要几天", "")]
    assert ways("有没有路费补助", "低保咋申请")[0] == ("有没有路费补助", "")
    assert len(ways("有没有路费补助", "低保咋申请")) == 2
    assert ways("那要几天") == [("那要几天", "")]
    assert ways("孩子今年考上大学交不起学费了，有什么办法没有", "低保咋申请") == [
        ("孩子今年考上大学交不起学费了，有什么办法没有", "")
    ]


def test_a_follow_up_of_a_follow_up_goes_on_from_both() -> None:
    assert settled("那大学呢？", "高中助学金一年多少", "中职的呢？").text.startswith("高中助学金一年多少 中职的呢？")


@pytest.mark.parametrize(
    ("text", "ahead"), [("2027年度医保交多少", 2027), ("2026年的监测线", None), ("公示几天", None)]
)
def test_a_year_to_come_is_noted(text: str, ahead: int | None) -> None:
    assert settled(text).ahead == ahead


def test_a_question_that_stands_alone_is_not_joined() -> None:
    assert settled("危房改造怎么申请，要哪些材料？", "临时救助怎么申请").text == "危房改造怎么申请，要哪些材料？"
    assert settled("那要什么材料？").text == "那要什么材料？"
