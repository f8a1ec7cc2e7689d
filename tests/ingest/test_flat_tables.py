"""Tables whose cells stand one a line are put together again."""

from __future__ import annotations

from ingest.flat_tables import restore_tables
from ingest.page import Block

HEAD = ["序 号", "检查内容", "检查标准", "分值", "得分", "一级目录", "二级目录"]
ROWS = [
    *("1", "责任落实(10分)", "1.工作队是否到位(6分)", "查签到簿(缺一次扣1分)。", "4", "问村干部。", "2"),
    *("2.责任人是否到位(4分)", "问农户(少一户扣1分)。", "4"),
    *("2", "2", "工作落实(10分)", "工作落实(10分)", "1.档案(10分)", "查档案。", "10"),
]


def blocks(*cells: str) -> list[Block]:
    return [Block(cell, start) for start, cell in enumerate(cells)]


def test_each_scored_row_carries_its_headings_and_points() -> None:
    caption, table, after = restore_tables(blocks("检查计分表", *HEAD, *ROWS, "共计", "20", "正文接着写。")).blocks
    assert (caption.text, after.text) == ("检查计分表", "正文接着写。")
    assert table.grid == (
        ("序号", "检查内容·一级目录", "检查内容·二级目录", "检查标准", "分值"),
        ("1", "责任落实(10分)", "1.工作队是否到位(6分)", "查签到簿(缺一次扣1分)。", "4"),
        ("1", "责任落实(10分)", "1.工作队是否到位(6分)", "问村干部。", "2"),
        ("1", "责任落实(10分)", "2.责任人是否到位(4分)", "问农户(少一户扣1分)。", "4"),
        ("2", "工作落实(10分)", "1.档案(10分)", "查档案。", "10"),
        ("共计", "", "", "", "20"),
    )


def test_points_that_add_up_are_not_remarked_on() -> None:
    assert restore_tables(blocks(*HEAD, *ROWS, "共计", "20")).notes == ()


def test_points_that_do_not_add_up_are_told() -> None:
    wrong = [cell.replace("10分", "12分") for cell in ROWS]
    notes = restore_tables(blocks(*HEAD, *wrong, "共计", "25")).notes
    assert notes == (
        "一级项目“责任落实(12分)”与各行分值之和 10 不符",
        "一级项目“工作落实(12分)”与各行分值之和 10 不符",
        "二级项目“1.档案(12分)”与各行分值之和 10 不符",
        "共计 25 与各行分值之和 20 不符",
    )


def test_a_cell_in_two_lines_is_one_cell() -> None:
    split = [Block(cell, gap=True) for cell in HEAD[:3]] + [Block("分", gap=True), Block("值", gap=False)]
    rest = [Block(cell, gap=True) for cell in [*HEAD[4:], *ROWS]]
    (table,) = restore_tables([*split, *rest]).blocks
    assert table.grid is not None
    assert table.grid[0][-1] == "分值"


def test_a_table_that_counts_its_rows_is_put_together() -> None:
    cells = [
        "序号",
        "项目",
        "责任单位",
        "1",
        "修路",
        "交通局",
        "2",
        "通水",
        "水务局",
        "3",
        "改房",
        "住建局",
        "以上由各单位负责。",
    ]
    table, after = restore_tables(blocks(*cells)).blocks
    assert table.grid == (
        ("序号", "项目", "责任单位"),
        ("1", "修路", "交通局"),
        ("2", "通水", "水务局"),
        ("3", "改房", "住建局"),
    )
    assert after.text == "以上由各单位负责。"


def test_short_headings_in_a_text_are_no_table() -> None:
    lines = blocks("办理条件", "申请材料", "办理程序", "第一步提出申请。", "第二步乡镇审核。", "第三步县级确认。")
    assert restore_tables(lines).blocks == tuple(lines)
