"""Ledgers leave as files in which nothing runs, masked unless somebody answers for it; the month is counted."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]  # it ships no types

from storage import audit
from storage.database import transaction
from storage.heads import latest_head
from tests.cases.sheets import as_file
from tests.cases.test_queue_command import Terminal, days_ago, receipt, submitted, terminal
from web.officers.spreadsheet import inert

__all__ = ["receipt", "terminal"]

VILLAGE = ("--as", "马志远")


def rows_of(path: Path) -> list[list[str]]:
    """Return the lines of an exported text."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_masked_register_holds_days_and_stages_and_nobody(terminal: Terminal, receipt: str, tmp_path: Path) -> None:
    terminal.ok("queue", "acknowledge", receipt, *VILLAGE)
    path = tmp_path / "register.csv"
    terminal.ok("export", "申报受理", str(path), *VILLAGE, "--first", days_ago(30))
    heading, line, *_ = rows_of(path)
    found = dict(zip(heading, line, strict=True))
    assert found["编号"] == receipt
    assert (found["户主"], found["电话"]) == ("苏**", "138****5678")
    assert (found["申报日期"], found["当前环节"]) == (days_ago(20), "已受理，等待入户")
    text = path.read_text(encoding="utf-8-sig")
    for personal in ("苏秀英", "13812345678", "老伴住院", "因病"):
        assert personal not in text
    case = terminal.case(receipt)
    assert "case.revealed" not in [row.event for row in audit.rows(terminal.store, f"case:{case.id}")]


def test_in_full_each_case_keeps_who_took_it_out_and_text_is_never_a_formula(
    terminal: Terminal, tmp_path: Path
) -> None:
    receipt = submitted(terminal, householder="=苏秀英", reporter_name="@王婶")
    path = tmp_path / "register.xlsx"
    terminal.ok("export", "申报受理", str(path), *VILLAGE, "--first", days_ago(30), "--reveal")
    sheet = load_workbook(path).active
    heading, line = ([cell.value for cell in row] for row in list(sheet.iter_rows())[:2])
    found = dict(zip(heading, line, strict=True))
    assert (found["户主"], found["申报人"], found["困难原因"]) == ("'=苏秀英", "'@王婶", "因病")
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    case = terminal.case(receipt)
    assert "case.revealed" in [row.event for row in audit.rows(terminal.store, f"case:{case.id}")]


def test_an_inspector_never_takes_names_out(terminal: Terminal, receipt: str, tmp_path: Path) -> None:
    terminal.ok("officer", "add", "--name", "孙明理", "--role", "inspector", "--area", "甘肃省/白银市/会宁县")
    path = tmp_path / "register.csv"
    terminal.ok("export", "申报受理", str(path), "--as", "孙明理", "--first", days_ago(30), "--reveal")
    assert rows_of(path)[1][0] == receipt
    assert "苏秀英" not in path.read_text(encoding="utf-8-sig")


def test_the_income_ledger_repeats_no_typing(terminal: Terminal, receipt: str, tmp_path: Path) -> None:
    terminal.ok("queue", "acknowledge", receipt, *VILLAGE)
    sheet, path = tmp_path / "sheet.toml", tmp_path / "income.csv"
    for wage in ("12000", "12500"):
        sheet.write_text(as_file().replace("wage = 12000", f"wage = {wage}"), encoding="utf-8")
        terminal.ok("queue", "form", receipt, *VILLAGE, "--on", days_ago(18), "--file", str(sheet))
    terminal.ok("export", "收入测算", str(path), *VILLAGE, "--first", days_ago(30), "--reveal")
    heading, first, second, *_ = rows_of(path)
    assert dict(zip(heading, first, strict=True))["人均纯收入"] == "8300.25"
    assert dict(zip(heading, second, strict=True))["和上一次各项相差"] == "'+500、+0、+0、+0、+0"


@pytest.mark.parametrize("kind", ["监测对象", "帮扶措施", "走访", "风险消除"])
def test_every_ledger_can_be_made_of_a_case_that_has_nothing_of_it(
    terminal: Terminal, receipt: str, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "ledger.csv"
    terminal.ok("export", kind, str(path), *VILLAGE, "--first", days_ago(30))
    assert len(rows_of(path)) == 4, "heading, blank, who made it, head"
    assert receipt not in path.read_text(encoding="utf-8-sig")


def test_a_file_of_another_kind_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    assert "后缀" in terminal.refused("export", "走访", str(tmp_path / "x.doc"), *VILLAGE)


@pytest.mark.parametrize(("cell", "written"), [("=1+1", "'=1+1"), (-3, -3), (None, None), ("三社", "三社")])
def test_only_text_that_a_program_would_run_is_marked(cell: object, written: object) -> None:
    assert inert(cell) == written


def test_the_month_is_counted_with_formulas_and_carries_the_head(terminal: Terminal, receipt: str) -> None:
    terminal.ok("queue", "acknowledge", receipt, *VILLAGE)
    said = terminal.ok("report", *VILLAGE, "--month", days_ago(20)[:7])
    for text in ("监测帮扶月报", "自报到办结", "不排名", "存证码 "):
        assert text in said
    assert "月份" in terminal.refused("report", *VILLAGE, "--month", "三月")


def test_a_command_of_an_officer_signs_the_days_head(terminal: Terminal, receipt: str) -> None:
    with transaction(terminal.store):
        terminal.store.db.execute("DELETE FROM audit_heads")
    terminal.ok("queue", "acknowledge", receipt, *VILLAGE)
    assert latest_head(terminal.store) is not None
    assert "没有发现改动" in terminal.ok("verify")
