"""What goes on after the decision, as commands of ``bangfu queue``: measures, visits, papers, second looks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import click

from app.desk.desk import CaseDesk, Desk, at_desk, day_option, on_case
from bot.wording import phrases
from cases.actions.follow_up import follow_up
from cases.details import (
    AssistanceMeasure,
    ExpiringPaper,
    MeasureKind,
    Outlook,
    Reassessment,
    SupportChange,
    Visit,
)
from cases.history import last_of
from cases.monitoring.ledger import ledger_of
from cases.monitoring.measures import suggested_measures
from cases.states import Event

_TODAY = "不写就是今天。"


@click.command()
@click.argument("receipt", metavar="编号")
@at_desk
def suggest(desk: Desk, receipt: str) -> None:
    """按这一户的风险类型推荐帮扶措施，带地方、年份和出处。会留下查看记录。

    \b
    例子：
      bangfu queue suggest 39205933749 --as 马志远
    """
    file = desk.file(receipt, reveal=True)
    record = last_of(file.history, Event.HOUSEHOLD_RECORDED)
    for one in suggested_measures(file.form.causes if file.form else (), record.details["sheet"] if record else {}):
        click.echo(f"{one.kind}  {one.title}：{one.what}\n    （{one.place}，{one.year}；出处：{one.source}）")
    click.echo("只是提示：金额受地区和年份限制，照当地当年的文件定。", err=True)


@click.command()
@on_case
@day_option("--on", f"落实日期，{_TODAY}")
@click.option("--kind", type=click.Choice([one.value for one in MeasureKind]), required=True, help="措施类别。")
@click.option("--what", required=True, metavar="文字", help="落实了什么。")
@click.option("--amount", default="", metavar="元", help="金额，有就写。")
@click.option("--unit", "unit_in_charge", required=True, metavar="单位", help="责任单位。")
@click.option("--evidence", default="", metavar="文字", help="佐证，如 发放凭证。")
@click.option("--effect", default="", metavar="文字", help="成效。")
def measure(desk: CaseDesk, *, on: date | None, kind: str, **given: str) -> None:
    """记录一项落实了的帮扶措施。

    \b
    例子：
      bangfu queue measure 39205933749 --as 马志远 --kind 就业 --what 护林员岗位 --amount 500 --unit 乡镇农业农村中心
    """
    desk.run(follow_up, AssistanceMeasure(on or desk.today, MeasureKind(kind), **given))


@click.command()
@on_case
@day_option("--on", f"从哪天起换人，{_TODAY}")
@click.option("--officer", "support_officer", required=True, metavar="姓名", help="新的帮扶联系人。")
@click.option("--phone", "support_phone", default="", metavar="电话", help="新联系人的电话。")
@click.option("--reason", default="", metavar="文字", help="为什么换。")
def support(desk: CaseDesk, *, on: date | None, **given: str) -> None:
    """换帮扶联系人：告诉这一户，帮扶卡重新印、送到户。

    \b
    例子：
      bangfu queue support 39205933749 --as 马志远 --officer 王得福 --phone 13800000000 --reason 调离
    """
    desk.run(follow_up, SupportChange(on or desk.today, **given))


@click.command("call-on")
@on_case
@day_option("--on", f"走访日期，{_TODAY}")
@click.option("--visitor", "visitors", multiple=True, required=True, metavar="姓名", help="走访的人，可写多次。")
@click.option("--situation", required=True, metavar="文字", help="现在的情况。")
@click.option("--needs", default="", metavar="文字", help="有什么要办的。")
@day_option("--card-given", "新帮扶卡送到户的日期。")
def call_on(
    desk: CaseDesk, *, on: date | None, visitors: tuple[str, ...], card_given: date | None, **said: str
) -> None:
    """记录走访（每月一次）；换过联系人的，把新卡带去。

    \b
    例子：
      bangfu queue call-on 39205933749 --as 马志远 --visitor 马志远 --situation "身体好转，开春能出门"
    """
    desk.run(follow_up, Visit(on or desk.today, visitors, said["situation"], said["needs"], card_given))


@click.command()
@on_case
@click.option("--what", "paper", required=True, metavar="文字", help="什么证件或认定，如 低保证年审。")
@day_option("--expires", "到哪天到期。", required=True)
def paper(desk: CaseDesk, *, paper: str, expires: date) -> None:
    """登记一样会到期的证件或认定，到期前 30 天提醒。

    \b
    例子：
      bangfu queue paper 39205933749 --as 马志远 --what 低保证年审 --expires 2026-12-31
    """
    desk.run(follow_up, ExpiringPaper(paper, expires))


@click.command()
@on_case
@day_option("--on", f"研判日期，{_TODAY}")
@click.option("--outlook", type=click.Choice([one.value for one in Outlook]), required=True, help="研判结果。")
@click.option("--findings", required=True, metavar="文字", help="看到、问到的。")
def reassess(desk: CaseDesk, *, on: date | None, outlook: str, findings: str) -> None:
    """记录重新研判：监测期间每半年一次；消除以后回头看。

    \b
    例子：
      bangfu queue reassess 39205933749 --as 马志远 --outlook 风险未消除 --findings "还在吃药，儿子务工不稳"
    """
    desk.run(follow_up, Reassessment(on or desk.today, Outlook(outlook), findings))


@click.command()
@click.argument("receipt", metavar="编号")
@at_desk
def ledger(desk: Desk, receipt: str) -> None:
    """看一户纳入以后的台账：措施、走访、证件到期、研判。会留下查看记录。

    \b
    例子：
      bangfu queue ledger 39205933749 --as 马志远
    """
    file = desk.file(receipt, reveal=True)
    for line in ledger_of(file.history, desk.today):
        late = "（补录）" if line.late else ""
        click.echo(f"{phrases.day(line.on.isoformat())}{late}  {line.what}：{_said(line.details)}  {line.by}")


def _said(details: dict[str, Any]) -> str:
    return "；".join("、".join(it) if isinstance(it, list) else str(it) for it in details.values())


STEPS: Final[Sequence[click.Command]] = (suggest, measure, support, call_on, paper, reassess, ledger)
