"""Rows of a table carry their headings."""

from __future__ import annotations

from ingest.page import Block
from ingest.tables import rows_of


def test_a_row_names_each_column_with_both_levels_of_heading() -> None:
    grid = (("类别", "月补助", "月补助"), ("类别", "上半年", "下半年"), ("一类", "10", "20"), ("一类", "11", "21"))
    first, second = rows_of(Block("", grid=grid, head_rows=2))
    assert first.text == "类别：一类；月补助·上半年：10；月补助·下半年：20"
    assert (second.groups, second.alone) == (("一类",), False)


def test_scored_rows_stand_alone_under_their_merged_headings() -> None:
    grid = (("项目", "标准", "分值"), ("责任(5分)", "查记录。", "3"), ("责任(5分)", "问农户", "2"), ("共计", "", "5"))
    rows = rows_of(Block("", grid=grid))
    assert [row.text for row in rows] == [
        "项目：责任(5分)；标准：查记录。分值：3",
        "项目：责任(5分)；标准：问农户；分值：2",
        "共计：5",
    ]
    assert [row.groups for row in rows] == [("责任(5分)",), ("责任(5分)",), ()]
    assert all(row.alone for row in rows)


def test_empty_cells_and_a_cell_merged_over_columns_are_shown_once_or_not_at_all() -> None:
    grid = (("项目", "金额", "备注"), ("住房", "", "按规定"), ("合并", "合并", ""))
    assert [row.text for row in rows_of(Block("", grid=grid))] == ["项目：住房；备注：按规定", "项目：合并；金额：合并"]


def test_a_lone_row_of_cells_is_a_line() -> None:
    (row,) = rows_of(Block("", grid=(("张贴", "地点", ""),), head_rows=0))
    assert (row.text, row.groups) == ("张贴 地点", ())


def test_a_second_heading_row_is_known_by_the_columns_that_it_parts() -> None:
    grid = (
        ("村名", "户数", "面积", "面积"),
        ("村名", "户数", "水田", "旱地"),
        ("东村", "12", "3", "4"),
        ("西村", "15", "5", "6"),
    )
    assert [row.text for row in rows_of(Block("", grid=grid))] == [
        "村名：东村；户数：12；面积·水田：3；面积·旱地：4",
        "村名：西村；户数：15；面积·水田：5；面积·旱地：6",
    ]


def test_equal_figures_in_the_first_row_below_one_heading_row_are_no_headings() -> None:
    grid = (("村名", "上年", "今年"), ("东村", "3", "4"), ("西村", "5", "5"))
    assert rows_of(Block("", grid=grid))[0].text == "村名：东村；上年：3；今年：4"
