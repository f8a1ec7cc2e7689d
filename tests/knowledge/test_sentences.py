"""A text is taken apart one way, and put together again with other words and the same breaks, marks and stops."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.sentences import retold, sentences_of, unmarked

STEPS = "办法如下：\n（一）村里先受理；\n（二）乡镇审核。（甘肃2023年）\n1．2.5万元以内的，当天办？\n好"


def test_a_text_falls_into_sentences_with_their_stops_and_remarks() -> None:
    assert sentences_of(STEPS) == [
        "办法如下：",
        "（一）村里先受理；",
        "（二）乡镇审核。（甘肃2023年）",
        "1．2.5万元以内的，当天办？",
    ]
    assert [unmarked(one) for one in sentences_of(STEPS)][1:3] == ["村里先受理；", "乡镇审核。（甘肃2023年）"]
    assert unmarked("2.5万元以内。") == "2.5万元以内。"
    assert unmarked("第三条　由乡镇受理。") == "由乡镇受理。"
    assert unmarked("第三条的规定不变。") == "第三条的规定不变。"


def test_other_words_take_the_place_of_sentences_and_marks_breaks_and_stops_stay() -> None:
    said = ["怎么办：", "先由村里受理。", "再由乡镇审核。", "2.5万元以内的，当天办？"]
    assert retold(STEPS, said) == "怎么办：\n（一）先由村里受理；\n（二）再由乡镇审核。\n1．2.5万元以内的，当天办？\n好"


@given(st.text(alphabet="一二三，。；：！？（）\n1.、- 甲乙", max_size=40))
def test_a_text_told_in_its_own_sentences_is_itself(text: str) -> None:
    assert retold(text, [unmarked(sentence) for sentence in sentences_of(text)]) == text
