"""``bangfu export``: ledgers as files for a spreadsheet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from app.desk.case_text import place
from app.desk.desk import Desk, at_desk, day_option
from app.desk.spreadsheet import write_table
from cases.ledgers.ledger import LedgerKind, Wanted, make_ledger
from storage.areas import gazetteer_of
from storage.database import transaction
from storage.heads import head_text


@click.command()
@click.argument("kind", type=click.Choice([one.value for one in LedgerKind]), metavar="台账")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False), metavar="文件")
@day_option("--first", "从哪天的申报起，不写就是今年 1 月 1 日。")
@day_option("--last", "到哪天的申报止，不写就是今天。")
@click.option("--reveal", is_flag=True, help="写出姓名、电话和情况。每一户都会留下查看记录；只有督查角色的不能写出。")
@at_desk
def command(desk: Desk, *, kind: str, path: Path, first: date | None, last: date | None, reveal: bool) -> None:
    """导出台账（xlsx 或 csv），不用再抄一遍：申报受理、监测对象、帮扶措施、走访、风险消除、收入测算。

    只有自己管的地方；姓名、电话平时隐去。

    例子：

    \b
      bangfu export 申报受理 申报受理.xlsx --as 李玉梅
      bangfu export 收入测算 收入.csv --as 李玉梅 --first 2026-01-01 --reveal
    """
    gazetteer = gazetteer_of(desk.store)
    wanted = Wanted(LedgerKind(kind), first or desk.today.replace(month=1, day=1), last or desk.today, reveal)
    with transaction(desk.store):
        ledger = make_ledger(
            desk.store, wanted, area_name=lambda code: place(gazetteer, code), actor=desk.officer, now=desk.now
        )
    secrecy = "姓名等已隐去" if ledger.masked else "含个人信息，不要外传"
    note = f"{desk.today.isoformat()} 由{desk.officer.name}导出；{secrecy}"
    head = head_text(desk.store)
    write_table(path, [ledger.columns, *ledger.rows, [], [note], [f"存证码 {head}" if head else ""]])
    if reveal and ledger.masked:
        click.echo("督查角色导出的台账一律隐去姓名等。", err=True)
    click.echo(f"导出了 {len(ledger.rows)} 行到 {path}。", err=True)
