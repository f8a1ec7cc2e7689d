"""Labelled lines of a page are read as particulars; lines of the text are not."""

from __future__ import annotations

import pytest

from ingest.labels import Label, read_labels
from ingest.page import Block


def stated(block: Block) -> dict[Label, str]:
    return {one.label: one.value for one in read_labels(block) or () if one.value}


def test_several_labels_on_one_line_are_told_apart_and_empty_ones_stay_empty() -> None:
    assert stated(Block("统一登记号: 信息时效性: 有效 文号 : 零扶领发〔2018〕42号")) == {
        Label.VALIDITY: "有效",
        Label.NUMBER: "零扶领发〔2018〕42号",
    }


def test_a_row_of_cells_pairs_each_label_with_the_cell_behind_it() -> None:
    row = ("文 号:", "关键字:", "村,工作,政策", "索 引 号：", "620422/2024-1")
    assert stated(Block(" | ".join(row), grid=(row,), head_rows=0)) == {
        Label.TOPIC: "村,工作,政策",
        Label.INDEX_NUMBER: "620422/2024-1",
    }


def test_a_time_stamp_before_labels_is_the_day_of_publishing() -> None:
    assert stated(Block("2018-09-29 10:41 来源:区政府办")) == {
        Label.PUBLISHED: "2018-09-29 10:41",
        Label.PUBLISHER: "区政府办",
    }


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("时间：2024-03-08 来源：某县民政局 作者：办公室 浏览：77 次", "某县民政局"),
        ("日期：2024/3/8 点击数：12", None),
        ("时间：2024年3月8日 来源：某县民政局", "某县民政局"),
        ("来源：某县民政局 2024-03-08 15:40 访问量：", "某县民政局"),
        ("【发布于：2024-03-08 】", None),
    ],
)
def test_a_site_stamps_the_day_in_many_ways(line: str, publisher: str | None) -> None:
    found = stated(Block(line))
    assert found[Label.PUBLISHED].replace("/", "-").startswith(("2024-03-08", "2024-3-8", "2024年3月8日"))
    assert found.get(Label.PUBLISHER) == publisher


@pytest.mark.parametrize(
    "line",
    [
        "时间：2024年3月8日上午9点",
        "时间：3月8日 地点：村委会",
        "资金来源:中央财政衔接推进乡村振兴补助资金",
        "发布时间由各县自行确定。",
        "2018年9月21日",
        "按照文号、标题登记，来源:村级排查。",
        "各乡镇人民政府：",
    ],
)
def test_lines_of_the_text_are_no_labels(line: str) -> None:
    assert read_labels(Block(line)) is None


def test_a_table_of_data_is_no_list_of_labels() -> None:
    grid = (("名称", "数量", "金额"), ("马铃薯", "3", "5"), ("玉米", "4", "6"), ("小麦", "1", "2"))
    assert read_labels(Block("", grid=grid)) is None
