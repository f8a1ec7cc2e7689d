"""Quotes are real substrings of a passage, in whole sentences, about the question."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.lexical import build_lexical
from knowledge.spans import LONGEST_QUOTE, choose_quote

LONG = (
    "第一条 为做好监测帮扶工作，制定本办法。"
    + "本办法适用于全县各乡镇。" * 8
    + "村内公示不少于5天，公示期内群众可以提出异议。"
    + "乡镇收到以后进行审核。" * 8
)
INDEX = build_lexical([LONG, "别的"])


def test_the_sentence_about_the_question_is_quoted() -> None:
    quote = choose_quote(LONG, "公示几天能提异议", INDEX)
    assert "村内公示不少于5天，公示期内群众可以提出异议。" in quote
    assert len(quote) <= LONGEST_QUOTE
    assert quote in LONG


def test_a_short_passage_is_quoted_whole() -> None:
    assert choose_quote(" 公示5天。 ", "天气", INDEX) == "公示5天。"


def test_a_sentence_longer_than_a_quote_is_not_cut() -> None:
    endless = "公示" * 300
    assert choose_quote(endless, "公示几天", INDEX) == endless


@given(st.text(alphabet="公示天5。，！\n 不少于", max_size=500), st.text(alphabet="公示天不", max_size=5))
def test_a_quote_is_always_a_substring(text: str, question: str) -> None:
    quote = choose_quote(text, question, INDEX)
    assert quote in text
    assert bool(quote) == bool(text.strip())
