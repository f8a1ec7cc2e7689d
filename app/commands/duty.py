"""``bangfu duty``: who is called when somebody is in danger, and in which order."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from app.context import Context
from app.desk.case_text import place
from app.desk.desk import Desk, at_desk, refusals_in_words
from app.desk.scopes import area_code
from bot.wording import phrases
from bot.wording.desk import lane_text
from cases.actions.answer_alarm import end_false_alarm
from cases.actors import Operator
from cases.duty.alarms import alarms_for, confirm
from cases.duty.roster import note_phone, rosters, set_roster
from cases.errors import InvalidReportError
from cases.officers import find_officer
from cases.report import is_phone
from storage.database import transaction
from storage.times import local_date


@click.group()
def command() -> None:
    """值班：急事先催谁、没人应再催谁；确认急事，记误报。

    没排过班的地方，急事催那里所有办件的人。休假的人跳过，由代办的人接。

    \b
    例子：
      bangfu duty set 甘肃省/白银市/会宁县/会师镇 李玉梅 赵有才
      bangfu duty list
      bangfu duty alarms --as 李玉梅
      bangfu duty confirm 3 --as 李玉梅
    """


@command.command("set")
@click.argument("area", metavar="地方")
@click.argument("officers", metavar="[编号或姓名]...", nargs=-1)
@click.pass_obj
def set_list(context: Context, area: str, officers: tuple[str, ...]) -> None:
    """排一个村、乡镇或县的值班名单，按先后写；一个人都不写，就撤掉名单。

    \b
    例子：
      bangfu duty set 甘肃省/白银市/会宁县/会师镇/南家咀头村 马志远 王得福
    """
    store = context.open_store()
    with refusals_in_words(), transaction(store):
        people = [find_officer(store, officer) for officer in officers]
        set_roster(store, area_code(area, context.gazetteer), people, actor=Operator(), now=datetime.now(UTC))
    click.echo(
        f"排好了：{'、'.join(person.name for person in people)}。" if people else "名单撤了，急事催那里所有办件的人。"
    )


@command.command("list")
@click.pass_obj
def list_rosters(context: Context) -> None:
    """列出排过的值班名单。

    \b
    例子：
      bangfu duty list
    """
    found = rosters(context.open_store())
    for code, officers in found.items():
        click.echo(f"{place(context.gazetteer, code)}：{'、'.join(officer.name for officer in officers)}")
    context.say("" if found else "还没有排班。急事会催那里所有办件的人。用 bangfu duty set 排。")


@command.command()
@click.argument("officer", metavar="编号或姓名")
@click.argument("number", metavar="电话")
@click.pass_obj
def phone(context: Context, officer: str, number: str) -> None:
    """登记工作人员自己的电话（只存看不出号码的指纹）：用这个电话报的，算“代收”，由乡镇回访那一户。

    \b
    例子：
      bangfu duty phone 马志远 13912345678
    """
    store = context.open_store()
    with refusals_in_words(), transaction(store):
        if not is_phone(number):
            raise InvalidReportError(fields=["phone"])
        note_phone(store, find_officer(store, officer), number, actor=Operator(), now=datetime.now(UTC))
    click.echo("登记了。")


@command.command()
@at_desk
def alarms(desk: Desk) -> None:
    """列出等这位工作人员应的急事。

    \b
    例子：
      bangfu duty alarms --as 李玉梅
    """
    found = alarms_for(desk.store, desk.officer)
    for alarm in found:
        day = phrases.day(local_date(alarm.raised_at).isoformat())
        state = "已有人确认" if alarm.confirmed_by else f"催了 {alarm.rings} 遍，还没有人确认"
        click.echo(f"急 {alarm.number}  {day}  {lane_text(alarm.lane)}  {state}")
    if not found:
        click.echo("没有急事。")


@command.command("confirm")
@click.argument("number", metavar="号", type=int)
@at_desk
def confirm_alarm(desk: Desk, number: int) -> None:
    """确认一件急事由自己来办；对方马上知道有人在办。

    \b
    例子：
      bangfu duty confirm 3 --as 李玉梅
    """
    with transaction(desk.store):
        confirm(desk.store, number, officer=desk.officer, now=desk.now)
    click.echo(f"急 {number} 由您办，对方已经知道。请马上联系。")


@command.command("false")
@click.argument("number", metavar="号", type=int)
@at_desk
def false_alarm(desk: Desk, number: int) -> None:
    """把一件急事记为误报：不追究谁，困难的事照常往下办。由乡镇或县里记。

    \b
    例子：
      bangfu duty false 3 --as 李玉梅
    """
    with transaction(desk.store):
        end_false_alarm(desk.store, number, actor=desk.officer, now=desk.now)
    click.echo(f"急 {number} 记为误报。")
