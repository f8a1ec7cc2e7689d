"""What a question wants, and what a text can give."""

from __future__ import annotations

import pytest

from knowledge.answer_types import AnswerType, asked_types, bits, given_types


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("雨露计划一年补多少钱", AnswerType.AMOUNT),
        ("报了几天有人来", AnswerType.TIME),
        ("监测对象分几类", AnswerType.COUNT),
        ("办低保要什么材料", AnswerType.PAPERS),
        ("在哪里报", AnswerType.PLACE),
        ("找谁办", AnswerType.PERSON),
        ("有车能不能报", AnswerType.ALLOWED),
        ("为啥没评上", AnswerType.REASON),
        ("什么叫监测户", AnswerType.MEANING),
        ("临时救助怎么申请", AnswerType.WAY),
    ],
)
def test_a_question_shows_what_it_wants(text: str, kind: AnswerType) -> None:
    assert kind in asked_types(text)


def test_a_number_of_days_is_no_amount_of_money() -> None:
    assert AnswerType.AMOUNT not in asked_types("公示多少天")
    assert AnswerType.AMOUNT in given_types("每年1250元")
    assert AnswerType.AMOUNT not in given_types("公示5天")
    assert AnswerType.TIME in given_types("公示5天")


def test_no_question_wants_nothing() -> None:
    assert asked_types("今天下雨") == frozenset()
    assert bits(frozenset()) == 0
    assert bits(frozenset(AnswerType)) == 2 ** len(AnswerType) - 1
