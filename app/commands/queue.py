"""``bangfu queue``: the review queue at the command line."""

from __future__ import annotations

import click

from app import office_steps, village_steps
from app.case_text import case_page, queue_line
from app.desk import Desk, at_desk
from cases.duplicates import possible_duplicates
from cases.queue import Due, QueueFilter
from cases.states import State
from places.gazetteer import load_gazetteer

_DUE = {"今天": Due.TODAY, "明天": Due.TOMORROW, "超期": Due.OVERDUE, **{due.value: due for due in Due}}


@click.group()
def command() -> None:
    """审核队列：看待办，领办，记录每一步。

    每条命令都要写 --as（工作人员的编号或姓名），只看得到自己管的地方。姓名、电话平时隐去。

    \b
    例子：
      bangfu queue list --as 马志远 --due 今天
      bangfu queue show 39205933749 --as 马志远
      bangfu queue claim 39205933749 --as 马志远
      bangfu queue acknowledge 39205933749 --as 马志远
      bangfu queue visit 39205933749 --as 马志远 --findings "住院自付四万，属实"
      bangfu queue review 39205933749 --as 李玉梅 --approve
    """


@command.command("list")
@click.option("--mine", is_flag=True, help="只看我领办的。")
@click.option("--unclaimed", is_flag=True, help="只看没人领办的。")
@click.option("--waiting", is_flag=True, help="只看轮到我这一级办的。")
@click.option("--due", type=click.Choice(list(_DUE)), metavar="今天|明天|超期", help="只看这时到期的。")
@click.option("--state", type=click.Choice([state.value for state in State]), metavar="状态", help="只看这个状态的。")
@click.option("--done", is_flag=True, help="看已经办结的。")
@at_desk
def list_cases(desk: Desk, *, due: str | None, state: str | None, done: bool, **flags: bool) -> None:
    """列出我管的地方的案件：紧急的在前，再按期限。

    \b
    例子：
      bangfu queue list --as 马志远 --waiting
      bangfu queue list --as 3 --due 超期
    """
    wanted = QueueFilter(
        due=_DUE[due] if due else None,
        state=State(state) if state else None,
        active=not done,
        **flags,
    )
    gazetteer = load_gazetteer()
    items = desk.list(wanted)
    for item in items:
        click.echo(queue_line(desk.store, item, gazetteer, desk.today))
    click.echo(f"共 {len(items)} 件。", err=True)


@command.command()
@click.argument("receipt", metavar="编号")
@click.option("--reveal", is_flag=True, help="显示姓名、电话和情况。会留下查看记录。")
@at_desk
def show(desk: Desk, receipt: str, *, reveal: bool) -> None:
    """看一个案件：到哪一步、期限、我能办什么、经过。

    \b
    例子：
      bangfu queue show 39205933749 --as 马志远
      bangfu queue show 39205933749 --as 马志远 --reveal
    """
    file = desk.file(receipt, reveal=reveal)
    duplicates = possible_duplicates(desk.store, file.case, officer=desk.officer)
    click.echo(case_page(desk.store, file, desk.item(file.case), load_gazetteer(), duplicates))


for step in (*village_steps.STEPS, *office_steps.STEPS):
    command.add_command(step)
