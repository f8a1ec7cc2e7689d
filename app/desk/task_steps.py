"""The tasks beside a case's main path, as commands of ``bangfu queue``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import click

from app.desk.desk import CaseDesk, day_option, on_case
from cases.actions.record_task import record_task
from cases.details import Announcement, AssistancePlan, ConsentSigned, CrossCheck, NationalEntry

_TODAY = "不写就是今天。"


@click.command()
@on_case
@day_option("--on", f"签字日期，{_TODAY}")
@click.option("--number", default="", metavar="编号", help="授权书编号。")
def consent(desk: CaseDesk, on: date | None, number: str) -> None:
    """记录补签承诺授权书（签字或按手印）。没有它不能做信息比对。

    \b
    例子：
      bangfu queue consent 39205933749 --as 马志远 --on 2026-03-12
    """
    desk.run(record_task, ConsentSigned(on or desk.today, number))


@click.command("cross-check")
@on_case
@day_option("--on", f"比对日期，{_TODAY}")
@click.option("--result", required=True, metavar="文字", help="比对结果。查到的资产只是提示，要核实用途，不自动否决。")
def cross_check(desk: CaseDesk, on: date | None, result: str) -> None:
    """记录信息比对。没有比对不能过乡镇审核。

    \b
    例子：
      bangfu queue cross-check 39205933749 --as 陈建国 --result "名下无车、无商品房，有一辆农用三轮车"
    """
    desk.run(record_task, CrossCheck(on or desk.today, result))


@click.command()
@on_case
@day_option("--on", f"公告日期，{_TODAY}")
@click.option("--place", required=True, metavar="地点", help="贴在哪里。")
def announce(desk: CaseDesk, on: date | None, place: str) -> None:
    """记录村内公告结果（县级审定以后；不是公示）。

    \b
    例子：
      bangfu queue announce 39205933749 --as 马志远 --place 村务公开栏
    """
    desk.run(record_task, Announcement(on or desk.today, place))


@click.command()
@on_case
@day_option("--on", f"录入日期，{_TODAY}")
@click.option("--number", required=True, metavar="编号", help="在全国系统里的编号。")
def enter(desk: CaseDesk, on: date | None, number: str) -> None:
    """记录已在全国系统录入（或标注风险消除）。

    \b
    例子：
      bangfu queue enter 39205933749 --as 李玉梅 --number 6204220001
    """
    desk.run(record_task, NationalEntry(on or desk.today, number))


@click.command()
@on_case
@day_option("--on", f"定下的日期，{_TODAY}")
@click.option("--measures", required=True, metavar="文字", help="帮扶措施。")
@click.option("--officer", "support_officer", required=True, metavar="姓名", help="帮扶联系人。")
@click.option("--phone", "support_phone", default="", metavar="电话", help="帮扶联系人的电话，印在帮扶卡上。")
def plan(desk: CaseDesk, on: date | None, measures: str, **given: str) -> None:
    """记录一户一策和帮扶联系人。

    \b
    例子：
      bangfu queue plan 39205933749 --as 马志远 --measures "公益性岗位；大病救助" --officer 马志远
    """
    desk.run(record_task, AssistancePlan(on or desk.today, measures, **given))


STEPS: Final[Sequence[click.Command]] = (consent, cross_check, announce, enter, plan)
