"""The sheet of the home visit, as commands of ``bangfu queue``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from app.desk.desk import CaseDesk, Desk, at_desk, day_option, on_case
from app.desk.papers import deliver, html_option
from bot.wording import phrases
from cases.actions.record_household import record_household
from cases.details import HouseholdRecord
from cases.history import last_of
from cases.household.form import FieldType, FormField, load_form
from cases.household.income import income_of
from cases.household.paper import Counted, income_paper
from cases.paper import numbered
from cases.states import Event
from storage.heads import head_text

_SAMPLES: Final = {FieldType.NUMBER: "0", FieldType.MONEY: "0", FieldType.YES_NO: "false", FieldType.MANY: "[]"}


@click.command("sheet-template")
def sheet_template() -> None:
    """打印一张空的入户采集表，存成文件来填；每一项上面有说明。

    \b
    例子：
      bangfu queue sheet-template > 采集表.toml
    """
    form = load_form()
    click.echo("# 入户采集表。★ 认定前必填。")
    for field in form.household:
        click.echo(_blank(field))
    click.echo("\n# 家庭成员：一人一段，照着再加。\n[[members]]")
    for field in form.member:
        click.echo(_blank(field))


@click.command()
@on_case
@day_option("--on", "采集日期，不写就是今天。")
@click.option("--file", "path", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True,
              metavar="文件", help="填好的采集表。")  # fmt: skip
def form(desk: CaseDesk, on: date | None, path: Path) -> None:
    """交入户采集表；缺的、填得不对的一次说全，人均收入自动算。

    \b
    例子：
      bangfu queue form 39205933749 --as 马志远 --file 采集表.toml
    """
    try:
        sheet = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise click.ClickException(f"{path.name} 读不出来。请照 bangfu queue sheet-template 的样子填。") from None
    desk.run(record_household, HouseholdRecord(on or desk.today, sheet))
    click.echo(_income(sheet, on or desk.today))


@click.command()
@click.argument("receipt", metavar="编号")
@click.option("--income", is_flag=True, help="打印给农户核对、签字的收入测算表。")
@click.option("--original", is_flag=True, help="打印要签字的那一份；不加就是带“副本”水印的。")
@html_option
@at_desk
def sheet(desk: Desk, receipt: str, *, income: bool, original: bool, html: Path | None) -> None:
    """看最近一张入户采集表和人均收入算式；加 --income 打印给农户核对的收入测算表。会留下查看记录。

    \b
    例子：
      bangfu queue sheet 39205933749 --as 马志远
      bangfu queue sheet 39205933749 --as 马志远 --income --original --html 收入测算表.html
    """
    file = desk.file(receipt, reveal=True)
    record = last_of(file.history, Event.HOUSEHOLD_RECORDED)
    if record is None:
        raise click.ClickException("这个件还没有入户采集表。请用 bangfu queue form 交。")
    filled = record.details["sheet"]
    if income:
        head = head_text(desk.store)
        counted = Counted(numbered(file.case), file.householder.name, record.happened_on, filled, head)
        deliver(income_paper(counted, original=original), html)
        return
    click.echo(f"编号 {phrases.receipt(file.case.receipt)}  采集日期 {record.happened_on.isoformat()}")
    for line in _lines(load_form().household, filled):
        click.echo(line)
    for number, member in enumerate(filled["members"], start=1):
        click.echo(f"第 {number} 个人")
        for line in _lines(load_form().member, member):
            click.echo(f"  {line}")
    click.echo(_income(filled, record.happened_on))


def _blank(field: FormField) -> str:
    choices = f"（{'、'.join(field.choices)}）" if field.choices else ""
    mark = "★ " if field.required else ""
    sample = _SAMPLES.get(field.type, '""')
    line = f"{field.key} = {sample}"
    return f"# {mark}{field.label}{choices}。{field.help}\n{line if field.required else f'# {line}'}"


def _lines(fields: Sequence[FormField], row: Mapping[str, Any]) -> Iterator[str]:
    for field in fields:
        if field.key in row:
            yield f"{field.label}：{_shown(row[field.key])}"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) if isinstance(value, list) else str(value)


def _income(filled: Mapping[str, Any], found_on: date) -> str:
    income = income_of(filled, found_on)
    months = f"{income.period.first.isoformat()} 至 {income.period.last.isoformat()}"
    return f"人均纯收入：{income.formula} 元（{months}）。医疗、教育、住房自付单列，不从收入里减。"


STEPS: Final[Sequence[click.Command]] = (sheet_template, form, sheet)
