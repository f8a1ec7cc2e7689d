"""``bangfu referral``: cases referred to departments, and what came of it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Final

import click

from app.desk.desk import Desk, at_desk, check_one, day_option
from app.desk.papers import deliver, html_option
from bot.wording import phrases
from cases.actions.refer_case import close_referral, print_referral, receive_referral, refer_case, sign_referral
from cases.referrals import Department, NewReferral, Referral, list_referrals
from storage.database import transaction

# No rule names these days: they are where a village starts from, and every referral may have others.
_SIGN_DAYS: Final = 2
_ANSWER_DAYS: Final = 10
_number = click.argument("number", type=click.IntRange(min=1), metavar="转办号")


@click.group()
def command() -> None:
    """转办单：转给民政、医保、教育、残联、住建、人社、应急，催签收，记结果；也登记他们转来的。

    转办和监测对象认定同时进行，互不代替。

    \b
    例子：
      bangfu referral send 39205933749 --as 马志远 --to 残联 --ask "评残办证" --paper 诊断证明复印件
      bangfu referral sign 1 --as 李玉梅
      bangfu referral close 1 --as 李玉梅 --result "残疾证办下来了"
    """


@command.command()
@click.argument("receipt", metavar="编号")
@click.option(
    "--to", "department", type=click.Choice([one.value for one in Department]), required=True, help="转给谁。"
)
@click.option("--ask", required=True, metavar="文字", help="请对方办什么。")
@click.option("--paper", "papers", multiple=True, metavar="名称", help="随附的材料，可写多次。")
@day_option("--sign-by", f"请对方哪天前签收；不写就是 {_SIGN_DAYS} 天后。")
@day_option("--due", f"请对方哪天前办结；不写就是 {_ANSWER_DAYS} 天后。")
@at_desk
def send(desk: Desk, receipt: str, *, department: str, ask: str, papers: tuple[str, ...], **days: date | None) -> None:
    """转办一个案件，告诉申报人。

    \b
    例子：
      bangfu referral send 39205933749 --as 马志远 --to 残联 --ask "评残办证" --due 2026-03-20
    """
    new = NewReferral(
        Department(department),
        ask,
        papers,
        days["sign_by"] or desk.today + timedelta(days=_SIGN_DAYS),
        days["due"] or desk.today + timedelta(days=_ANSWER_DAYS),
    )
    with transaction(desk.store):
        referral = refer_case(desk.store, receipt, new, actor=desk.officer, now=desk.now)
    click.echo(f"转办好了：第 {referral.number} 号，{_due(referral)}。")
    click.echo(f"打印转办单：bangfu referral show {referral.number} --original --html 转办单.html", err=True)


@command.command()
@click.argument("receipt", metavar="编号")
@click.option(
    "--from", "department", type=click.Choice([one.value for one in Department]), required=True, help="哪个部门转来的。"
)
@click.option("--ask", required=True, metavar="文字", help="请我们办什么。")
@click.option("--paper", "papers", multiple=True, metavar="名称", help="随附的材料，可写多次。")
@day_option("--due", f"哪天前回复；不写就是 {_ANSWER_DAYS} 天后。")
@at_desk
def receive(desk: Desk, receipt: str, *, department: str, ask: str, papers: tuple[str, ...], due: date | None) -> None:
    """登记别的部门转来的：一次入户两家用，办完用 close 回复，用 show 打印回复单。

    还没有件的，先替这一户报上来，再登记。

    \b
    例子：
      bangfu referral receive 39205933749 --as 马志远 --from 民政 --ask "低保动态核查时发现可能返贫，请核实"
    """
    due_on = due or desk.today + timedelta(days=_ANSWER_DAYS)
    new = NewReferral(Department(department), ask, papers, desk.today, due_on)
    with transaction(desk.store):
        referral = receive_referral(desk.store, receipt, new, actor=desk.officer, now=desk.now)
    click.echo(f"登记好了：第 {referral.number} 号，{phrases.day(due_on.isoformat())}前回复{referral.department}。")


@command.command()
@_number
@day_option("--on", "签收日期，不写就是今天。")
@at_desk
def sign(desk: Desk, number: int, *, on: date | None) -> None:
    """记录对方签收。

    \b
    例子：
      bangfu referral sign 1 --as 李玉梅 --on 2026-03-12
    """
    with transaction(desk.store):
        referral = sign_referral(desk.store, number, on=on or desk.today, actor=desk.officer, now=desk.now)
    click.echo(f"记好了：{referral.department}签收了第 {number} 号转办单，{_due(referral)}。")


@command.command()
@_number
@click.option("--result", metavar="文字", help="办理结果。会告诉申报人。")
@click.option("--returned", metavar="理由", help="对方退回的理由。")
@day_option("--on", "办结或退回的日期，不写就是今天。")
@at_desk
def close(desk: Desk, number: int, *, result: str | None, returned: str | None, on: date | None) -> None:
    """记录对方的办理结果（--result）或退回（--returned），写进案件。

    \b
    例子：
      bangfu referral close 1 --as 李玉梅 --result "残疾证办下来了"
      bangfu referral close 1 --as 李玉梅 --returned "缺近三个月病历"
    """
    check_one({"--result": result, "--returned": returned})
    with transaction(desk.store):
        close_referral(
            desk.store,
            number,
            result or returned or "",
            on=on or desk.today,
            returned=returned is not None,
            actor=desk.officer,
            now=desk.now,
        )
    click.echo(f"记好了：第 {number} 号转办单{'退回' if returned else '办结，已告诉申报人或派人去告知'}。")


@command.command("list")
@click.option("--closed", is_flag=True, help="办结和退回的也列出来。")
@at_desk
def list_them(desk: Desk, *, closed: bool) -> None:
    """列出我管的地方的转办单，先到期的在前。

    \b
    例子：
      bangfu referral list --as 李玉梅
    """
    for referral in list_referrals(desk.store, officer=desk.officer, closed=closed):
        receipt = phrases.receipt(referral.case.receipt)
        way = "转来" if referral.inbound else "转去"
        state = _state(referral, desk.today)
        click.echo(f"第 {referral.number} 号  {way}{referral.department}  编号 {receipt}  {state}")


@command.command()
@_number
@click.option("--original", is_flag=True, help="打印要送去的那一份；不加就是带“副本”水印的。")
@html_option
@at_desk
def show(desk: Desk, number: int, *, original: bool, html: Path | None) -> None:
    """打印转办单。上面有姓名、电话，会留下查看记录。

    \b
    例子：
      bangfu referral show 1 --as 马志远 --original --html 转办单.html
    """
    with transaction(desk.store):
        paper = print_referral(desk.store, number, original=original, actor=desk.officer, now=desk.now)
    deliver(paper, html)


def _due(referral: Referral) -> str:
    sign_by, due_on = (phrases.day(day.isoformat()) for day in (referral.sign_by, referral.due_on))
    return f"{due_on}前办结" if referral.signed_on else f"{sign_by}前签收，{due_on}前办结"


def _state(referral: Referral, today: date) -> str:
    if referral.returned_on:
        return f"{phrases.day(referral.returned_on.isoformat())}退回"
    if referral.closed_on:
        return f"{phrases.day(referral.closed_on.isoformat())}办结"
    late = today > referral.due_on or (referral.signed_on is None and today > referral.sign_by)
    return f"{'已超期，请催办：' if late else ''}{_due(referral)}"
