"""Wherever a text is cut, no sentence, figure or row is cut with it, and every passage stands where it says."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.composing import Line
from ingest.page import Block
from ingest.parsing import parse
from ingest.passages import Composed, cut_passages
from ingest.tables import rows_of

WORDS = st.text(alphabet="低保村民乡镇申请核查材料按月发放标准家庭收入", min_size=3, max_size=40)
AMOUNTS = st.builds(
    lambda number, unit: f"{number}{unit}", st.integers(1, 99_999), st.sampled_from(["元", "个工作日", "%", "元/人·月"])
)
CLAUSES = st.builds(lambda before, amount, behind: before + amount + behind, WORDS, AMOUNTS, WORDS)
SENTENCES = st.lists(CLAUSES, min_size=1, max_size=6).map(lambda clauses: "，".join(clauses) + "。")
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=12).map("".join)


def cut(texts: list[str]) -> Composed:
    return cut_passages([Line(text, ("一、总则",)) for text in texts])


def pieces(composed: Composed) -> list[str]:
    return [composed.original[piece.original.start : piece.original.end] for piece in composed.pieces]


@given(st.lists(PARAGRAPHS, min_size=1, max_size=5))
def test_a_passage_begins_and_ends_with_a_sentence(texts: list[str]) -> None:
    composed = cut(texts)
    assert "".join(pieces(composed)).replace("\n", "") == "".join(texts)
    assert all(piece.endswith("。") for piece in pieces(composed))
    assert all(composed.text[piece.text.start : piece.text.end].strip() for piece in composed.pieces)


@settings(max_examples=20)
@given(st.lists(AMOUNTS, min_size=200, max_size=400), WORDS)
def test_a_figure_keeps_its_unit_even_where_there_is_no_mark_at_all(amounts: list[str], word: str) -> None:
    text = word.join(amounts)
    composed = cut([text])
    assert "".join(pieces(composed)) == text
    for piece in pieces(composed)[:-1]:
        assert not re.search(r"\d$", piece)
    for piece in pieces(composed)[1:]:
        assert not re.match(r"元|个工作日|%|/|·|工作日", piece)


CELLS = st.lists(st.text(alphabet="甲乙丙丁12345元", min_size=1, max_size=30), min_size=3, max_size=3).map(tuple)


@given(st.lists(CELLS, min_size=1, max_size=60))
def test_a_row_stays_whole_and_each_of_its_cells_stands_behind_its_head(rows: list[tuple[str, ...]]) -> None:
    grid = (("项目", "标准", "说明"), *rows)
    lines = [Line(row.text, row.groups, row=True, alone=row.alone) for row in rows_of(Block("", grid=grid))]
    found = "\n".join(pieces(cut_passages(lines))).split("\n")
    assert sorted(found) == sorted(line.text for line in lines)
    for line in found:
        assert re.search("项目|标准|说明", line)


BOOKLET = st.lists(st.lists(SENTENCES, min_size=1, max_size=4), min_size=3, max_size=12)


@given(BOOKLET)
def test_every_answer_of_a_booklet_stands_under_its_own_question_whole(answers: list[list[str]]) -> None:
    text = "低保政策100问\n" + "\n".join(
        f"{number}.问：第{number}个问题怎么办？\n答：" + "\n".join(paragraphs)
        for number, paragraphs in enumerate(answers, 1)
    )
    (draft,) = parse(text.encode(), "100问.txt", 2026).drafts
    found: dict[str, str] = {}
    for piece in draft.composed.pieces:
        found.setdefault(piece.section[-1], "")
        found[piece.section[-1]] += draft.composed.original[piece.original.start : piece.original.end].replace("\n", "")
    for number, paragraphs in enumerate(answers, 1):
        assert found[f"{number}.问：第{number}个问题怎么办？"].endswith("答：" + "".join(paragraphs))
