"""Lines, Markdown headings and rows parted by bars."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.plain_text import read_text


def test_blank_lines_part_and_rows_of_equal_width_are_a_table() -> None:
    page = read_text("# 标题\n\n第一段。\n第二段。\n\n| 项目 | 标准 |\n|---|---|\n| 住房 | 4分 |\n")
    assert [(block.text, block.gap, block.heading) for block in page.blocks[:3]] == [
        ("标题", True, 1),
        ("第一段。", True, 0),
        ("第二段。", False, 0),
    ]
    assert page.blocks[3].grid == (("项目", "标准"), ("住房", "4分"))


def test_a_bar_behind_a_paragraph_is_no_table() -> None:
    (block,) = read_text("一、工作情况。共排查4个问题。 |").blocks
    assert (block.text, block.grid) == ("一、工作情况。共排查4个问题。", None)


@given(st.text(alphabet="一二三。，|#\n \t-", max_size=120))
def test_every_line_stands_where_its_start_says(text: str) -> None:
    page = read_text(text)
    for block in page.blocks:
        if block.grid is None and block.text:
            assert page.raw[block.start :].lstrip(" |\t").startswith(block.text.lstrip(" |\t"))


def test_lines_of_cells_parted_by_tabs_are_a_table_and_an_indented_line_is_none() -> None:
    page = read_text("标准表\n类别\t对象\t标准\n重点\t甲户\t100\n\t第一条 正文。\n甲\t乙")
    assert [block.grid for block in page.blocks] == [
        None,
        (("类别", "对象", "标准"), ("重点", "甲户", "100")),
        None,
        None,
    ]
