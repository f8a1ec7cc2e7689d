"""Breaks inside sentences are joined; paragraphs, headings and titles stay apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.linebreaks import make_paragraphs
from ingest.page import Block

SENTENCE = "乡镇人民政府应当自受理申请之日起，对申请人家庭的收入、财产和实际生活情况逐一调查核实，并提出意见。"


def paragraphs(*lines: str, gap: bool = True) -> list[str]:
    return [block.text for block in make_paragraphs([Block(line, gap=gap) for line in lines])[0]]


def test_a_sentence_broken_across_a_blank_line_is_whole_again() -> None:
    front, back = "督查组于3月9日对全县十五个镇开展了核查，共排查出4", "个问题，现已全部整改完成。"
    blocks, joined = make_paragraphs([Block(front), Block(back)])
    assert [block.text for block in blocks] == [front + back]
    assert joined == 1


def test_lines_wrapped_at_one_width_are_whole_again() -> None:
    text = SENTENCE * 6
    lines = [text[start : start + 30] for start in range(0, len(text), 30)]
    assert paragraphs(*lines, gap=False) == [text]


def test_titles_headings_items_and_dates_are_never_joined() -> None:
    lines = [
        "县委分管领导在迎接2021年度全省推进乡村振兴战略实绩考核工作推进会上的讲话",
        "大家好！根据会议安排，由我通报情况。",
        "一、总体情况",
        "（一）个别单位对迎检工作重视程度不高，协同作战能力较弱",
        "一些单位落实不力，存在短板。",
        "零陵区脱贫攻坚专项督查组",
        "2018年9月21日",
        "附件：1.计分表，2.名额分配",
    ]
    assert paragraphs(*lines) == lines


def test_paragraphs_that_run_together_are_parted_at_their_blanks_and_headings() -> None:
    text = (
        f"县水务局: {SENTENCE} 一、整改情况 全镇共排查出2个问题。 问题1:供水不足。{SENTENCE}"
        f" 整改情况:已完成。 二、下一步打算 我镇将继续推进，{SENTENCE}"
    )
    assert paragraphs(text) == [
        "县水务局:",
        SENTENCE,
        "一、整改情况",
        "全镇共排查出2个问题。",
        f"问题1:供水不足。{SENTENCE}",
        "整改情况:已完成。",
        "二、下一步打算",
        f"我镇将继续推进，{SENTENCE}",
    ]


@given(st.lists(st.text(alphabet="一二三村民、，。；：(1)2 .年", min_size=1, max_size=60), max_size=20))
def test_no_character_is_lost_or_made(lines: list[str]) -> None:
    blocks, _ = make_paragraphs([Block(line) for line in lines])
    before = "".join("".join(line.split()) for line in lines)
    assert "".join("".join(block.text.split()) for block in blocks) == before
