"""Lexical search: terms, BM25, and the index on disk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.lexical import build_lexical, load_lexical, query_terms, terms

TEXTS = [
    "寄宿生小学每年1250元",
    "低保由乡镇受理，县级民政部门审核确认",
    "公示不少于5天，公示期内可以提出异议",
    "低保",
    "",
]


def test_terms_are_characters_their_pairs_and_whole_latin_words() -> None:
    assert terms("低保A类") == ["低", "保", "低保", "a", "类"]
    assert terms("农办〔2024〕1号") == ["农", "办", "农办", "2024", "1", "号"]


def test_traditional_and_full_width_spellings_have_the_same_terms() -> None:
    assert terms("農村低保２０２４") == terms("农村低保2024")


def test_function_characters_are_left_out_of_a_question_unless_nothing_else_is_left() -> None:
    assert "的" not in query_terms("低保的标准")
    assert query_terms("的吗") == ["的", "吗", "的吗"]


def test_negations_stay_in_a_question() -> None:
    assert "不" in query_terms("我不服怎么办")


def test_the_row_that_shares_rare_terms_scores_highest() -> None:
    index = build_lexical(TEXTS)
    assert int(np.argmax(index.scores("公示期有异议咋办"))) == 2
    assert index.scores("低保")[3] > index.scores("低保")[1] > 0


def test_a_question_without_known_terms_scores_nothing() -> None:
    assert not build_lexical(TEXTS).scores("xyz").any()


def test_an_index_of_nothing_answers_with_nothing() -> None:
    assert build_lexical([]).scores("低保").shape == (0,)


def test_a_saved_index_scores_as_the_one_in_memory(tmp_path: Path) -> None:
    index = build_lexical(TEXTS)
    index.save(tmp_path / "lexical")
    opened = load_lexical(tmp_path / "lexical")
    for question in ("低保谁受理", "公示几天", "小学1250", "xyz"):
        assert np.allclose(opened.scores(question), index.scores(question))
    assert opened.rarity("低保") == pytest.approx(index.rarity("低保"))


def test_a_term_that_never_occurs_is_rarest() -> None:
    index = build_lexical(TEXTS)
    assert index.rarity("龘") > index.rarity("公示") > index.rarity("低保") > 0


@given(st.lists(st.text(alphabet="低保公示五天元年a1 ，。", max_size=12), min_size=1, max_size=6), st.text(max_size=8))
def test_scores_are_finite_and_zero_exactly_where_no_term_is_shared(texts: list[str], question: str) -> None:
    scores = build_lexical(texts).scores(question)
    assert np.isfinite(scores).all()
    wanted = set(query_terms(question))
    assert [bool(score > 0) for score in scores] == [bool(wanted & set(terms(text))) for text in texts]
