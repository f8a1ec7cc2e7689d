"""Passages never cut a sentence, a figure from its unit, or a row; their spans hold in both texts."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from ingest.composing import Line, compose
from ingest.page import Block
from ingest.passages import Composed, cut_passages

SENTENCE = "村民可以向户籍所在地的乡镇人民政府提出申请，也可以委托村民委员会代为提交，每户每月补助1,200元。"


def originals(composed: Composed) -> list[str]:
    return [composed.original[piece.original.start : piece.original.end] for piece in composed.pieces]


def texts(composed: Composed) -> list[str]:
    return [composed.text[piece.text.start : piece.text.end] for piece in composed.pieces]


def test_a_long_section_is_cut_between_sentences_into_even_pieces() -> None:
    pieces = texts(cut_passages([Line(SENTENCE * 20, ("一、补助",))]))
    assert "".join(pieces) == SENTENCE * 20
    assert all(piece.endswith("。") and 200 <= len(piece) <= 430 for piece in pieces)


def test_a_sentence_without_end_is_cut_at_clauses_and_never_inside_a_figure() -> None:
    endless = "每户补助1,200元，另发取暖费300元，" * 60
    pieces = texts(cut_passages([Line(endless)]))
    assert "".join(pieces) == endless
    assert all(piece.endswith("，") and len(piece) <= 700 for piece in pieces)


def test_short_sections_of_one_parent_share_a_passage_and_its_name() -> None:
    lines = compose([Block("一、要求"), Block("1.学政策。每周一次。"), Block("2.访农户。每月一次。")])
    (piece,) = cut_passages(lines).pieces
    assert piece.section == ("一、要求",)


def test_a_heading_stays_with_its_first_section_and_sections_stay_apart() -> None:
    lines = compose(
        [Block("一、范围"), Block(f"（一）在册家庭。{SENTENCE * 5}"), Block(f"（二）新申请。{SENTENCE * 5}")]
    )
    composed = cut_passages(lines)
    assert [piece.section for piece in composed.pieces] == [
        ("一、范围", "（一）在册家庭"),
        ("一、范围", "（二）新申请"),
    ]
    assert texts(composed)[0].startswith("一、范围\n（一）在册家庭。")


def test_the_beginning_of_a_section_does_not_close_the_one_before() -> None:
    lines = compose(
        [
            Block("一、问题"),
            Block("问题1:水不够。有的村缺水。"),
            Block(f"措施与成效:更换管网，恢复供水。{SENTENCE * 4}"),
            Block("问题2:没公示。有的村没公示。"),
            Block(f"措施与成效:按季公示，接受监督。{SENTENCE * 4}"),
        ]
    )
    sections = [piece.section[:2] for piece in cut_passages(lines).pieces]
    assert sections == [("一、问题", "问题1:水不够"), ("一、问题", "问题2:没公示")]


def test_each_question_keeps_its_answer_to_itself() -> None:
    lines = compose(
        [Block("一、低保"), Block("1.问：谁能申请？"), Block("答：困难家庭。"), Block("2.问：去哪办？答：乡镇。")]
    )
    composed = cut_passages(lines)
    assert texts(composed) == ["一、低保\n1.问：谁能申请？\n答：困难家庭。", "2.问：去哪办？答：乡镇。"]
    assert [piece.section[-1] for piece in composed.pieces] == ["1.问：谁能申请？", "2.问：去哪办？"]


def test_rows_of_a_long_table_are_never_cut() -> None:
    grid = (("项目", "标准"), *((f"第{number}项", SENTENCE * 3) for number in range(5)))
    pieces = texts(cut_passages(compose([Block("补助标准表"), Block("", grid=grid)])))
    assert [line for piece in pieces for line in piece.split("\n")] == [
        f"项目：第{number}项；标准：{SENTENCE * 3}" for number in range(5)
    ]


def test_a_numbered_sentence_ends_the_section_before_it() -> None:
    lines = compose([Block("二、不足"), Block(f"（一）宣传不够。{SENTENCE * 2}"), Block(f"（二）{SENTENCE * 3}")])
    assert cut_passages(lines).pieces[-1].section == ("二、不足",)


def test_titles_and_signatures_are_in_the_text_but_in_no_passage() -> None:
    signature = Block("某县民政局")
    lines = [Line("关于低保的通知", indexed=False), *compose([Block(SENTENCE), signature], [signature])]
    composed = cut_passages(lines)
    assert composed.text.startswith("关于低保的通知\n")
    assert texts(composed) == [SENTENCE]


def test_the_original_keeps_its_script_and_the_spans_agree() -> None:
    composed = cut_passages([Line("鄉鎮人民政府應當調查核實，　並提出意見。")])
    assert originals(composed) == ["鄉鎮人民政府應當調查核實，　並提出意見。"]
    assert texts(composed) == ["乡镇人民政府应当调查核实， 并提出意见。"]


@given(
    st.lists(
        st.tuples(
            st.text(alphabet="村民补助12.5万元，。；！？、”（ 鄉鎮救濟", min_size=1, max_size=400).filter(str.strip),
            st.sampled_from([(), ("一、甲",), ("一、甲", "（一）乙"), ("二、丙",)]),
            st.booleans(),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_passages_cover_the_text_in_order_and_fit_the_model(parts: list[tuple[str, tuple[str, ...], bool]]) -> None:
    composed = cut_passages([Line(text.strip(), section, alone=alone) for text, section, alone in parts])
    squeezed = re.sub(r"\s", "", composed.text)
    assert re.sub(r"\s", "", "".join(texts(composed))) == squeezed
    assert all(len(text) <= 720 for text in texts(composed))
    ends = [piece.text.end for piece in composed.pieces]
    assert ends == sorted(ends)
