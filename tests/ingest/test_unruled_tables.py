"""Tables without rules keep their columns; prose, lists of contents and sign-offs are never cut into tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from ingest.page import Page
from ingest.parsing import parse
from ingest.readers.pdf_file import read_pdf
from ingest.readers.picture import read_picture
from ingest.refusal import Reason, RefusedError
from tests.ingest.printed_files import BODY, Printer, photo, picture, wrapped

HEADS = ("类别", "保障对象", "月标准（元）", "年标准（元）")
ROWS = (("一类", "完全丧失劳动能力的", "402", "4824"), ("二类", "部分丧失劳动能力的", "382", "4584"),
        ("三类", "其他困难家庭", "90", "1080"))  # fmt: skip
STOPS = (30.0, 55.0, 110.0, 145.0)


def printed(rows: Sequence[Sequence[str]], *, stops: Sequence[float] = STOPS, y: float = 60, step: float = 8,
            above: Sequence[str] = (), below: Sequence[str] = ()) -> bytes:  # fmt: skip
    """Return a page with rows of cells set at tab stops, and lines above and below them."""
    pdf = Printer()
    pdf.add_page()
    pdf.lines(27, y - 7 * len(above), above)
    for at, row in enumerate(rows):
        for x, cell in zip(stops, row, strict=True):
            pdf.text(x, y + at * step, cell)
    pdf.lines(27, y + len(rows) * step, below)
    return pdf.bytes()


def grids(page: Page) -> list[object]:
    return [block.grid for block in page.blocks if block.grid]


def test_each_row_keeps_the_heads_of_its_columns() -> None:
    page = read_pdf(printed((HEADS, *ROWS), above=["标准如下表所示："], below=["注：按季发放。"]))
    assert [block.grid or block.text for block in page.blocks] == ["标准如下表所示：", (HEADS, *ROWS), "注：按季发放。"]
    (draft,) = parse(printed((HEADS, *ROWS), above=["关于农村低保标准的通知", *wrapped(BODY)]), "标准.pdf", 2026).drafts
    assert "类别：一类；保障对象：完全丧失劳动能力的；月标准（元）：402；年标准（元）：4824" in draft.composed.text


def test_figures_on_the_right_and_heads_in_the_middle_share_a_column() -> None:
    pdf = Printer()
    pdf.add_page()
    for y, row in enumerate((HEADS, *ROWS)):
        for x, width, cell in zip((25, 50, 100, 140), (20, 45, 30, 30), row, strict=True):
            pdf.set_xy(x, 40 + 8 * y)
            pdf.cell(width, 8, cell, align="C" if y == 0 else "R" if cell.isdecimal() else "L")
    assert grids(read_pdf(pdf.bytes())) == [(HEADS, *ROWS)]


def test_a_head_over_two_columns_stands_over_both() -> None:
    pdf = Printer()
    pdf.add_page()
    for x, y, text in (
        (30, 48, "类别"),
        (60, 48, "对象"),
        (112, 44, "标准（元）"),
        (100, 52, "每月"),
        (135, 52, "每年"),
    ):
        pdf.text(x, y, text)
    for y, (sort, whom, month, year) in enumerate(ROWS):
        for x, cell in zip((30, 55, 101, 135), (sort, whom, month, year), strict=True):
            pdf.text(x, 62 + 8 * y, cell)
    (table,) = [block for block in read_pdf(pdf.bytes()).blocks if block.grid]
    assert table.head_rows == 2
    assert table.grid == (("类别", "对象", "标准（元）", "标准（元）"), ("类别", "对象", "每月", "每年"), *ROWS)


def test_wrapped_cells_are_one_row() -> None:
    lines = (("事项", "所需材料", "时限"), ("低保申请", "户口本、身份证、收入证明和", "30日"),
             ("", "家庭经济状况核对授权书", ""), ("临时救助", "申请书", "3日"),
             ("特困供养", "户口本、身份证和无劳动能", "20日"), ("", "力的证明材料", ""))  # fmt: skip
    assert grids(read_pdf(printed(lines, stops=(30, 60, 130)))) == [
        (("事项", "所需材料", "时限"),
         ("低保申请", "户口本、身份证、收入证明和家庭经济状况核对授权书", "30日"),
         ("临时救助", "申请书", "3日"),
         ("特困供养", "户口本、身份证和无劳动能力的证明材料", "20日")),
    ]  # fmt: skip


def test_a_table_goes_on_over_the_break_of_a_page() -> None:
    pdf = Printer()
    for page in range(2):
        pdf.add_page()
        rows = [(f"第{'一二'[page]}类{at}", "困难家庭", str(300 + 10 * at), str(12 * at)) for at in range(12)]
        for y, row in enumerate(([HEADS] if page == 0 else []) + rows):
            for x, cell in zip(STOPS, row, strict=True):
                pdf.text(x, 160 + 8 * y if page == 0 else 30 + 8 * y, cell)
    first, second = (block for block in read_pdf(pdf.bytes()).blocks if block.grid)
    assert first.grid == (HEADS, *[(f"第一类{at}", "困难家庭", str(300 + 10 * at), str(12 * at)) for at in range(12)])
    assert second.grid is not None
    assert second.grid[:2] == (HEADS, ("第二类0", "困难家庭", "300", "0"))
    assert second.head_rows == 1


def test_a_roster_without_rules_is_set_aside() -> None:
    rows = [("序号", "姓名", "性别", "家庭住址"), *((str(at), name, "男", "会师镇南家咀头村") for at, name in
            enumerate(("王建国", "刘志强", "杨小军", "赵永红", "陈玉林"), 1))]  # fmt: skip
    with pytest.raises(RefusedError) as refused:
        parse(printed(rows, above=["低保花名册"]), "名册.pdf", 2026)
    assert refused.value.reason is Reason.PERSONAL


COLUMN = [BODY[at : at + 16] for at in range(0, 48, 16)]
PROSE: Mapping[str, Sequence[Sequence[str]]] = {
    "two columns": [(left, right) for left, right in zip(COLUMN * 4, COLUMN[1:] * 4 + COLUMN[:1] * 4, strict=False)],
    "contents with dots": [
        (name + "…" * 12, page) for name, page in (("一、总则", "1"), ("二、标准", "3"), ("三、程序", "8"))
    ],
    "contents without": [("一、总体要求", "1"), ("二、保障标准", "3"), ("三、申请程序", "8"), ("四、监督管理", "12")],
    "numbers hung out": [("1.", "申请书一份"), ("2.", "户口本复印件"), ("3.", "身份证复印件"), ("4.", "收入证明材料")],
    "a form": [("姓名：", "性别："), ("住址：", "电话："), ("申请事项：", "日期："), ("经办人：", "审核人：")],
    "towns": [
        ("会师镇", "郭城驿镇", "河畔镇"), ("头寨子镇", "太平店镇", "甘沟驿镇"), ("侯家川镇", "丁家沟镇", "杨崖集镇"),
    ],
    "sign-off": [("会宁县民政局", "会宁县财政局"), ("2024年3月8日", "2024年3月8日")],
}  # fmt: skip


@pytest.mark.parametrize("sort", PROSE)
def test_what_is_no_table_stays_in_its_lines(sort: str) -> None:
    rows = PROSE[sort]
    stops = {2: (30.0, 120.0), 3: (30.0, 80.0, 130.0)}[len(rows[0])]
    if sort == "numbers hung out":
        stops = (30.0, 45.0)
    page = read_pdf(printed(rows, stops=stops))
    assert grids(page) == []
    assert sorted("".join("".join(row) for row in rows)) == sorted(
        "".join("".join(block.text.split()) for block in page.blocks)
    )


def test_justified_lines_stay_prose() -> None:
    pdf = Printer()
    pdf.add_page()
    for y, line in enumerate(
        ["各乡镇 民政 办 要 对照", "标准 逐户 核查 内容 要", "项目 清楚 时间 准确 不", "漏 一户 一人 材料 齐"]
    ):
        words = line.split()
        for at, word in enumerate(words):
            pdf.text(30 + at * 140 / len(words), 40 + 8 * y, word)
    assert grids(read_pdf(pdf.bytes())) == []


def test_a_picture_of_a_table_without_rules_keeps_its_columns() -> None:
    rows = (("类别", "对象", "标准"), ("一类", "重残户", "402"), ("二类", "大病户", "382"), ("三类", "其他户", "90"))
    image = photo(["关于农村低保标准的通知", "各乡镇人民政府：现将标准公布如下。"], rows, ruled=False)
    assert grids(read_picture(picture(image, "PNG"))) == [rows]
