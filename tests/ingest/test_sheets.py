"""Workbooks new and old, and tables as text: what is shown is read, what is hidden is reported, rosters stay out."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlwt  # type: ignore[import-untyped]  # it ships no types
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook  # type: ignore[import-untyped]  # it ships no types

from ingest.page import Page
from ingest.parsing import parse
from ingest.readers.any_file import read_file
from ingest.readers.cells import shown
from ingest.readers.old_sheets import read_xls
from ingest.readers.sheets import read_xlsx
from ingest.refusal import Reason, RefusedError

TABLE = (
    ("类别", "标准", "标准", "比例"),
    ("类别", "上半年", "下半年", "比例"),
    ("一类", "402", "412.5", "35%"),
    ("二类", "382", "2024-03-08", ""),
)
NOTE = "注：以上标准由县民政局解释，自公布之日起执行。"


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def workbook() -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = "标准"
    for row in (
        ["会宁县低保标准表"], ["类别", "标准", None, "比例"], [None, "上半年", "下半年", None],
        ["一类", 402, 412.5, 0.35], ["二类", 382, date(2024, 3, 8), None], ["停发", 1, 2, 3], [], [NOTE],
    ):  # fmt: skip
        sheet.append(row)
    for merged in ("A1:D1", "A2:A3", "B2:C2", "D2:D3"):
        sheet.merge_cells(merged)
    sheet["D4"].number_format = "0%"
    sheet.row_dimensions[6].hidden = True
    hidden = book.create_sheet("底稿")
    hidden.append(["内部测算"])
    hidden.sheet_state = "hidden"
    book.create_sheet("乡镇").append(["会师镇", "=1+1"])
    return book


def old_workbook() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("标准")
    sheet.write_merge(0, 0, 0, 3, "会宁县低保标准表")
    sheet.write_merge(1, 2, 0, 0, "类别")
    sheet.write_merge(1, 1, 1, 2, "标准")
    sheet.write_merge(1, 2, 3, 3, "比例")
    sheet.write(2, 1, "上半年")
    sheet.write(2, 2, "下半年")
    for y, row in enumerate([["一类", 402, 412.5], ["二类", 382, date(2024, 3, 8)], ["停发", 1, 2]], 3):
        for x, value in enumerate(row):
            style = xlwt.easyxf(num_format_str="yyyy-mm-dd" if isinstance(value, date) else "General")
            sheet.write(y, x, value, style)
    sheet.write(3, 3, 0.35, xlwt.easyxf(num_format_str="0%"))
    sheet.row(5).hidden = True
    sheet.write(7, 0, NOTE)
    hidden = book.add_sheet("底稿")
    hidden.write(0, 0, "内部测算")
    hidden.visibility = 1
    return saved(book)


def blocks(page: Page) -> list[object]:
    return [block.grid or block.text for block in page.blocks]


@pytest.mark.parametrize("page", [read_xlsx(saved(workbook())), read_xls(old_workbook())], ids=["xlsx", "xls"])
def test_tables_stand_as_they_are_shown_under_all_their_headings(page: Page) -> None:
    assert blocks(page)[:3] == ["会宁县低保标准表", TABLE, NOTE]
    assert next(block.head_rows for block in page.blocks if block.grid) == 2
    assert {(piece.reason, piece.text) for piece in page.removed} >= {("隐藏的工作表", "内部测算")}
    assert any(piece.reason == "隐藏的行" and "停发" in piece.text for piece in page.removed)


def test_sheets_are_pages_and_a_formula_without_its_result_is_told() -> None:
    page = read_xlsx(saved(workbook()))
    assert [(block.page, block.text) for block in page.blocks][-1] == (3, "会师镇")
    assert page.notes == ("有 1 处公式没有存下结果，读作空白；请用表格软件打开保存一次再导入",)


def test_macros_are_left_alone_and_told() -> None:
    import zipfile  # noqa: PLC0415 - only this test writes into an archive

    file = io.BytesIO(saved(workbook()))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub AutoOpen()")
    assert "文件里带有宏，没有运行，只读表格" in read_xlsx(file.getvalue()).notes


def test_a_list_of_people_is_set_aside_whatever_the_sheet() -> None:
    book = Workbook()
    book.active.append(["序号", "姓名", "性别", "家庭住址", "补助金额"])
    for number, name in enumerate(["张三", "李四", "王五", "赵六"], 1):
        book.active.append([number, name, "男", "某村", 300])
    with pytest.raises(RefusedError, match="名册") as refused:
        parse(saved(book), "花名册.xlsx", 2026)
    assert refused.value.reason is Reason.PERSONAL


def test_numbers_that_lost_their_digits_are_still_known_as_identities() -> None:
    book = Workbook()
    book.active.append(["说明", "号码"])
    book.active.append(["测试", 620422198001010015])
    with pytest.raises(RefusedError) as refused:
        parse(saved(book), "表.xlsx", 2026)
    assert refused.value.reason is Reason.PERSONAL


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_tables_as_text_are_read_in_any_encoding(encoding: str, separator: str) -> None:
    lines = ["项目,标准,说明", '低保,402,"每月发放"', "特困,572,按月发放，次月公示", "临时救助,另定,由乡镇受理"]
    data = "\r\n".join(line.replace(",", separator) for line in lines).encode(encoding)
    (block,) = read_file(data, "标准.csv").blocks
    assert block.grid is not None
    assert block.grid[:2] == (("项目", "标准", "说明"), ("低保", "402", "每月发放"))


def test_text_that_is_called_a_table_is_text() -> None:
    page = read_file("关于低保的通知\n请各村做好宣传。".encode(), "通知.csv")
    assert blocks(page) == ["关于低保的通知", "请各村做好宣传。"]


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (0.1 + 0.2, "General", "0.3"),
        (0.125, "0.0%", "12.5%"),
        (7, "000000", "000007"),
        (1234.5, "#,##0.00", "1234.50"),
        (3.0, "General", "3"),
        (float("nan"), "General", ""),
        (True, "General", "是"),
        (None, "General", ""),
    ],
)
def test_values_are_written_as_they_are_shown(value: object, form: str, text: str) -> None:
    assert shown(value, form) == text


@given(st.one_of(st.floats(), st.integers(), st.text(), st.none()), st.text(max_size=12))
def test_any_value_is_shown_on_one_line(value: object, form: str) -> None:
    assert "\n" not in shown(value, form)
