"""A message is taken apart only where it clearly asks two things."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from knowledge.answer import Answer, AnswerKind, Asker, Basis, Citation, Question
from knowledge.splitting import joined_answer, split_questions
from tests.knowledge.conftest import Opened


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("低保怎么申请？雨露计划补多少钱？", ["低保怎么申请", "雨露计划补多少钱"]),
        ("公示贴几天；低保标准是多少", ["公示贴几天", "低保标准是多少"]),
        ("低保啥条件 边缘家庭又有啥好处", ["低保啥条件", "边缘家庭又有啥好处"]),
        ("上门都看些啥，看完几天给回话", ["上门都看些啥", "看完几天给回话"]),
        ("请问监测对象分几类，有无名额控制", ["请问监测对象分几类", "有无名额控制"]),
        ("低保怎么申请，另外问一下雨露计划补多少钱", ["低保怎么申请", "问一下雨露计划补多少钱"]),
    ],
)
def test_two_questions_are_two(text: str, parts: list[str]) -> None:
    assert split_questions(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "低保怎么申请？要什么材料？",
        "我家房子塌了。能报吗？",
        "娃考上大学，学费交不起，咋办？",
        "公示贴几天？",
        "我妈瘫了 家里没钱 能报吗",
        "yu lu ji hua zen me shen qing",
        "",
    ],
)
def test_what_leans_on_what_stands_before_is_one_question(text: str) -> None:
    assert split_questions(text) == [text.strip()]


def said(document: str, kind: AnswerKind = AnswerKind.ANSWER, confidence: float = 0.9) -> Answer:
    citation = Citation(document, "", "", "", "", "", "", Basis.DIGEST, "话", "")
    return Answer(kind, f"关于{document}", confidence, (citation,))


def test_answers_stand_below_their_questions_and_are_as_sure_as_the_least_sure() -> None:
    together = joined_answer(["甲", "乙"], [said("a"), said("b", confidence=0.7)])
    assert together is not None
    assert together.text == "问：甲\n关于a\n\n问：乙\n关于b"
    assert [citation.document for citation in together.citations] == ["a", "b"]
    assert together.confidence == 0.7


def test_no_joined_answer_where_one_is_missing_or_both_say_the_same() -> None:
    assert joined_answer(["甲", "乙"], [said("a"), said("b", AnswerKind.ABSTAIN)]) is None
    assert joined_answer(["甲", "乙"], [said("a"), said("a")]) is None


def test_where_one_part_has_no_answer_it_may_be_said_beside_the_other() -> None:
    together = joined_answer(["甲", "乙"], [said("a"), said("b", AnswerKind.ABSTAIN, 0.1)], partly=True)
    assert together is not None
    assert (together.kind, together.confidence) == (AnswerKind.ANSWER, 0.9)
    assert together.text.endswith("问：乙\n关于b")


def test_the_half_of_a_message_that_has_no_answer_is_said_to_be_open(open_bundled: Callable[..., Opened]) -> None:
    bundled = open_bundled()

    def ask(text: str) -> Answer:
        return bundled.knowledge.answer(bundled.store, Question(text, date(2026, 6, 1), None, Asker.VILLAGER))

    half = ask("高龄津贴从多少岁开始领，低保啥条件")
    assert {citation.document for citation in half.citations} == {"dibao-who"}
    assert "问：高龄津贴从多少岁开始领\n您问的像是“高龄津贴”" in half.text
    both = ask("残疾人有哪些补贴，低保啥条件")
    assert {citation.document for citation in both.citations} == {"disability-allowances", "dibao-who"}
